"""Anchoring: every chain that grew is held by a signed root, in portions, without looking at what ended long ago."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands import anchor_history as anchoring
from engine.commands.anchor_history import anchor_everything, anchor_history
from engine.commands.cancel_instance import cancel_instance
from engine.commands.start_instance import start_instance
from engine.commands.submit_survey import submit_survey
from engine.context import Context
from engine.queries.verify import verify_everything
from engine.satisfaction import ELEMENTS
from engine.storage.tables import anchors, instances
from tests_support import ACCOUNT, deploy_sop


@pytest.fixture(autouse=True)
def _deployed(service: Context) -> None:
    deploy_sop(service, ACCOUNT)
    anchor_history(service)  # the administration so far


def roots(service: Context) -> int:
    with service.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(anchors)).scalar_one())


def started(service: Context, actor: Actor, count: int = 1) -> list[str]:
    return [str(start_instance(service, actor, ACCOUNT, {})["id"]) for _ in range(count)]


def forget(service: Context, instance_id: str) -> None:
    """As after an import: nothing says that the request is anchored."""
    with service.database.write() as connection:
        connection.execute(update(instances).where(instances.c.id == instance_id).values(anchored_seq=0))


def test_every_portion_has_a_root_of_its_own(service: Context, warga: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchoring, "LEAVES", 2)
    started(service, warga, 5)
    before = roots(service)
    assert anchor_history(service) == 5
    assert (roots(service) - before, anchor_history(service)) == (3, 0)
    assert all(verdict["valid"] for verdict in verify_everything(service))


def test_more_than_one_go_takes_is_anchored_by_the_next(
    service: Context, warga: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anchoring, "MOST", 3)
    started(service, warga, 7)
    assert [anchor_history(service) for _ in range(4)] == [3, 3, 1, 0]


def test_what_ends_between_two_anchors_is_held(service: Context, warga: Actor, admin: Actor, clock: TestClock) -> None:
    [one] = started(service, warga)
    assert anchor_history(service) == 1
    clock.advance(timedelta(days=40))
    cancel_instance(service, admin, one, "uji")
    assert [anchor_history(service) for _ in range(2)] == [1, 0]


def test_a_survey_long_after_the_end_is_held(service: Context, warga: Actor, admin: Actor, clock: TestClock) -> None:
    [one, other] = started(service, warga, 2)
    cancel_instance(service, admin, one, "uji")
    anchor_history(service)
    clock.advance(timedelta(days=40))
    cancel_instance(service, admin, other, "uji")
    assert anchor_history(service) == 1
    submit_survey(service, warga, one, dict.fromkeys(ELEMENTS, 4))
    assert [anchor_history(service) for _ in range(2)] == [1, 0]


def test_what_ended_long_ago_is_looked_at_only_when_a_worker_starts(
    service: Context, warga: Actor, admin: Actor, clock: TestClock
) -> None:
    [one] = started(service, warga)
    cancel_instance(service, admin, one, "uji")
    anchor_history(service)
    clock.advance(timedelta(days=40))
    started(service, warga)
    anchor_history(service)
    forget(service, one)
    assert (anchor_history(service), anchor_everything(service)) == (0, 1)


def test_a_first_look_ends_though_requests_move_meanwhile(
    service: Context, warga: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    anchor = anchoring._anchor

    def busy(context: Context, ids: list[str]) -> int:
        looks.append(len(ids))
        assert len(looks) < 3
        anchored = anchor(context, ids)
        started(service, warga)
        return anchored

    started(service, warga)
    monkeypatch.setattr(anchoring, "_anchor", busy)
    assert (anchor_everything(service), looks) == (1, [1])
