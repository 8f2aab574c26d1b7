"""The SOPs in which an actor has a part: what a task list offers to filter by."""

from typing import Any

from sqlalchemy import func, select

from engine.assignment import APPLICANT, STAFF, Actor
from engine.context import Context
from engine.storage.tables import definitions


def my_sops(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """`{key, name}` of the definitions whose newest version has a lane of one of the actor's roles, by name."""
    mine = actor.roles - {STAFF, APPLICANT}
    newest = select(func.max(definitions.c.id)).group_by(definitions.c.key)
    query = (
        select(definitions.c.key, definitions.c.name, definitions.c.roles)
        .where(definitions.c.id.in_(newest))
        .order_by(definitions.c.name, definitions.c.key)
    )
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return [{"key": row.key, "name": row.name} for row in rows if not mine.isdisjoint(row.roles)]
