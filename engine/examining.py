"""One history examined in full, for commands that verify or prove it: chain, state, definition, anchor, re-execution.

Reads only; decides about no rights.
"""

from collections.abc import Sequence
from typing import Any

from engine.context import Context
from engine.history.chain import Entry
from engine.reexecution import reexecute
from engine.storage.unit_of_work import Connection
from engine.storage.verification import check_instance

_UNTRUSTED = ("changed", "missing", "inserted")


def examine(
    context: Context, connection: Connection, instance_id: str, agency_id: int, entries: Sequence[Entry]
) -> dict[str, Any]:
    """As `check_instance`, plus `execution`: "agrees", "not_run", or the first divergence at its entry.

    A history whose chain is broken is not executed: its inputs cannot be trusted.
    """
    verdict = check_instance(connection, instance_id)
    if any(problem["kind"] in _UNTRUSTED for problem in verdict["problems"]):
        return verdict | {"execution": "not_run"}
    found = reexecute(context, connection, agency_id, entries)
    if found is None:
        return verdict | {"execution": "agrees"}
    return verdict | {"valid": False, "execution": found.to_dict()}
