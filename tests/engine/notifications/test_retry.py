"""When failed deliveries are tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.notifications.retry import JITTER, WAITS, next_attempt_at

NOW = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)


@given(st.integers(1, len(WAITS)), st.text(max_size=40))
def test_the_wait_is_the_scheduled_one_give_or_take_a_fifth(attempt: int, message_id: str) -> None:
    moment = next_attempt_at(attempt, NOW, message_id)
    assert moment is not None
    wait = WAITS[attempt - 1]
    assert wait * (1 - JITTER) <= moment - NOW <= wait * (1 + JITTER)
    assert moment == next_attempt_at(attempt, NOW, message_id)


def test_waits_grow() -> None:
    moments = [next_attempt_at(attempt, NOW, "a") for attempt in range(1, len(WAITS) + 1)]
    assert moments == sorted(moments, key=lambda moment: moment or NOW)


def test_messages_that_failed_together_spread() -> None:
    moments = {next_attempt_at(4, NOW, str(number)) for number in range(200)}
    assert len(moments) == 200
    known = [moment for moment in moments if moment is not None]
    assert max(known) - min(known) > timedelta(minutes=20)


def test_after_the_last_attempt_the_message_is_dead() -> None:
    assert next_attempt_at(len(WAITS) + 1, NOW, "a") is None
    assert next_attempt_at(10_000, NOW, "a") is None


@pytest.mark.parametrize(("attempt", "now"), [(0, NOW), (-1, NOW), (1, NOW.replace(tzinfo=None))])
def test_nonsense_is_refused(attempt: int, now: datetime) -> None:
    with pytest.raises(ValueError, match="Expected"):
        next_attempt_at(attempt, now, "a")
