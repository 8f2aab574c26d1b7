"""Named locks for the length of a transaction: work that must happen one after the other although it has no row yet."""

from hashlib import sha256

from sqlalchemy import Connection, text

_lock = text("SELECT pg_advisory_xact_lock(:key)")


def serialise(connection: Connection, name: str) -> None:
    """Waits until no other transaction holds `name`, and holds it till the end of this one.

    On SQLite every writing transaction is alone anyway (BEGIN IMMEDIATE).
    """
    if connection.dialect.name == "postgresql":
        key = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
        connection.execute(_lock, {"key": key})
