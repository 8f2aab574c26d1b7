"""Deadlines of tasks: due moment, reminder, breach and escalation; and what a newer calendar does to them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine.diagram.model import Lane, QualityStandard
from engine.spiff.compile import compile_process
from engine.spiff.run import Execution
from engine.spiff.timing import CalendarTiming
from engine.working_calendar import WorkingCalendar
from tests.bpmn.builder import Builder
from tests.bpmn.driver import Run

DAY = 86_400
DECREE = WorkingCalendar(2, "Asia/Jakarta", holidays={date(2026, 3, 9): "Libur"})


def drawn(maximum: str | None = "P2D", timer: str | None = None, kalender: str = "kerja", **facts: Any) -> Run:
    builder = Builder()
    quality = QualityStandard(max=maximum, kalender=kalender)
    builder.chain(
        builder.node("startEvent", "s"), builder.node("userTask", "u", quality=quality), builder.node("endEvent", "e")
    )
    if timer:
        builder.timer("u", "b", timer, **facts)
        builder.flow("b", builder.node("endEvent", "l"))
    return Run(compile_process(builder.diagram())).start()


def by(calendar: WorkingCalendar) -> Callable[[Execution], None]:
    """Reckons the open deadlines anew."""

    def recompute(execution: Execution) -> None:
        execution.timing = CalendarTiming(calendar)
        execution.recompute()

    return recompute


def test_two_working_days_from_thursday_end_on_monday_at_closing_time() -> None:
    task = next(iter(drawn().state.tasks().values()))
    assert task.due_at == "2026-03-09T09:00:00.000000Z"  # Monday 16.00 WIB
    assert task.remind_at is not None
    assert task.remind_at < task.due_at


def test_elapsed_time_runs_at_night_and_on_sundays() -> None:
    task = next(iter(drawn(kalender="kalender").state.tasks().values()))
    assert task.due_at == "2026-03-07T01:00:00.000000Z"


def test_without_a_maximum_there_is_no_deadline() -> None:
    instance = drawn(maximum=None)
    assert next(iter(instance.state.tasks().values())).due_at is None
    assert instance.state.timers == {}


def test_reminder_then_breach_and_escalation_once() -> None:
    instance = drawn()
    instance.advance(10 * DAY)
    told = [kind for kind in instance.types if kind.startswith("task_")]
    assert told == ["task_reminded", "task_overdue", "task_escalated"]
    assert next(iter(instance.state.tasks().values())).overdue
    assert instance.state.timers == {}


def test_lateness_is_recorded() -> None:
    instance = drawn(maximum="PT1H", kalender="kalender")
    instance.advance(3_600 + 90)
    fired = [event.data for event in instance.events if event.type == "timer_fired"]
    assert [(data["kind"], data["late_seconds"]) for data in fired] == [("reminder", 15 * 60 + 90), ("due", 90)]


def test_a_boundary_timer_at_the_due_moment_is_the_breach() -> None:
    instance = drawn(timer="P2D", interrupting=False)
    assert sorted(timer.kind for timer in instance.state.timers.values()) == ["boundary", "reminder"]
    instance.advance(10 * DAY)
    assert instance.types.count("task_overdue") == 1
    assert instance.visited[-2:] == ["b", "l"]


def test_an_earlier_boundary_timer_is_not_the_breach() -> None:
    instance = drawn(timer="P1D", interrupting=False)
    assert sorted(timer.kind for timer in instance.state.timers.values()) == ["boundary", "due", "reminder"]
    instance.advance(DAY + 12 * 3_600)
    assert "b" in instance.visited
    assert "task_overdue" not in instance.types


def test_further_timers_after_the_breach_do_not_repeat_it() -> None:
    instance = drawn(timer="R5/P1D", kind="cycle", interrupting=False)
    instance.advance(30 * DAY)
    assert instance.visited.count("b") == 5
    assert instance.types.count("task_overdue") == instance.types.count("task_escalated") == 1


def test_a_boundary_timer_alone_states_the_deadline() -> None:
    task = next(iter(drawn(maximum=None, timer="P2D", interrupting=False).state.tasks().values()))
    assert task.due_at == "2026-03-09T09:00:00.000000Z"


def test_a_completed_task_reminds_nobody() -> None:
    instance = drawn()
    instance.complete("u")
    instance.advance(10 * DAY)
    assert "task_reminded" not in instance.types


@pytest.mark.parametrize("timer", [None, "P2D"])
def test_a_new_holiday_moves_open_deadlines_and_is_recorded(timer: str | None) -> None:
    instance = drawn(timer=timer, interrupting=False)
    instance.do(by(DECREE))
    task = next(iter(instance.state.tasks().values()))
    assert task.due_at == "2026-03-10T09:00:00.000000Z"
    assert {event.data["calendar_version"] for event in instance.events if event.type == "timer_rescheduled"} == {2}
    armed = {timer.kind: timer.due_at for timer in instance.state.timers.values()}
    assert armed["boundary" if timer else "due"] == task.due_at
    assert armed["reminder"] == task.remind_at
    count = len(instance.events)
    instance.do(by(DECREE))
    assert len(instance.events) == count


def test_elapsed_time_does_not_care_for_holidays() -> None:
    instance = drawn(kalender="kalender")
    before = instance.state.to_json()
    instance.do(by(WorkingCalendar(2, "Asia/Jakarta", holidays={date(2026, 3, 6): "Libur"})))
    assert instance.state.to_json() == before


def test_what_has_passed_stays_as_it_was() -> None:
    instance = drawn()
    reminded_at = next(iter(instance.state.tasks().values())).remind_at
    instance.advance(4 * DAY + 4 * 3_600)  # Monday 12.00 WIB: reminded, not yet due
    instance.do(by(DECREE))
    task = next(iter(instance.state.tasks().values()))
    assert (task.due_at, task.remind_at) == ("2026-03-10T09:00:00.000000Z", reminded_at)
    instance.advance(10 * DAY)
    count = len(instance.events)
    instance.do(by(WorkingCalendar(3, "Asia/Jakarta", holidays={date(2026, 3, 10): "Libur"})))
    assert len(instance.events) == count


def test_a_withdrawn_holiday_makes_nothing_due_in_the_past() -> None:
    instance = drawn()
    instance.do(by(DECREE))
    instance.advance(4 * DAY + 10 * 3_600)  # Monday 18.00 WIB: without the holiday it would be late
    instance.do(by(WorkingCalendar(3, "Asia/Jakarta")))
    task = next(iter(instance.state.tasks().values()))
    assert task.due_at == "2026-03-09T11:00:00.000000Z"
    assert not task.overdue


def test_the_lane_goes_with_the_reminder() -> None:
    builder = Builder()
    quality = QualityStandard(max="PT1H", kalender="kalender")
    builder.chain(builder.node("startEvent", "s"), builder.node("userTask", "u", quality=quality, lane="l1"))
    diagram = builder.diagram()
    object.__setattr__(diagram.main, "lanes", (Lane("l1", "Petugas Loket", role="loket", nodes=("u",)),))
    instance = Run(compile_process(diagram)).start()
    instance.advance(3_600)
    overdue = next(event.data for event in instance.events if event.type == "task_overdue")
    assert (overdue["lane"], overdue["role"]) == ("Petugas Loket", "loket")
