"""Deployed decisions (DMN files) by key and version; a version never changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from engine.errors import NotFound
from engine.storage.locks import serialise
from engine.storage.tables import decision_definitions


def decision_row(connection: Connection, key: str, version: int | None = None) -> Row[Any]:
    """The named version of a decision, else the newest.

    Raises:
        NotFound: there is none.
    """
    query = (
        select(decision_definitions)
        .where(decision_definitions.c.key == key)
        .order_by(decision_definitions.c.version.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(decision_definitions.c.version == version)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"Expected a deployed decision '{key}', but there is none.")
    return row


def decision_with_hash(connection: Connection, key: str, hash_: str) -> Row[Any] | None:
    """The version of `key` with exactly these bytes."""
    return connection.execute(
        select(decision_definitions).where(
            decision_definitions.c.key == key, decision_definitions.c.hash == hash_
        )
    ).one_or_none()


def last_decision_version(connection: Connection, key: str) -> int:
    """The newest version number of a key, 0 when it was never deployed; held until this transaction ends."""
    serialise(connection, f"decision {key}")
    query = select(func.max(decision_definitions.c.version)).where(decision_definitions.c.key == key)
    return int(connection.execute(query).scalar_one() or 0)


def insert_decision(
    connection: Connection, *, key: str, version: int, name: str, decisions: list[str], hash_: str, xml: bytes,
    at: datetime, by: str,
) -> None:  # fmt: skip
    """Inserts a new version."""
    connection.execute(
        insert(decision_definitions).values(
            key=key, version=version, name=name, decisions=decisions, hash=hash_, xml=xml, deployed_at=at,
            deployed_by=by,
        )
    )


def newest_decisions(connection: Connection) -> list[Row[Any]]:
    """The newest version of every decision, by key."""
    newest = select(func.max(decision_definitions.c.id)).group_by(decision_definitions.c.key)
    query = (
        select(decision_definitions)
        .where(decision_definitions.c.id.in_(newest))
        .order_by(decision_definitions.c.key)
    )
    return list(connection.execute(query))


def model_key(connection: Connection, called: str) -> str:
    """The key of the model that a business rule task names: by its own key, else by the id of a decision in it.

    Raises:
        NotFound: no deployed model has either.
    """
    rows = connection.execute(
        select(decision_definitions.c.key, decision_definitions.c.decisions).order_by(
            decision_definitions.c.version.desc(), decision_definitions.c.key
        )
    ).all()
    found = [row.key for row in rows if row.key == called] or [row.key for row in rows if called in row.decisions]
    if not found:
        raise NotFound(f"Expected a deployed decision '{called}', but there is none.")
    return str(found[0])
