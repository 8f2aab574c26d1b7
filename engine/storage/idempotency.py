"""Idempotency keys: the answer of a request is kept in its transaction, so a repetition gets the same answer."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, tuple_

from engine.errors import Conflict
from engine.storage.locks import serialise
from engine.storage.tables import idempotency_keys


def fingerprint(*parts: Any) -> str:
    """SHA-256 over what a request asks for."""
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def remembered(connection: Connection, person_id: int, key: str | None, request_hash: str) -> dict[str, Any] | None:
    """The answer given before under this key, or None.

    Raises:
        Conflict: the key was used for a different request.
    """
    if key is None:
        return None
    serialise(connection, f"idempotency {person_id} {key}")
    row = connection.execute(
        select(idempotency_keys).where(idempotency_keys.c.person_id == person_id, idempotency_keys.c.key == key)
    ).one_or_none()
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise Conflict("Expected a new Idempotency-Key for a different request, but this key was used before.")
    return dict(row.result)


def remember(
    connection: Connection, person_id: int, key: str | None, request_hash: str, result: dict[str, Any], at: datetime
) -> None:
    """Keeps the answer under the key; a no-op without a key."""
    if key is not None:
        row = {"person_id": person_id, "key": key, "request_hash": request_hash, "result": result, "at": at}
        connection.execute(insert(idempotency_keys), [row])


def forget(connection: Connection, before: datetime, most: int) -> int:
    """Deletes up to `most` answers from before that moment, oldest first; returns how many."""
    own = (idempotency_keys.c.person_id, idempotency_keys.c.key)
    oldest = select(*own).where(idempotency_keys.c.at < before).order_by(idempotency_keys.c.at).limit(most)
    return connection.execute(delete(idempotency_keys).where(tuple_(*own).in_(oldest))).rowcount
