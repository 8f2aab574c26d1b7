"""Deployed decisions: the list, the stored bytes."""

from typing import Any

from engine.context import Context
from engine.history.chain import moment
from engine.storage.decisions import decision_row, newest_decisions


def list_decisions(context: Context) -> list[dict[str, Any]]:
    """The newest version of every decision model, by key."""
    with context.database.read() as connection:
        rows = newest_decisions(connection)
    return [
        {
            "key": row.key, "version": row.version, "name": row.name, "decisions": row.decisions, "hash": row.hash,
            "deployed_at": moment(row.deployed_at), "deployed_by": row.deployed_by,
        }
        for row in rows
    ]  # fmt: skip


def decision_xml(context: Context, key: str, version: int | None = None) -> bytes:
    """The DMN file exactly as it was deployed. Raises NotFound."""
    with context.database.read() as connection:
        return bytes(decision_row(connection, key, version).xml)
