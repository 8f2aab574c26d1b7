"""Answers kept for repetitions are forgotten after their time, the oldest first."""

from datetime import timedelta

import pytest

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.forget_answers import LIFE, forget_answers
from engine.commands.start_instance import start_instance
from engine.context import Context
from tests_support import ACCOUNT, deploy_sop


def test_an_old_answer_is_forgotten_and_a_younger_one_kept(
    service: Context, warga: Actor, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_sop(service, ACCOUNT)

    def ask(key: str) -> str:
        return str(start_instance(service, warga, ACCOUNT, {}, idempotency_key=key)["id"])

    first, second = ask("k1"), ask("k2")
    clock.advance(LIFE - timedelta(hours=1))
    third = ask("k3")
    assert forget_answers(service) == 0
    clock.advance(timedelta(hours=2))
    monkeypatch.setattr("engine.commands.forget_answers.MOST", 1)
    assert [forget_answers(service) for _ in range(3)] == [1, 1, 0]
    assert (ask("k3"), ask("k1") == first, ask("k2") == second) == (third, False, False)
