"""Activities that are one piece of work: tasks for people, jobs for workers, scripts, decisions, sending, receiving.

Owns what opening them records (deadline, reminder, boundary events) and what automatic ones compute.
"""

from datetime import datetime
from typing import Any

from engine.durations import MomentOutOfRange, TimeExpressionRefused
from engine.model import Token
from engine.spiff import catching
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.opening import boundary_watches, local_scope
from engine.spiff.program import Element
from engine.spiff.throwing import throw

JOB_RETRIES = 3


def open_task(machine: Machine, token_id: str, element: Element) -> None:
    """A user, manual or abstract task: waits for a person, with its deadline and reminder."""
    token = machine.state.tokens[token_id]
    opens = local_scope(machine, token_id, element)
    watches = boundary_watches(machine, token_id, element)
    due, remind = _deadline(machine, element, watches)
    opened = machine.at(machine.now)
    facts: dict[str, Any] = {"phase": "task", "opened_at": opened, **opens}
    if due is not None:
        facts["due_at"] = due
    if remind is not None:
        facts["remind_at"] = remind
    if element.lane is not None:
        facts["lane"] = element.lane.name
    machine.enter(token_id, element, **facts)
    catching.arm(machine, watches)
    version = machine.timing.calendar_version
    if due is not None and not _announced(machine, token, watches, due):
        _arm_own(machine, token_id, element, "due", due, version)
    if remind is not None:
        _arm_own(machine, token_id, element, "reminder", remind, version)


def _arm_own(
    machine: Machine, token_id: str, element: Element, kind: str, due_at: str, version: int | str | None
) -> None:
    machine.record(
        "timer_armed", element.id, timer=f"{token_id}:{kind}", token=token_id, kind=kind, due_at=due_at,
        calendar_version=version,
    )  # fmt: skip


def _deadline(machine: Machine, element: Element, watches: list[catching.Watch]) -> tuple[str | None, str | None]:
    """Due and reminder moments: by the quality standard, else by the first boundary timer that fires once."""
    try:
        deadline = machine.timing.deadline(element.node, machine.now)
    except (TimeExpressionRefused, MomentOutOfRange) as refusal:
        raise StepFailed("deadline_failed", refusal.detail) from refusal
    if deadline is not None:
        remind: datetime | None = deadline.remind_at
        return machine.at(deadline.due_at), None if remind is None else machine.at(remind)
    once = [data["due_at"] for kind, _, data in watches if kind == "timer_armed" and "armed_at" not in data]
    return (min(once), None) if once else (None, None)


def _announced(machine: Machine, token: Token, watches: list[catching.Watch], due: str) -> bool:
    """Whether a boundary timer fires at the very moment the task is due, so that its firing is the breach."""
    if any(kind == "timer_armed" and data["due_at"] == due for kind, _, data in watches):
        return True
    if token.instance is None:
        return False
    body = machine.state.tokens[token.scope]
    timers = machine.state.timers
    return any(timers[watch].due_at == due for watch in body.watches if watch in timers)


def open_job(machine: Machine, token_id: str, element: Element) -> None:
    """A service task: waits as a job for an external worker."""
    opens = local_scope(machine, token_id, element)
    watches = boundary_watches(machine, token_id, element)
    work = {"type": element.node.called or element.id, "retries": JOB_RETRIES}
    machine.enter(token_id, element, phase="job", opened_at=machine.at(machine.now), work=work, **opens)
    catching.arm(machine, watches)


def run_script(machine: Machine, token_id: str, element: Element) -> None:
    """A script task: its assignments in order, each seeing the ones before it."""
    opens = local_scope(machine, token_id, element)
    variables = machine.context(token_id)
    if opens:
        variables = {**variables, **opens["opens"]["variables"]}
    written: dict[str, Any] = {}
    for name, expression in element.script:
        written[name] = machine.evaluate(expression, {**variables, **written} if written else variables)
    _compute(machine, token_id, element, opens, written)


def decide(machine: Machine, token_id: str, element: Element) -> None:
    """A business rule task: asks the decision it names."""
    if machine.decide is None:
        raise StepFailed("decision_missing", f"Expected a decision '{element.node.called}', but none is deployed.")
    opens = local_scope(machine, token_id, element)
    variables = machine.context(token_id)
    if opens:
        variables = {**variables, **opens["opens"]["variables"]}
    made = machine.decide(element.node.called or "", variables)
    value = made.value
    name = element.node.result_variable
    if name:
        written = {name: value}
    elif isinstance(value, dict):
        written = value
    else:
        written = {element.node.called or element.id: value}
    machine.enter(token_id, element, **opens)
    machine.record("decision_evaluated", element.id, token=token_id, **made.facts)
    machine.write(machine.state.inside(token_id), written, element.id)
    machine.leave(token_id)


def _compute(machine: Machine, token_id: str, element: Element, opens: dict[str, Any], written: dict[str, Any]) -> None:
    machine.enter(token_id, element, **opens)
    machine.write(machine.state.inside(token_id), written, element.id)
    machine.leave(token_id)


def send(machine: Machine, token_id: str, element: Element) -> None:
    """A send task: its message leaves the instance; without a message the sending itself is recorded."""
    opens = local_scope(machine, token_id, element)
    machine.enter(token_id, element, **opens)
    if element.throws:
        throw(machine, token_id, element)
    else:
        machine.record("message_sent", element.id, token=token_id, name=element.node.name or element.id)
    machine.leave(token_id)
