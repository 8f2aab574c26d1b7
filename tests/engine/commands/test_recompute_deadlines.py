"""A changed calendar reaches every open request in portions; whatever interrupts it, each moves once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands import recompute_deadlines as job
from engine.commands.change_calendar import change_calendar
from engine.commands.fire_timers import fire_timers
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.resume_instance import resume_instance
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.queries.calendar_year import list_decrees
from engine.storage.tables import history, tasks
from engine.storage.verification import check_instance
from tests_support import ACCOUNT, deploy_sop

LEAVE = [{"date": "2026-03-06", "name": "Hari Uji", "category": "daerah"}]


@pytest.fixture
def requests(service: Context, warga: Actor) -> list[str]:
    """Five requests at their first task, due on the day that becomes a day off."""
    deploy_sop(service, ACCOUNT)
    return sorted(start_instance(service, warga, ACCOUNT, {})["id"] for _ in range(5))


def moved(service: Context) -> list[str]:
    """The requests of the re-timed tasks."""
    with service.database.read() as connection:
        query = select(history.c.instance_id).where(history.c.type == "task_rescheduled")
        return list(connection.execute(query.order_by(history.c.instance_id)).scalars())


def work(service: Context, admin: Actor) -> dict[str, Any]:
    found: dict[str, Any] = list_decrees(service, admin, limit=1)["items"][0]["recomputation"]
    return found


@pytest.mark.parametrize("broken_at", [1, 3])
def test_killed_in_the_middle_it_goes_on_and_moves_each_request_once(
    service: Context, admin: Actor, requests: list[str], monkeypatch: pytest.MonkeyPatch, broken_at: int
) -> None:
    monkeypatch.setattr(job, "PORTION", 2)
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    store, calls = job.store, []

    def dies(change: Any) -> None:
        calls.append(change.row.id)
        store(change)
        if len(calls) == broken_at:
            raise KeyboardInterrupt  # as a kill: nothing of the transaction is committed, nothing is cleaned up

    monkeypatch.setattr(job, "store", dies)
    with pytest.raises(KeyboardInterrupt):
        recompute_deadlines(service)
    assert len(moved(service)) == broken_at - 1
    assert work(service, admin)["finished_at"] is None
    monkeypatch.setattr(job, "store", store)
    recompute_deadlines(service)
    assert moved(service) == requests
    said = work(service, admin)
    assert (said["examined"], said["moved"], bool(said["finished_at"])) == (5, 5, True)
    with service.database.read() as connection:
        assert all(check_instance(connection, one)["valid"] for one in requests)


def test_two_workers_at_the_same_portion_count_it_once(
    service: Context, admin: Actor, requests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    move = job._move

    def overtaken(*args: Any) -> None:
        monkeypatch.setattr(job, "_move", move)
        recompute_deadlines(service)
        move(*args)

    monkeypatch.setattr(job, "_move", overtaken)
    recompute_deadlines(service)
    said = work(service, admin)
    assert (said["examined"], said["moved"], len(moved(service))) == (5, 5, 5)


def test_what_cannot_be_reckoned_holds_nothing_up_and_is_counted(
    service: Context, admin: Actor, requests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    reckon = job.reckon

    def broken(context: Context, connection: Any, row: Any, *rest: Any) -> Any:
        if row.id == requests[0]:
            raise ValueError("uji")
        return reckon(context, connection, row, *rest)

    monkeypatch.setattr(job, "reckon", broken)
    recompute_deadlines(service)
    assert (work(service, admin)["failed"], moved(service)) == (1, requests[1:])


def test_a_suspended_request_keeps_no_old_deadline(
    service: Context, admin: Actor, requests: list[str], clock: TestClock
) -> None:
    for one in requests[:2]:
        suspend_instance(service, admin, one, "uji")
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    resume_instance(service, admin, requests[0], "sebelum pekerja sampai")
    assert moved(service) == requests[:1]
    recompute_deadlines(service)
    assert moved(service) == requests
    resume_instance(service, admin, requests[1], "sesudahnya")
    with service.database.read() as connection:
        assert len(set(connection.execute(select(tasks.c.due_at)).scalars())) == 1
        assert all(check_instance(connection, one)["valid"] for one in requests)
    clock.advance(timedelta(days=2))  # past the old deadline, not past the new one
    fire_timers(service)
    with service.database.read() as connection:
        late = select(history.c.seq).where(history.c.type == "task_overdue")
        assert connection.execute(late).first() is None
