"""History rows: appended with their hashes in the caller's transaction, read in order. Never updated, never deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from engine.assignment import Actor
from engine.events import Event
from engine.history.chain import Entry, canonical, genesis, moment, seal
from engine.storage.locks import serialise
from engine.storage.tables import history

ADMINISTRATION = "administration"  # the chain of acts outside any instance
ACTS = frozenset({
    "instance_started", "instance_cancelled", "instance_suspended", "instance_resumed", "instance_modified",
    "instance_migrated", "task_claimed", "task_unclaimed", "task_assigned", "task_delegated", "task_completed",
    "task_commented", "task_attached", "incident_retried", "incident_resolved", "message_received", "signal_received",
    "job_completed", "job_failed", "variables_changed", "survey_submitted",
})  # fmt: skip
_insert = insert(history)


def sealed(
    instance_id: str, seq: int, head: str, events: Iterable[Event], at: datetime, actor: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """Rows for `events` behind entry `seq` whose hash is `head`, each with its hash.

    Args:
        at: the moment of the command, aware.
        actor: `Actor.signature()`; written on acts (what a person did), not on what followed by itself.
    """
    at_text, actor_text = moment(at), None if actor is None else canonical(actor)
    rows = []
    for event in events:
        seq += 1
        who = actor_text if event.type in ACTS else None
        data = canonical(event.data)
        head = seal(instance_id, seq, head, event.type, event.element_id, at_text, who, data)
        rows.append({
            "instance_id": instance_id, "seq": seq, "type": event.type, "element_id": event.element_id,
            "at": at, "actor": who, "data": data, "hash": head,
        })  # fmt: skip
    return rows


def insert_entries(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts what `sealed` made."""
    connection.execute(_insert, rows)


def append_administration(
    connection: Connection, actor: Actor | None, type_: str, data: dict[str, Any], at: datetime,
    *, element_id: str | None = None,
) -> None:  # fmt: skip
    """Records an act outside any instance (people, calendar, deployments) on the chain `administration`.

    Args:
        element_id: the key of the SOP that the act is about, by which its acts are found again.
    """
    serialise(connection, ADMINISTRATION)
    last = newest(connection, ADMINISTRATION)
    seq, head = (last.seq, last.hash) if last else (0, genesis(ADMINISTRATION))
    who = None if actor is None else canonical(actor.signature())
    text = canonical(data)
    hash_ = seal(ADMINISTRATION, seq + 1, head, type_, element_id, moment(at), who, text)
    connection.execute(_insert, [{
        "instance_id": ADMINISTRATION, "seq": seq + 1, "type": type_, "element_id": element_id, "at": at, "actor": who,
        "data": text, "hash": hash_,
    }])  # fmt: skip


def newest(connection: Connection, instance_id: str) -> Any | None:
    """Number and hash of the last entry of a chain."""
    query = select(history.c.seq, history.c.hash).where(history.c.instance_id == instance_id)
    return connection.execute(query.order_by(history.c.seq.desc()).limit(1)).one_or_none()


def to_entry(row: Row[Any]) -> Entry:
    """A stored row as the value that the chain seals."""
    return Entry(row.instance_id, row.seq, row.type, row.element_id, moment(row.at), row.actor, row.data, row.hash)


def entries(connection: Connection, instance_id: str, *, after: int = 0, limit: int | None = None) -> Sequence[Entry]:
    """The entries of one chain in order, behind entry `after`."""
    query = (
        select(history)
        .where(history.c.instance_id == instance_id, history.c.seq > after)
        .order_by(history.c.seq)
        .limit(limit)
    )
    return [to_entry(row) for row in connection.execute(query)]
