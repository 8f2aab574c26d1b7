"""A worker notes that it lives: at once when something breaks, else now and then with what it settled since."""

import time
from typing import Any

import pytest

from api import worker
from engine.context import Context
from engine.errors import StorageUnavailable
from engine.queries.workers import list_workers


def test_a_pulse_is_noted_now_and_then_and_with_what_it_settled(
    service: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    pulse = worker.Pulse("fire_timers")
    pulse.beat(service, 2)
    for _ in range(3):
        now[0] += 5
        pulse.beat(service, 4)
    assert [one["settled"] for one in list_workers(service, None)] == [2]
    now[0] += worker.NOTE_SECONDS
    pulse.beat(service, 0)
    assert [one["settled"] for one in list_workers(service, None)] == [12]


def test_what_broke_a_job_is_noted_and_still_breaks_it(service: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Context) -> int:
        raise ValueError("rusak")

    with pytest.raises(ValueError, match="rusak"):
        worker._guarded(broken)(service)
    assert [(one["job"], one["error"]) for one in list_workers(service, None)] == [("broken", "ValueError: rusak")]


def test_a_note_that_cannot_be_written_stops_no_work(service: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise StorageUnavailable("Expected the database, but it is away.")

    monkeypatch.setattr(worker, "record_tick", away)
    assert worker._guarded(three)(service) == 3


def three(_: Context) -> int:
    """Settles three."""
    return 3
