"""Throttling of passwords: failures are counted by user name (somebody guesses one account), and failing user names by
address (somebody tries one password on many accounts); too many are refused unread. A whole office stands behind one
address: one forgotten password, or one broken program, keeps nobody else out, and who got in no longer counts.
"""

from datetime import timedelta
from typing import Any

from engine.context import Context
from engine.errors import TooManyAttempts
from engine.storage import people
from engine.storage.unit_of_work import Row

WINDOW = timedelta(minutes=15)
PER_NAME = 5
PER_ADDRESS = 30  # user names


def admit(context: Context, username: str, address: str) -> Row[Any] | None:
    """The stored person of this name, None when there is none, if one more attempt is allowed.

    Raises:
        TooManyAttempts: too many failures for this name or address within `WINDOW`.
    """
    username, since = username[:80], context.wall.now() - WINDOW
    with context.database.read() as connection:
        by_name, _, names = people.count_login_failures(connection, username, address, since)
        row = people.person_row(connection, username)
    if by_name >= PER_NAME or names >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyAttempts(f"Expected fewer failed logins; wait {minutes} minutes, then try again.")
    return row
