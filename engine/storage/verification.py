"""Checks one stored history: chain, head, folded state, definition and anchor. Reads only, decides about no rights."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from engine.errors import NotFound
from engine.history.chain import Entry, Problem, check, genesis
from engine.history.content import content_hash
from engine.storage import history
from engine.storage.anchors import newest_leaf, stored_hash
from engine.storage.row_verification import check_row
from engine.storage.tables import definition_forms, definitions, instances


def check_instance(connection: Connection, instance_id: str) -> dict[str, Any]:
    """`{valid, instance_id, entries, head, anchored_seq, problems[]}` of one instance.

    Raises:
        NotFound: no such instance.
    """
    row = connection.execute(select(instances).where(instances.c.id == instance_id)).one_or_none()
    if row is None:
        raise NotFound(f"Expected an instance '{instance_id}', but there is none.")
    entries = history.entries(connection, instance_id)
    problems = check(instance_id, entries)
    problems += _check_head(row.seq, row.head, entries, instance_id)
    if not problems:
        problems += check_row(connection, row, entries)
    problems += _check_definition(connection, row.definition_id)
    problems += check_leaf(connection, instance_id, row.anchored_seq)
    return {
        "valid": not problems, "instance_id": instance_id, "entries": len(entries), "head": row.head,
        "anchored_seq": row.anchored_seq, "problems": [problem.to_dict() for problem in problems],
    }  # fmt: skip


def _check_head(seq: int, head: str, entries: Sequence[Entry], instance_id: str) -> list[Problem]:
    last = entries[-1] if entries else Entry(instance_id, 0, "", None, "", None, "", genesis(instance_id))
    if last.seq < seq:
        return [Problem(last.seq + 1, "missing", f"Expected {seq} entries, but the history ends after {last.seq}.")]
    if last.seq > seq:
        return [Problem(seq + 1, "inserted", f"Expected {seq} entries, but there are {last.seq}: some were inserted.")]
    if last.hash != head:
        return [Problem(seq, "head", "Expected the last entry to be the stored head, but its hash differs.")]
    return []


def _check_definition(connection: Connection, definition_id: int) -> list[Problem]:
    row = connection.execute(select(definitions).where(definitions.c.id == definition_id)).one_or_none()
    if row is None:
        return [Problem(0, "definition", "Expected the request to run a stored diagram, but there is none.")]
    forms = connection.execute(
        select(definition_forms.c.key, definition_forms.c.body)
        .where(definition_forms.c.definition_id == definition_id)
        .order_by(definition_forms.c.key)
    )
    if content_hash(row.xml, {form.key: form.body for form in forms}) != row.hash:
        return [Problem(0, "definition", f"Expected the stored diagram of {row.key} version {row.version} to match its"
                        " hash, but it was changed.")]
    return []


def check_leaf(connection: Connection, instance_id: str, anchored_seq: int = 0) -> list[Problem]:
    """Whether a chain is as its newest anchor holds it; `anchored_seq` is how far its row says that it was anchored."""
    found = newest_leaf(connection, instance_id)
    if anchored_seq > (found[1].seq if found else 0):
        return [Problem(anchored_seq, "anchor", f"Expected an anchor that holds entry {anchored_seq}, but it was"
                        " removed.")]
    if found is None:
        return []
    anchor_id, head = found
    if stored_hash(connection, instance_id, head.seq) != head.hash:
        return [Problem(head.seq, "anchor", f"Expected entry {head.seq} as anchor {anchor_id} holds it, but the chain"
                        " was rewritten after it was anchored.")]
    return []
