"""Password login: a right password becomes a token, wrong ones are counted and soon refused unread.
"""

from datetime import timedelta
from typing import Any

from engine.context import Context
from engine.errors import PasswordChangeDue, Unauthenticated
from engine.history.chain import moment
from engine.login_attempts import WINDOW, admit
from engine.passwords import verify_password
from engine.storage import people, personnel
from engine.tokens import DEFAULT_LIFE, fingerprint, new_token


def log_in(
    context: Context, username: str, password: str, address: str, *, life: timedelta = DEFAULT_LIFE
) -> dict[str, Any]:
    """A token `{token, expires_at}` for the person whose password this is.

    Args:
        address: where the attempt comes from, as the web server sees it.
        life: how long the token is valid.

    Raises:
        TooManyAttempts: too many failures for this name or address within `WINDOW`; the password was not looked at.
        Unauthenticated: unknown name, inactive person or wrong password, without saying which.
        PasswordChangeDue: a one-time password; `change_password` takes it, nothing else does.
    """
    now = context.wall.now()
    username = username[:80]
    row = admit(context, username, address)
    once = row.password_once_until if row is not None else None
    live = row is not None and row.active and (once is None or once > now)
    right = verify_password(row.password_hash if row is not None and live else None, password)
    if right and once is not None:
        raise PasswordChangeDue("Expected an own password, but this is a one-time one; choose a new one with it.")
    secret = new_token()

    with context.database.write() as connection:
        if right and row is not None:
            people.forget_login_failures(connection, username, now - WINDOW)
            personnel.insert_token(connection, row.id, fingerprint(secret), "login", now, now + life)
        else:
            people.record_login_failure(connection, username, address, now)
    if not right:
        raise Unauthenticated("Expected a user name with its password, but they do not belong together.")
    return {"token": secret, "expires_at": moment(now + life)}
