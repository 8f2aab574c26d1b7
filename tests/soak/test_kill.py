"""`kill -9` of web and worker at random moments under load: nothing acknowledged is lost, nothing happens twice."""

import random
from pathlib import Path

import pytest

from api.worker import settle
from bench.alur import Alur
from drill import Stack, Visitor, judge, pause, service

VISITORS, SLEEPERS = 4, 10


@pytest.mark.parametrize("kills", [2, pytest.param(200, marks=pytest.mark.soak)])
def test_kill_nine_loses_nothing_and_repeats_nothing(
    alur: Alur, kills: int, tmp_path: Path, figures: list[str]
) -> None:
    key = alur.deploy_plain(7, limit="PT1S")
    sleepers = [alur.start_plain(key)["id"] for _ in range(SLEEPERS)]  # their timers fire, nobody completes them
    stack = Stack(alur, tmp_path)
    stack.start("web")
    stack.start("worker")
    visitors = [Visitor(stack.port, alur, key, keyed=bool(number % 2)) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    try:
        for _ in range(kills):
            pause(0.1, 1.0)
            for name in random.choice([("web",), ("worker",), ("web", "worker")]):
                stack.kill(name)
                stack.start(name)
        pause(1.0, 1.5)
    finally:
        alive = [visitor.is_alive() for visitor in visitors]
        for visitor in visitors:
            visitor.finish()
        stack.stop()

    context = service(alur)
    pause(1.1, 1.2)  # what was open last comes due
    settle(context)
    acknowledged = [task for visitor in visitors for task in visitor.acknowledged]
    verdict = judge(context, acknowledged)
    kind = context.database.engine.dialect.name
    figures.append(
        f"| kill -9, {kills} times | {kind} | {len(acknowledged):,} completions acknowledged, all there, none twice; "
        f"{verdict.fired:,} timers fired, each once; {verdict.instances:,} chains verify |"
    )
    assert all(alive)
    assert [line for visitor in visitors for line in visitor.wrong] == []
    assert len(acknowledged) > kills
    assert verdict.clean(), verdict
    assert verdict.fired_in >= set(sleepers)
