"""The clock is moved backwards: histories still verify, nothing fires twice, what is due later still fires."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.worker import settle
from bench.alur import Alur
from drill import judge
from engine.clock import TestClock

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LIMIT = timedelta(hours=1)


@pytest.mark.parametrize("jumps", [6, pytest.param(500, marks=pytest.mark.soak)])
def test_a_clock_moved_backwards_repeats_nothing(
    empty_url: str, tmp_path: Path, jumps: int, figures: list[str]
) -> None:
    clock = TestClock(START)
    alur = Alur(empty_url, tmp_path, clock)
    key = alur.deploy_plain(7, limit="PT1H")
    views, acknowledged, dice = [alur.start_plain(key) for _ in range(5)], [], random.Random(7)
    for jump in range(jumps):
        clock.advance(timedelta(minutes=dice.randint(10, 90)) * (-1 if jump % 3 == 1 else 1))
        settle(alur.context)
        for place in dice.sample(range(len(views)), 2):
            acknowledged.append(views[place]["tasks"][0]["id"])
            after = alur.complete_plain(views[place], lengkap=True)
            views[place] = after if after["tasks"] else alur.start_plain(key)
    clock.advance(timedelta(days=jumps))
    settle(alur.context)
    verdict = judge(alur.context, acknowledged)
    kind = alur.context.database.engine.dialect.name
    alur.context.database.engine.dispose()
    figures.append(
        f"| clock moved, every third time backwards, {jumps} times | {kind} | {verdict.completions:,} completions, "
        f"{verdict.fired:,} timers fired, each once |"
    )
    assert verdict.clean(), verdict
    assert verdict.fired_in >= {view["id"] for view in views}
