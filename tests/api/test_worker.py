"""The ticker: what is due happens by itself, once, whoever else ticks; a database that is away stops nothing."""

import logging
from datetime import timedelta
from typing import Any

import pytest

from api import worker
from engine.clock import TestClock
from engine.commands.fire_timers import fire_timers
from engine.context import Context
from engine.errors import StorageUnavailable
from tests_support import until

KEY = "prosedur-pembuatan-akun-splp"


def _fired(http: Any, instance_id: str) -> int:
    items = http.get(f"/instances/{instance_id}/history?limit=1000", "auditor").json["items"]
    return sum(one["type"] == "timer_fired" for one in items)


def test_two_workers_fire_what_is_due_once(
    http: Any, started: dict[str, Any], service: Context, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def counted(context: Context) -> int:
        looks.append(fire_timers(context))
        return looks[-1]

    monkeypatch.setattr(worker, "fire_timers", counted)
    http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga", json={"data": {"kelengkapan": ["butir_1"]}})
    armed = http.get(f"/instances/{started['id']}", "auditor").json["timers"]
    assert armed
    clock.advance(timedelta(days=90))
    http.tokens.clear()  # they expired meanwhile
    workers = [worker.start_worker(service, 0.1) for _ in range(2)]
    try:
        assert until(lambda: _fired(http, started["id"]) > 0)
        enough = len(looks) + 6  # both have looked again
        assert until(lambda: len(looks) >= enough)
    finally:
        for one in workers:
            one.shutdown(wait=True)
    assert _fired(http, started["id"]) == sum(looks) == len(armed)


def test_a_worker_called_once_anchors_too(http: Any, started: dict[str, Any], service: Context) -> None:
    worker.work_once(service)
    verdict = http.post(f"/instances/{started['id']}/verify", "auditor").json
    assert (verdict["valid"], verdict["anchored_seq"]) == (True, verdict["entries"])


def test_a_database_that_is_away_is_tried_again(
    service: Context, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def fire_timers(_: Context) -> int:
        tried.append(1)
        raise StorageUnavailable("Expected the database, but it is away.")

    monkeypatch.setattr(worker, "fire_timers", fire_timers)
    with caplog.at_level(logging.WARNING, "alur.worker"):
        running = worker.start_worker(service, 0.1)
        try:
            assert until(lambda: len(tried) >= 3)
        finally:
            running.shutdown(wait=True)
    assert "postponed" in caplog.text
