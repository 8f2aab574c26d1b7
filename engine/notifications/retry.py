"""When a failed delivery is tried again, and when it is given up. Pure."""

import hashlib
from datetime import datetime, timedelta

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""Wait after the first, second, … failed attempt; one more failure ends it: nine attempts in about two days."""

JITTER = 0.2


def next_attempt_at(attempt: int, now: datetime, message_id: str) -> datetime | None:
    """The moment of the next attempt; None when the message goes to the dead letters.

    Args:
        attempt: how many attempts have failed so far, at least 1.
        now: the moment of the failure, aware.
        message_id: spreads messages that failed together by up to 20 % either way, the same way every time.

    Raises:
        ValueError: `attempt` is below 1 or `now` has no zone.
    """
    if attempt < 1 or now.tzinfo is None:
        raise ValueError(f"Expected attempt >= 1 and an aware moment, but got {attempt} and {now.isoformat()}.")
    if attempt > len(WAITS):
        return None
    return now + WAITS[attempt - 1] * (1 + JITTER * _spread(f"{message_id}/{attempt}"))


def _spread(text: str) -> float:
    """A number from -1 to 1 that depends on the text only."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:4], "big")
    return number / (2**31) - 1
