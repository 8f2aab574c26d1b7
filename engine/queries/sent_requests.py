"""The request that a form began, found again by the form's idempotency key."""

from typing import Any

from sqlalchemy import select

from engine.assignment import Actor
from engine.context import Context
from engine.storage.tables import idempotency_keys


def sent_with(context: Context, actor: Actor, key: str | None) -> dict[str, Any] | None:
    """Id and registration number of the request that the actor began with this key, or None."""
    own = (idempotency_keys.c.person_id == actor.person_id, idempotency_keys.c.key == key)
    with context.database.read() as connection:
        result = connection.execute(select(idempotency_keys.c.result).where(*own)).scalar()
    if not result or "registration_number" not in result:
        return None
    return {"id": result["id"], "registration_number": result["registration_number"]}
