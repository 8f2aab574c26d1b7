"""Password login: a right password becomes a token, wrong ones are counted and soon refused unread.

Throttled by user name (somebody guesses one account) and by address (somebody tries one password on many accounts).
"""

from datetime import timedelta
from typing import Any

from engine.context import Context
from engine.errors import TooManyAttempts, Unauthenticated
from engine.history.chain import moment
from engine.passwords import verify_password
from engine.storage import people, personnel
from engine.tokens import DEFAULT_LIFE, fingerprint, new_token

WINDOW = timedelta(minutes=15)
PER_NAME = 5
PER_ADDRESS = 30


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
    """
    now = context.wall.now()
    username = username[:80]
    with context.database.read() as connection:
        by_name, by_address = people.count_login_failures(connection, username, address, now - WINDOW)
        row = people.person_row(connection, username)

    if by_name >= PER_NAME or by_address >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyAttempts(f"Expected fewer failed logins; wait {minutes} minutes, then try again.")
    right = verify_password(row.password_hash if row is not None and row.active else None, password)
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
