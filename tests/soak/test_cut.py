"""The database connection is cut in the middle of a command: a clear 503, nothing half-written, the next one works."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool

from api.app import create_app
from api.config import read_config
from bench.alur import ON, Alur, answer
from bench.driver import watched
from drill import judge
from engine.clock import TestClock
from engine.commands.fire_timers import fire_timers
from engine.errors import StorageUnavailable

pytestmark = pytest.mark.postgres


STATEMENTS = 3  # of a completion: who asks, the instance, the step


@contextmanager
def cut_before(alur: Alur, place: int) -> Iterator[None]:
    """Ends the server's side of the connection just before its `place`-th statement, counted from 1."""
    engine = alur.context.database.engine
    killer = sqlalchemy.create_engine(engine.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    seen = 0

    def on_statement(raw: Any, _text: str) -> None:
        nonlocal seen
        seen += 1
        if seen == place:
            with killer.connect() as other:
                other.exec_driver_sql(f"SELECT pg_terminate_backend({raw.info.backend_pid})")

    with watched(engine, on_statement):
        yield


@pytest.mark.parametrize("rounds", [1, pytest.param(50, marks=pytest.mark.soak)])
def test_a_cut_connection_is_a_503_and_leaves_nothing_behind(
    postgres_empty_url: str, tmp_path: Path, rounds: int, figures: list[str]
) -> None:
    alur = Alur(postgres_empty_url, tmp_path)
    client = create_app(read_config(alur.environment()), alur.context).test_client()
    acknowledged, refused = [], 0
    for turn in range(rounds * STATEMENTS):
        view = alur.start()
        task = view["tasks"][0]
        path, body = f"/api/v1/tasks/{task['id']}/complete", {"data": answer(task["element_id"], ON)}
        headers = {"Authorization": f"Bearer {alur.tokens[task['role']]}"}
        with cut_before(alur, turn % STATEMENTS + 1):
            first = client.post(path, json=body, headers=headers)
        assert first.status_code in (200, 503), first.text
        if first.status_code == 503:
            assert first.mimetype == "application/problem+json"
            refused += 1
            assert client.post(path, json=body, headers=headers).status_code == 200
        acknowledged.append(task["id"])
    verdict = judge(alur.context, acknowledged)
    alur.context.database.engine.dispose()
    figures.append(
        f"| connection cut before each statement in turn | postgresql | {rounds * STATEMENTS} cuts: {refused} times "
        "503, then completed; nothing half-written |"
    )
    assert refused == rounds * STATEMENTS
    assert verdict.clean(), verdict
    assert verdict.completions == len(acknowledged)


@pytest.mark.parametrize("place", range(1, 8))
def test_a_cut_connection_postpones_no_timer(postgres_empty_url: str, tmp_path: Path, place: int) -> None:
    clock = TestClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
    alur = Alur(postgres_empty_url, tmp_path, clock)
    key = alur.deploy_plain(7, limit="PT1H")
    waiting = {alur.start_plain(key)["id"] for _ in range(3)}
    clock.advance(timedelta(hours=2))
    with cut_before(alur, place), pytest.raises(StorageUnavailable):
        fire_timers(alur.context)
    fire_timers(alur.context)
    verdict = judge(alur.context, [])
    alur.context.database.engine.dispose()
    assert verdict.fired_in == waiting
    assert verdict.clean(), verdict
