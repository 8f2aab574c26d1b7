"""A changed calendar reaches every open request in portions; whatever interrupts it, each moves once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands import recompute_deadlines as job
from engine.commands.change_calendar import change_calendar
from engine.commands.complete_task import complete_task
from engine.commands.fire_timers import fire_timers
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.resume_instance import resume_instance
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.commands.verify_execution import verify_execution
from engine.context import Context
from engine.model import State
from engine.queries.calendar_year import list_decrees
from engine.spiff.run import Execution
from engine.storage.tables import history, instances, tasks
from engine.storage.verification import check_instance
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

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


LIMITED = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="a"/>
<bpmn:userTask id="a" name="A"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
<bpmn:userTask id="b" name="B"><bpmn:extensionElements><sop:mutuBaku
xmlns:sop="urn:alur:sop:1" no="1" waktu="2 hari" max="P2D" kalender="kerja"/>
</bpmn:extensionElements></bpmn:userTask>
<bpmn:boundaryEvent id="tiap" attachedToRef="b" cancelActivity="false"><bpmn:timerEventDefinition>
<bpmn:timeCycle>R3/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f3" sourceRef="tiap" targetRef="diingatkan"/><bpmn:endEvent id="diingatkan"/>
<bpmn:sequenceFlow id="f4" sourceRef="b" targetRef="selesai"/><bpmn:endEvent id="selesai"/>"""


def timers(service: Context, instance_id: str) -> dict[str, str]:
    """When what is armed is due, by the kind of timer."""
    with service.database.read() as connection:
        state = State.from_json(connection.execute(select(instances.c.state)).scalar_one())
        assert check_instance(connection, instance_id)["valid"]
    return {timer.kind: timer.due_at[:10] for timer in state.timers.values()}


def test_a_command_that_a_worker_passed_by_follows_the_decree_later(
    service: Context, admin: Actor, actor: MakeActor, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It read the calendar before the decree and stored its step after the worker had looked at the request."""
    deploy_small(service, LIMITED)
    staff, run = actor("staf"), Execution.complete_task
    view = start_instance(service, staff, "kecil", {})

    def meanwhile(*args: Any, **options: Any) -> Any:
        monkeypatch.setattr(Execution, "complete_task", run)
        change_calendar(service, admin, LEAVE, decree="Uji 1")
        recompute_deadlines(service)
        return run(*args, **options)

    monkeypatch.setattr(Execution, "complete_task", meanwhile)
    complete_task(service, staff, view["tasks"][0]["id"], {})
    assert timers(service, view["id"])["due"] == "2026-03-09"
    assert (recompute_deadlines(service), moved(service)) == (0, [])
    clock.advance(job.LONGEST_COMMAND)
    assert recompute_deadlines(service) == 1
    assert timers(service, view["id"]) == {"due": "2026-03-10", "boundary": "2026-03-09", "reminder": "2026-03-10"}
    clock.advance(timedelta(days=1))
    assert (recompute_deadlines(service), work(service, admin)["examined"]) == (0, 1)
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_a_cycle_in_working_time_follows_too_and_executes_again_by_the_calendar_of_its_day(
    service: Context, admin: Actor, actor: MakeActor, clock: TestClock
) -> None:
    deploy_small(service, LIMITED)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})  # Thursday 5 March
    complete_task(service, staff, view["tasks"][0]["id"], {})
    assert timers(service, view["id"])["boundary"] == "2026-03-06"
    clock.advance(timedelta(minutes=1))
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    recompute_deadlines(service)
    assert timers(service, view["id"])["boundary"] == "2026-03-09"
    clock.advance(timedelta(days=5))  # Tuesday: the cycle fired on Monday, and today
    fire_timers(service)
    clock.advance(timedelta(days=1))
    later = [{"date": "2026-03-10", "name": "Hari Uji", "category": "daerah"}]
    change_calendar(service, admin, later, decree="Uji 2")
    recompute_deadlines(service)
    verdict = verify_execution(service, admin, view["id"])
    assert (verdict["valid"], verdict["execution"]) == (True, "agrees")
