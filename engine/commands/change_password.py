"""A person chooses a new password, with the old one (or a one-time one) in hand. Throttled like a login."""

from engine.context import Context
from engine.errors import InvalidInput, Unauthenticated
from engine.login_attempts import admit
from engine.passwords import hash_password, verify_password
from engine.storage import people, personnel
from engine.storage.history import append_administration


def change_password(context: Context, username: str, old: str, new: str, address: str) -> None:
    """Replaces the password `old` by `new`; every token of the person ends, so that no forgotten login stays open.

    Args:
        address: where the attempt comes from, as the web server sees it.

    Raises:
        TooManyAttempts: too many failures for this name or address.
        Unauthenticated: the old password is not this person's, or a one-time one that has run out.
        InvalidInput: the new one is too short, too long, or the old one.
    """
    now = context.wall.now()
    row = admit(context, username, address)
    until = row.password_once_until if row is not None else None
    live = row is not None and row.active and (until is None or until > now)
    right = verify_password(row.password_hash if row is not None and live else None, old)
    if right and new == old:
        message = "Expected a new password, but it is the old one."
        raise InvalidInput(message, [{"field": "password", "message": message}])
    fresh = hash_password(new) if right else ""

    with context.database.write() as connection:
        if right and row is not None:
            people.forget_login_failures(connection, username, now)
            personnel.update_person(connection, row.id, {"password_hash": fresh, "password_once_until": None})
            personnel.revoke(connection, now, person_id=row.id)
            data = {"username": username, "once": until is not None}
            append_administration(connection, None, "password_changed", data, context.clock.now())
        else:
            people.record_login_failure(connection, username[:80], address, now)
    if not right:
        raise Unauthenticated("Expected a user name with its password, but they do not belong together.")
