"""Who waits for which message or signal: running instances, and definitions that begin with one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from engine.storage.tables import definitions, instances, start_subscriptions, subscriptions


def waiting_for_message(connection: Connection, name: str, correlation: str | None) -> list[str]:
    """Ids of the instances that wait for the message, oldest first; narrowed by `correlation` if one is given."""
    query = (
        select(subscriptions.c.instance_id)
        .join(instances, instances.c.id == subscriptions.c.instance_id)
        .where(subscriptions.c.kind == "message", subscriptions.c.name == name)
        .order_by(instances.c.started_at, instances.c.id)
        .limit(100)
    )
    if correlation is not None:
        query = query.where(
            or_(
                subscriptions.c.correlation == correlation,
                instances.c.registration_number == correlation,
                instances.c.id == correlation,
            )
        )
    return list(dict.fromkeys(connection.execute(query).scalars()))


def waiting_for_signal(connection: Connection, name: str) -> list[str]:
    """Ids of all instances that wait for the signal."""
    query = select(subscriptions.c.instance_id).where(subscriptions.c.kind == "signal", subscriptions.c.name == name)
    return sorted(set(connection.execute(query).scalars()))


def starts_with(connection: Connection, kind: str, name: str, now: datetime) -> Sequence[Row[Any]]:
    """Start events of versions in force at `now` that begin with this message or signal."""
    begun = or_(start_subscriptions.c.valid_from.is_(None), start_subscriptions.c.valid_from <= now)
    lasts = or_(start_subscriptions.c.valid_until.is_(None), start_subscriptions.c.valid_until > now)
    return connection.execute(
        select(start_subscriptions)
        .where(start_subscriptions.c.kind == kind, start_subscriptions.c.name == name, begun, lasts)
        .order_by(start_subscriptions.c.definition_id, start_subscriptions.c.element_id)
    ).all()


def replace_starts(
    connection: Connection, key: str, rows: Sequence[Mapping[str, Any]], effective_at: datetime | None = None
) -> None:
    """Makes `rows` (definition_id, element_id, kind, name, next_due_at) the starts of `key` from `effective_at` on.

    None is at once. What would begin later than that is never in force and goes; what is in force ends then.
    """
    c = start_subscriptions.c
    older = c.definition_id.in_(select(definitions.c.id).where(definitions.c.key == key))
    if effective_at is None:
        connection.execute(delete(start_subscriptions).where(older))
    else:
        connection.execute(delete(start_subscriptions).where(older, c.valid_from >= effective_at))
        ends_later = or_(c.valid_until.is_(None), c.valid_until > effective_at)
        connection.execute(update(start_subscriptions).where(older, ends_later).values(valid_until=effective_at))
    if rows:
        connection.execute(insert(start_subscriptions), [{**row, "valid_from": effective_at} for row in rows])


def claim_due_starts(connection: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Timer starts due at `now`, locked, earliest first; not those due only when a newer version is in force."""
    c = start_subscriptions.c
    return connection.execute(
        select(start_subscriptions)
        .where(c.next_due_at <= now, or_(c.valid_until.is_(None), c.next_due_at < c.valid_until))
        .order_by(start_subscriptions.c.next_due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def set_next_start(connection: Connection, row: Row[Any], next_due_at: datetime | None) -> None:
    """Counts a timer start's firing and sets its next moment; None = no more."""
    connection.execute(
        update(start_subscriptions)
        .where(
            start_subscriptions.c.definition_id == row.definition_id,
            start_subscriptions.c.element_id == row.element_id,
        )
        .values(fired=row.fired + 1, next_due_at=next_due_at)
    )
