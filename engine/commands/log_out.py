"""Ends a login: the token it came with stops working at once."""

from engine.context import Context
from engine.storage import personnel
from engine.tokens import fingerprint


def log_out(context: Context, token: str) -> None:
    """Revokes `token`; one that is unknown or revoked already is no error."""
    with context.database.write() as connection:
        personnel.revoke_by_hash(connection, context.wall.now(), fingerprint(token))
