"""Timers: in working time, once each however many workers tick, late ones in order with their lateness."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands import fire_timers as firing
from engine.commands.cancel_instance import cancel_instance
from engine.commands.change_calendar import change_calendar
from engine.commands.fire_timers import fire_timers
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.resume_instance import resume_instance
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.queries.instances import instance
from engine.storage.tables import history, instances
from engine.storage.verification import check_instance
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

COMPLAINT = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="lengkapi"/>
<bpmn:userTask id="lengkapi" name="Melengkapi pengaduan"/>
<bpmn:boundaryEvent id="batas" attachedToRef="lengkapi"><bpmn:timerEventDefinition>
<bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f2" sourceRef="lengkapi" targetRef="diproses"/><bpmn:endEvent id="diproses"/>
<bpmn:sequenceFlow id="f3" sourceRef="batas" targetRef="ditutup"/><bpmn:endEvent id="ditutup"/>"""


def types(context: Context, *wanted: str) -> list[tuple[str, str | None]]:
    with context.database.read() as connection:
        rows = connection.execute(
            select(history.c.type, history.c.element_id).where(history.c.type.in_(wanted)).order_by(history.c.seq)
        )
        return [(row.type, row.element_id) for row in rows]


def test_an_interrupting_timer_closes_the_complaint(service: Context, actor: MakeActor, clock: TestClock) -> None:
    deploy_small(service, COMPLAINT)
    view = start_instance(service, actor("staf"), "kecil", {})
    clock.advance(timedelta(days=3) - timedelta(seconds=1))
    assert fire_timers(service) == 0
    clock.advance(timedelta(seconds=1))
    assert fire_timers(service) == 1
    with service.database.read() as connection:
        assert connection.execute(select(instances.c.status)).scalar_one() == "completed"
        assert check_instance(connection, view["id"])["valid"]
    assert ("element_cancelled", "lengkapi") in types(service, "element_cancelled")


def test_after_downtime_everything_fires_once_in_order(service: Context, warga: Actor, clock: TestClock) -> None:
    deploy_sop(service, ACCOUNT)
    start_instance(service, warga, ACCOUNT, {})
    clock.advance(timedelta(days=10))
    assert fire_timers(service) == 2
    assert fire_timers(service) == 0
    assert types(service, "task_reminded", "task_overdue", "task_escalated") == [
        ("task_reminded", "kegiatan_1"), ("task_overdue", "kegiatan_1"), ("task_escalated", "kegiatan_1"),
    ]  # fmt: skip


ESCALATING = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="a"/>
<bpmn:userTask id="a" name="A"/>
<bpmn:boundaryEvent id="tiap" attachedToRef="a" cancelActivity="false"><bpmn:timerEventDefinition>
<bpmn:timeCycle>R5/PT4H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:boundaryEvent>
<bpmn:sequenceFlow id="f2" sourceRef="tiap" targetRef="diingatkan"/><bpmn:endEvent id="diingatkan"/>
<bpmn:sequenceFlow id="f3" sourceRef="a" targetRef="selesai"/><bpmn:endEvent id="selesai"/>"""


def test_after_downtime_requests_fire_in_the_order_of_their_due_moments(
    service: Context, actor: MakeActor, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(firing, "BATCH", 3)  # fewer than the requests: several batches
    deploy_small(service, ESCALATING)
    staff = actor("staf")
    for _ in range(5):
        start_instance(service, staff, "kecil", {})
        clock.advance(timedelta(hours=6, minutes=50))
    clock.advance(timedelta(days=2))
    fired: list[str] = []
    store = firing.store

    def noted(change: Any) -> None:
        fired.extend(event.data["due_at"] for event in change.execution.events if event.type == "timer_fired")
        store(change)

    monkeypatch.setattr(firing, "store", noted)
    assert fire_timers(service) == 25
    assert (len(fired), fired) == (25, sorted(fired))


def test_many_workers_fire_each_timer_once(service: Context, actor: MakeActor, clock: TestClock) -> None:
    deploy_small(service, COMPLAINT)
    staff = actor("staf")
    for _ in range(30):
        start_instance(service, staff, "kecil", {})
    clock.advance(timedelta(days=4))
    with ThreadPoolExecutor(4) as pool:
        fired = sum(pool.map(lambda _: fire_timers(service), range(4)))
    assert fired == 30
    assert len(types(service, "timer_fired")) == 30


def test_a_suspended_request_fires_when_it_is_resumed(
    service: Context, actor: MakeActor, admin: Actor, clock: TestClock
) -> None:
    deploy_small(service, COMPLAINT)
    view = start_instance(service, actor("staf"), "kecil", {})
    suspend_instance(service, admin, view["id"], "menunggu putusan")
    clock.advance(timedelta(days=5))
    assert fire_timers(service) == 0
    resume_instance(service, admin, view["id"], "putusan terbit")
    assert fire_timers(service) == 1


def test_a_clock_moved_backwards_fires_nothing_twice(service: Context, actor: MakeActor, clock: TestClock) -> None:
    deploy_small(service, COMPLAINT)
    view = start_instance(service, actor("staf"), "kecil", {})
    clock.advance(timedelta(days=4))
    fire_timers(service)
    clock.set(clock.now() - timedelta(days=30))
    assert fire_timers(service) == 0
    clock.advance(timedelta(days=60))
    assert fire_timers(service) == 0
    with service.database.read() as connection:
        assert check_instance(connection, view["id"])["valid"]


def test_a_cancelled_request_fires_nothing(
    service: Context, actor: MakeActor, admin: Actor, clock: TestClock
) -> None:
    deploy_small(service, COMPLAINT)
    view = start_instance(service, actor("staf"), "kecil", {})
    cancel_instance(service, admin, view["id"], "salah kirim")
    clock.advance(timedelta(days=5))
    assert fire_timers(service) == 0


def test_a_decree_moves_open_deadlines_and_says_so(service: Context, warga: Actor, admin: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    view = start_instance(service, warga, ACCOUNT, {})  # Thursday: due at closing time on Friday 6 March
    assert view["tasks"][0]["due_at"] == "2026-03-06T08:30:00.000000Z"
    day_off = {"date": "2026-03-06", "name": "Cuti bersama", "category": "cuti_bersama"}
    answer = change_calendar(service, admin, [day_off], decree="Kepres Uji 1/2026")
    assert answer["recomputing"] == recompute_deadlines(service) == 1
    task = instance(service, warga, view["id"])["tasks"][0]
    assert datetime.fromisoformat(task["due_at"]) == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # Monday, Ramadan hours
    assert ("task_rescheduled", "kegiatan_1") in types(service, "task_rescheduled")
    with service.database.read() as connection:
        assert check_instance(connection, view["id"])["valid"]


TIMED = """<bpmn:startEvent id="mulai"><bpmn:timerEventDefinition>
<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R2/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
<bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="a"/><bpmn:userTask id="a" name="A"/>
<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


def test_a_timer_start_starts_as_often_as_it_says(service: Context, clock: TestClock) -> None:
    deploy_small(service, TIMED)
    for _ in range(4):
        clock.advance(timedelta(days=1))
        fire_timers(service)
    assert len(types(service, "instance_started")) == 2
