"""The only clock of Alur: aware UTC. Everything else takes the moment as an argument.

A `Clock` reads the system time; a `TestClock` stands still until it is set or advanced (tests, `POST /test-clock`).
"""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the current moment as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The operating system's clock."""

    def now(self) -> datetime:
        """The current moment, aware UTC, microseconds."""
        return datetime.now(UTC)


class TestClock:
    """A clock that moves only when told."""

    __test__ = False  # not a test class

    def __init__(self, now: datetime) -> None:
        self.set(now)

    def now(self) -> datetime:
        """The moment last set, aware UTC."""
        return self._now

    def set(self, now: datetime) -> None:
        """Moves the clock to `now` (aware; any zone). Backwards is allowed: readers must cope.

        Raises:
            ValueError: `now` has no time zone.
        """
        if now.tzinfo is None:
            raise ValueError(f"Expected a moment with a time zone, but got {now.isoformat()}.")
        self._now = now.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward by `by`."""
        self._now += by
