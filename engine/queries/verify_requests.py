"""Verifies what a search finds, one bounded piece after the other. Writes nothing."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.examining import examine
from engine.queries.search import RequestFilter, search
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.verification import check_instance

PIECE = 20  # requests; re-executing them takes a second or two


def verify_requests(
    context: Context, actor: Actor, filters: RequestFilter, *, execute: bool, cursor: str | None = None
) -> dict[str, Any]:
    """The next piece: `{checked, entries, broken, reached, next_cursor}`.

    `broken` are verdicts as of `verify_execution`, with the request's registration number; `reached` is the moment down
    to which requests were looked at, None when the search is through.

    Raises:
        InvalidInput: as `search`.
    """
    found = search(context, actor, filters, limit=PIECE, cursor=cursor)
    verdicts = [_verdict(context, actor, item, execute) for item in found["items"]]
    last = found["items"][-1]["started_at"] if found["items"] else None
    return {
        "checked": len(verdicts), "entries": sum(verdict["entries"] for verdict in verdicts),
        "broken": [verdict for verdict in verdicts if not verdict["valid"]],
        "reached": (found["looked_until"] or last) if found["next_cursor"] else None,
        "next_cursor": found["next_cursor"],
    }  # fmt: skip


def _verdict(context: Context, actor: Actor, item: dict[str, Any], execute: bool) -> dict[str, Any]:
    instance_id = item["id"]
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        if execute:
            entries = history.entries(connection, instance_id)
            verdict = examine(context, connection, instance_id, row.agency_id, entries)
        else:
            verdict = check_instance(connection, instance_id)
    return verdict | {"registration_number": item["registration_number"]}
