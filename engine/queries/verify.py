"""Verifies histories: chain, head, folded state, definition, anchors. Reads only (re-execution: engine/reexecution)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from engine.assignment import Actor
from engine.context import Context
from engine.history.anchor import NOTHING, check_anchor
from engine.history.chain import Problem, check
from engine.history.proof import anchor_dict, anchor_holds
from engine.signing import key_id, load_or_create_key, public_hex, signed_by
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.anchors import all_anchors, newest_anchor, stored_hash
from engine.storage.calendar_verification import check_calendar
from engine.storage.completeness import chains_without_request, check_numbers
from engine.storage.tables import instances
from engine.storage.verification import check_instance

LONGEST_AT_ONCE = 5_000  # entries


def verify_instance(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """Checks one history: `{valid, entries, head, problems[], anchored_seq}`.

    Raises:
        NotFound: no such instance, or the actor may not see it.
    """
    with context.database.read() as connection:
        require_visible(connection, actor, instance_id)
        return check_instance(connection, instance_id)


def verification_badge(context: Context, actor: Actor, instance_id: str) -> dict[str, Any] | None:
    """What can be said at once of one history, without re-execution: as `verify_instance`, plus `anchor`.

    `anchor` is None, or `{id, at, seq, holds}`: whether the newest anchor holds this request and our key signed it.
    None instead of a badge: the history is longer than `LONGEST_AT_ONCE` and must be checked by asking for it.

    Raises:
        NotFound: no such instance, or the actor may not see it.
    """
    public = public_hex(load_or_create_key(context.settings.data_dir))
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        if row.seq > LONGEST_AT_ONCE:
            return None
        verdict, anchor = check_instance(connection, instance_id), newest_anchor(connection, instance_id)
    if anchor is None:
        return verdict | {"anchor": None}
    held = anchor_dict(anchor, instance_id)
    holds = anchor_holds(held, instance_id, public, signed_by)
    return verdict | {"anchor": {"id": held["id"], "at": held["at"], "seq": held["seq"], "holds": holds}}


def verify_everything(context: Context) -> Iterator[dict[str, Any]]:
    """Every instance, the administration's chain, the calendar, numbers and anchors: one dict each, problems inside."""
    with context.database.read() as connection:
        for instance_id in connection.execute(select(instances.c.id).order_by(instances.c.id)).scalars().all():
            yield check_instance(connection, instance_id)
        acts = history.entries(connection, history.ADMINISTRATION)
        problems = check(history.ADMINISTRATION, acts)
        yield _answer(history.ADMINISTRATION, len(acts), problems)
        if not problems:
            yield _answer("calendar", *check_calendar(connection))
        yield _answer("registration numbers", *check_numbers(connection))
        for name, problem in chains_without_request(connection):
            yield _answer(name, 0, [problem])
        yield from check_anchors(context, connection)


def check_anchors(context: Context, connection: Connection) -> Iterator[dict[str, Any]]:
    """Every anchor against its signature, its leaves and the histories they hold."""
    public = public_hex(load_or_create_key(context.settings.data_dir))
    previous = NOTHING
    for anchor in all_anchors(connection):
        ours = anchor.key_id == key_id(public)
        problems = check_anchor(
            anchor, previous, lambda text, signature, ours=ours: ours and signed_by(public, text, signature),  # type: ignore[misc]
            lambda instance_id, seq: stored_hash(connection, instance_id, seq),
        )  # fmt: skip
        previous = anchor.root
        yield _answer(f"anchor {anchor.id}", len(anchor.heads), problems)


def _answer(name: str, count: int, problems: list[Problem]) -> dict[str, Any]:
    return {
        "valid": not problems, "instance_id": name, "entries": count,
        "problems": [problem.to_dict() for problem in problems],
    }  # fmt: skip

