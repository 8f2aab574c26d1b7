"""One command's change of one instance: gathered, decided by the engine, recorded in one transaction.

Gathered under a lock, or without one by a command that is repeated when somebody else was quicker. The skeleton that
every command on an instance shares: `with change_by_task(...) as change:` gathers; the command's own lines decide
(access, state, then `change.execution`); leaving the block records task rows, history, outbox and the instance row, and
commits. Raising inside the block stores nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import Actor, may_be_assigned
from engine.context import Context
from engine.deciding import NONE, Recorded, decider
from engine.deployed import Deployed, TaskFacts, load
from engine.errors import NotFound
from engine.history.chain import moment
from engine.model import OpenTask, State, pinned
from engine.notifications.effects import effects
from engine.spiff.compile import Program
from engine.spiff.failure import StepFailed
from engine.spiff.run import Execution
from engine.spiff.timing import CalendarTiming
from engine.storage import calendars, definitions, history, instances
from engine.storage.agencies import first_agency
from engine.storage.outbox import enqueue
from engine.storage.people import actor_by_username
from engine.storage.record import needs_transaction, record
from engine.storage.unit_of_work import Connection, Row
from engine.working_calendar import WorkingCalendar


@dataclass(slots=True)
class Change:
    """What a command holds while it changes one instance. `now` is the command's single moment (aware UTC)."""

    context: Context
    connection: Connection
    actor: Actor | None
    now: datetime
    row: Any  # of `lock_instance` or `lock_by_task`, or the NewRow of a start
    deployed: Deployed
    state: State
    execution: Execution
    tasks_before: dict[str, OpenTask] = field(default_factory=dict)
    subscriptions_before: list[dict[str, Any]] = field(default_factory=list)
    begin: Callable[[], Connection] | None = None  # of an unlocked change: starts the transaction

    @property
    def writer(self) -> Connection:
        """The connection in the change's transaction: for everything that a command writes itself."""
        return self.begin() if self.begin else self.connection

    @property
    def instance_id(self) -> str:
        """The instance's id."""
        return str(self.row.id)

    @property
    def local_now(self) -> datetime:
        """The command's moment on the agency's wall clock."""
        return self.now.astimezone(ZoneInfo(self.row.zone))

    def task_id(self, token: str) -> str:
        """The public id of the task at `token`."""
        return f"{self.row.id}-{token}"

    def open_task(self, task_id: str) -> OpenTask | None:
        """The task or job with this public id; None when it is closed."""
        return self.state.tasks().get(task_id.removeprefix(f"{self.row.id}-"))

    def home(self, task: OpenTask) -> Deployed:
        """The version that an open task belongs to: the instance's own, or that of the process called."""
        if task.process is None or task.process in self.deployed.program.siblings:
            return self.deployed
        return newest_deployed(self.context, self.connection, *pinned(task.process))

    def facts(self, task: OpenTask) -> TaskFacts:
        """Name, lane and role of an open task."""
        return self.home(task).tasks[task.element_id]

    def migrate(self, target: Deployed, mapping: dict[str, str], reason: str) -> None:
        """Continues the instance on another version of its definition."""
        self.execution.migrate(target.program, mapping, version=target.version, reason=reason)
        self.deployed = target


def deployed_by_id(context: Context, connection: Connection, definition_id: int) -> Deployed:
    """A deployed version by row id, compiled once per process."""
    return context.deployed.get(definition_id, lambda: load(definitions.by_id(connection, definition_id)))


def newest_deployed(context: Context, connection: Connection, key: str, version: int | None = None) -> Deployed:
    """The version of a key that is in force now (or the named one). Raises NotFound."""
    return deployed_by_id(context, connection, definitions.find_id(connection, key, version, at=context.clock.now()))


def calendar_of(context: Context, connection: Connection, agency_id: int, version: int) -> WorkingCalendar:
    """The agency's working calendar at `version`, made once per process."""
    return context.calendars.get(
        (agency_id, version), lambda: calendars.calendar_at(connection, agency_id, version)
    )


def usual_calendar(context: Context, connection: Connection) -> WorkingCalendar:
    """The calendar of the first agency, for answers that belong to none; plain weeks while there is no agency."""
    agency_id = first_agency(connection)
    if agency_id is None:
        return WorkingCalendar(0, "Asia/Jakarta")
    return calendar_of(context, connection, agency_id, calendars.current_version(connection))


def execution_for(
    context: Context, connection: Connection, deployed: Deployed, state: State, now: datetime,
    calendar: WorkingCalendar, recorded: Recorded | None = None,
) -> Execution:  # fmt: skip
    """The engine over `state`, with the agency's calendar, called processes and decisions (`recorded`: see decider)."""

    def resolve(key: str) -> Program:
        """A called process, pinned to the version that was newest when it was called."""
        slug, number = pinned(key)
        if number is None and recorded:
            number = recorded.calls.get(slug)
        if number == NONE:
            raise definitions.not_deployed(slug)
        called = newest_deployed(context, connection, slug, number)
        return replace(called.program, key=f"{slug}@{called.version}")

    return Execution(
        deployed.program, state, now=now, timing=CalendarTiming(calendar), resolve=resolve,
        limit=context.settings.step_limit, decide=decider(context, connection, now, calendar, recorded),
    )  # fmt: skip


@contextmanager
def change_instance(context: Context, actor: Actor | None, instance_id: str) -> Iterator[Change]:
    """Changes the instance `instance_id`. Raises NotFound, StorageUnavailable."""
    with context.database.write() as connection:
        row = instances.lock_instance(connection, instance_id)
        if row is None:
            raise NotFound(f"Expected an instance '{instance_id}', but there is none.")
        change = open_change(context, connection, actor, row)
        yield change
        store(change)


@contextmanager
def change_by_task(
    context: Context, actor: Actor | None, task_id: str, *, locked: bool = True
) -> Iterator[Change]:
    """Changes the instance that the task `task_id` belongs to.

    Without the lock nobody waits and PostgreSQL is asked twice only; the command writes by `change.writer` alone.

    Raises:
        NotFound, StorageUnavailable.
        Overtaken: only without the lock: somebody changed the instance meanwhile.
    """
    with context.database.write_late() as late:
        find = instances.lock_by_task if locked else instances.by_task
        row = find(late.begin() if locked else late.connection, task_id)
        if row is None:
            raise NotFound(f"Expected a task '{task_id}', but there is none.")
        change = open_change(context, late.connection, actor, row)
        change.begin = late.begin
        yield change
        store(change)


def open_change(context: Context, connection: Connection, actor: Actor | None, row: Row[Any]) -> Change:
    """The change over a locked row: state restored, engine ready, what is open noted for the comparison at the end."""
    now = context.clock.now()
    deployed = deployed_by_id(context, connection, row.definition_id)
    calendar = calendar_of(context, connection, row.agency_id, row.calendar_version)
    state = State.from_json(row.state)
    execution = execution_for(context, connection, deployed, state, now, calendar)
    change = Change(context, connection, actor, now, row, deployed, state, execution)
    change.tasks_before, change.subscriptions_before = state.tasks(), state.subscriptions()
    return change


def store(change: Change) -> None:
    """Records what the engine did: tasks, subscriptions, outbox, history and the instance row. No event, no write."""
    assign_opened(change)
    execution, row = change.execution, change.row
    if not execution.events:
        return
    awaited = change.state.subscriptions()
    if awaited != change.subscriptions_before:
        instances.replace_subscriptions(change.writer, row.id, awaited)
    messages = effects(row.id, execution.events)
    if messages:
        enqueue(change.writer, messages, change.now)
    signature = change.actor.signature(_role(change)) if change.actor else None
    entries = history.sealed(row.id, row.seq, row.head, execution.events, change.now, signature)
    values = instance_values(change.state, change.now) | {"definition_id": change.deployed.id}
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    changed |= {"seq": entries[-1]["seq"], "head": entries[-1]["hash"]}
    connection = change.writer if needs_transaction(change.connection) else change.connection
    record(connection, row.id, row.version, changed, task_rows(change), entries)


def _role(change: Change) -> str | None:
    return getattr(change.row, "task_role", None) or change.deployed.start_role


def instance_values(state: State, now: datetime) -> dict[str, Any]:
    """The columns of `instances` that follow from the state."""
    ended = state.status in ("completed", "cancelled")
    return {
        "status": state.status,
        "state": state.to_json(),
        "next_due_at": state.wakes_at(),
        "ended_at": now if ended else None,
    }


def assign_opened(change: Change) -> None:
    """Gives newly opened tasks to whom the diagram names, and those of the applicant's lane to the applicant."""
    for token, task in change.state.tasks().items():
        if token in change.tasks_before or task.kind != "user":
            continue
        if change.row.applicant_id is not None and change.facts(task).applicants:
            change.execution.record("task_assigned", task.element_id, token=token, assignee=change.row.applicant_id)
        else:
            _assign_as_drawn(change, token, task)


def _assign_as_drawn(change: Change, token: str, task: OpenTask) -> None:
    """Follows the task's assignment expression; what it cannot do stays with the lane and is said in the history."""
    role = change.facts(task).role
    try:
        wanted = change.execution.assignee_of(token)
        person = None if wanted is None else actor_by_username(change.connection, str(wanted), change.now)
    except (StepFailed, NotFound) as failure:
        change.execution.record("assignment_failed", task.element_id, token=token, message=str(failure))
        return
    if person is None:
        return
    if may_be_assigned(person, role):
        facts = {"token": token, "assignee": person.person_id, "username": person.username}
        change.execution.record("task_assigned", task.element_id, **facts)
    else:
        message = f"Expected a member of '{role}', but {person.username} is none."
        change.execution.record("assignment_failed", task.element_id, token=token, message=message)


def task_rows(change: Change) -> list[dict[str, Any]]:
    """One row per task that was opened, closed, assigned or re-timed by this change."""
    after, before = change.state.tasks(), change.tasks_before
    done = ("task_completed", "job_completed")
    completed = {event.data.get("token") for event in change.execution.events if event.type in done}
    rows = [_row(change, token, task, "open") for token, task in after.items() if before.get(token) != task]
    for token, task in before.items():
        if token not in after:
            rows.append(_row(change, token, task, "completed" if token in completed else "cancelled"))
    return rows


def _row(change: Change, token: str, task: OpenTask, status: str) -> dict[str, Any]:
    facts = change.facts(task)
    done = status == "completed"
    work = task.work or {}
    role = str(work.get("type", facts.role)) if task.kind == "job" else facts.role
    due_at = datetime.fromisoformat(task.due_at) if task.due_at else None
    return {
        "id": change.task_id(token), "instance_id": change.row.id, "kind": task.kind, "element_id": task.element_id,
        "name": facts.name, "lane": facts.lane, "form_key": facts.form_key, "role": role, "status": status,
        "assignee_id": task.assignee, "opened_at": datetime.fromisoformat(task.opened_at), "due_at": due_at,
        "due_key": due_at or instances.NEVER, "completed_at": change.now if status != "open" else None,
        "completed_by": change.actor.person_id if done and change.actor else None,
        "confidentiality": change.row.confidentiality, "retries": work.get("retries"),
        "announced": not (status == "open" and task.kind == "user" and change.context.settings.announces_tasks),
    }  # fmt: skip


def task_view(change: Change, token: str, task: OpenTask) -> dict[str, Any]:
    """An open task as the API answers with it."""
    facts = change.facts(task)
    return {
        "id": change.task_id(token), "instance_id": change.row.id, "element_id": task.element_id, "name": facts.name,
        "lane": facts.lane, "role": facts.role, "status": "open", "assignee_id": task.assignee,
        "opened_at": task.opened_at, "due_at": task.due_at,
    }  # fmt: skip


def instance_view(change: Change) -> dict[str, Any]:
    """The instance after the change as the API answers with it: status and every open task."""
    tasks = [task_view(change, token, task) for token, task in change.state.tasks().items() if task.kind == "user"]
    return {
        "id": change.row.id, "registration_number": change.row.registration_number, "definition": change.deployed.key,
        "version": change.deployed.version, "name": change.deployed.name, "status": change.state.status,
        "started_at": moment(change.row.started_at), "tasks": tasks,
    }  # fmt: skip
