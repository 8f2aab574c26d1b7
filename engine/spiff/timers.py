"""Timers of an instance: firing, breach and reminder of tasks, and reckoning anew after a calendar change."""

from datetime import datetime
from typing import Any

from engine.model import ArmedTimer, Token
from engine.spiff import catching, triggering
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Catch


def fire(machine: Machine, timer_id: str) -> None:
    """Fires an armed timer: records it with its lateness, then what it means."""
    timer = machine.state.timers[timer_id]
    due = datetime.fromisoformat(timer.due_at)
    data: dict[str, Any] = {
        "timer": timer_id, "kind": timer.kind, "token": timer.token, "due_at": timer.due_at,
        "late_seconds": max(0, int((machine.now - due).total_seconds())),
    }  # fmt: skip
    if timer.kind in ("reminder", "due"):
        machine.record("timer_fired", timer.element_id, **data)
        if timer.kind == "reminder":
            task = machine.state.tokens[timer.token]
            concerned = _to(machine, timer.token)
            machine.record("task_reminded", task.element, token=timer.token, due_at=task.due_at, **concerned)
        else:
            _breach(machine, timer.token, timer.due_at)
        return
    catch = catching.catch_behind(machine, timer)
    again = _next(machine, timer, catch)
    if again is not None:
        data["next_due_at"] = again
    machine.record("timer_fired", timer.element_id, **data)
    if timer.kind == "boundary":
        for token_id in _tasks_of(machine, timer.token):
            _breach(machine, token_id, data["due_at"])
    triggering.trigger(machine, timer.token, catch)


def _next(machine: Machine, timer: ArmedTimer, catch: Catch) -> str | None:
    if timer.armed_at is None or not catching.keeps_waiting(catch) or catch.all_needed:
        return None
    scoped = timer.kind == "event_subprocess"
    scope_id = timer.token if scoped else machine.state.inside(timer.token)
    host = catch.node if scoped else machine.element(timer.token).node
    armed_at, variables = datetime.fromisoformat(timer.armed_at), machine.state.visible(scope_id)
    try:
        due = catching.due_at(machine, catch, host, armed_at, timer.fired + 1, variables)
    except StepFailed:  # a formula that can no longer be computed: it does not repeat
        return None
    return None if due is None else machine.at(due)


def _tasks_of(machine: Machine, host: str) -> list[str]:
    """The host if it is a task, or the open instances of a host that is a loop of tasks."""
    scope = machine.state.scopes.get(host)
    tokens = list(scope.tokens) if scope is not None and scope.loop is not None else [host]
    return [token for token in tokens if machine.state.tokens[token].phase == "task"]


def _breach(machine: Machine, token_id: str, moment: str) -> None:
    """The time allowed is over: recorded once per task, with its escalation to the superior of the lane's role."""
    task: Token = machine.state.tokens[token_id]
    if task.overdue or task.due_at is None or moment < task.due_at:
        return
    machine.record("task_overdue", task.element, token=token_id, due_at=task.due_at, **_to(machine, token_id))
    machine.record("task_escalated", task.element, token=token_id, **_to(machine, token_id))


def _to(machine: Machine, token_id: str) -> dict[str, Any]:
    """Who is concerned: lane, role and assignee of a task."""
    lane, assignee = machine.element(token_id).lane, machine.state.tokens[token_id].assignee
    found: dict[str, Any] = {"lane": lane.name, "role": lane.role} if lane is not None else {}
    if assignee is not None:
        found["assignee"] = assignee
    return found


def recompute(machine: Machine) -> None:
    """Reckons open deadlines and timers, cycles too, by the calendar now in force. What has passed stays as it was."""
    for timer in list(machine.state.timers.values()):
        if timer.id in machine.state.timers and timer.kind in ("boundary", "catch"):
            _recompute_timer(machine, timer)
    for token_id, token in list(machine.state.tokens.items()):
        if token.phase == "task" and token.opened_at and token.due_at and not token.overdue:
            _recompute_task(machine, token_id, token)


def _recompute_timer(machine: Machine, timer: ArmedTimer) -> None:
    catch = catching.catch_behind(machine, timer)
    token = machine.state.tokens[timer.token]
    began = timer.armed_at or token.opened_at
    if catch.timer is None or catch.timer_kind == "date" or began is None:
        return
    if datetime.fromisoformat(timer.due_at) <= machine.now:
        return
    node = machine.element(timer.token).node
    due = machine.timing.timer_due(node, catch.timer, datetime.fromisoformat(began), timer.fired)
    if due is not None:
        _reschedule(machine, timer, machine.at(max(due, machine.now)))


def _reschedule(machine: Machine, timer: ArmedTimer, due_at: str) -> None:
    if due_at != timer.due_at:
        machine.record(
            "timer_rescheduled", timer.element_id, timer=timer.id, due_at=due_at, old_due_at=timer.due_at,
            calendar_version=machine.timing.calendar_version,
        )  # fmt: skip


def _recompute_task(machine: Machine, token_id: str, token: Token) -> None:
    assert token.opened_at is not None and token.due_at is not None
    node = machine.element(token_id).node
    deadline = machine.timing.deadline(node, datetime.fromisoformat(token.opened_at))
    if deadline is None:
        once = [timer for timer in machine.state.timers.values()
                if timer.token == token_id and timer.kind == "boundary" and timer.armed_at is None]  # fmt: skip
        due, remind = min((timer.due_at for timer in once), default=token.due_at), token.remind_at
    else:
        due = machine.at(max(deadline.due_at, machine.now))
        passed = token.remind_at is not None and datetime.fromisoformat(token.remind_at) <= machine.now
        fresh = None if deadline.remind_at is None else machine.at(max(deadline.remind_at, machine.now))
        remind = token.remind_at if passed else fresh
    if datetime.fromisoformat(token.due_at) <= machine.now or (due, remind) == (token.due_at, token.remind_at):
        return
    old = token.due_at
    machine.record("task_rescheduled", token.element, token=token_id, due_at=due, remind_at=remind, old_due_at=old)
    for kind, moment in (("due", due), ("reminder", remind)):
        timer = machine.state.timers.get(f"{token_id}:{kind}")
        if timer is not None and moment is not None:
            _reschedule(machine, timer, moment)
