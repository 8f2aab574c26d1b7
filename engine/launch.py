"""Brings a new instance to life in the caller's transaction: shared by form, message, signal and timer starts."""

from typing import Any
from uuid import uuid4

from engine.assignment import Actor, may_start
from engine.change import (
    Change,
    assign_opened,
    calendar_of,
    execution_for,
    instance_values,
    instance_view,
    task_rows,
)
from engine.context import Context
from engine.deployed import Deployed
from engine.errors import Forbidden
from engine.history.chain import genesis
from engine.model import State
from engine.notifications.effects import effects
from engine.registration import registration_number, year_of
from engine.storage import calendars, history, instances
from engine.storage.agencies import agency_for_start
from engine.storage.outbox import enqueue
from engine.storage.unit_of_work import Connection


def require_start(actor: Actor, deployed: Deployed) -> None:
    """Raises Forbidden unless the actor may start this definition."""
    if not may_start(actor, deployed.start_role, deployed.start_kind):
        raise Forbidden(
            f"Expected a member of '{deployed.start_role or 'pegawai'}' to start {deployed.key}, but {actor.username} "
            "is none."
        )


def launch(
    context: Context,
    connection: Connection,
    actor: Actor | None,
    deployed: Deployed,
    values: dict[str, Any],
    *,
    start_event: str | None = None,
) -> dict[str, Any]:
    """Creates and runs an instance and stores it.

    Returns:
        The instance as the API answers with it.
    """
    now = context.clock.now()
    agency = agency_for_start(connection, deployed.agency_id, actor)
    year = year_of(now, agency.zone)
    number = registration_number(agency.code, year, instances.next_ordinal(connection, agency.id, year))
    calendar = calendar_of(context, connection, agency.id, calendars.current_version(connection))
    row = instances.NewRow(
        id=uuid4().hex, definition_id=deployed.id, agency_id=agency.id, registration_number=number, version=0, seq=0,
        confidentiality=deployed.confidentiality, started_at=now, zone=agency.zone,
        started_by=actor.username if actor else "alur",
        applicant_id=actor.person_id if actor and _has_applicant(deployed) else None,
    )  # fmt: skip
    state = State()
    execution = execution_for(context, connection, deployed, state, now, calendar)
    execution.start(
        values, start_event, definition=deployed.key, version=deployed.version, hash=deployed.hash,
        registration_number=number,
    )  # fmt: skip
    change = Change(context, connection, actor, now, row, deployed, state, execution)
    assign_opened(change)
    insert_started(change)
    return instance_view(change)


def insert_started(change: Change) -> None:
    """Stores a new instance: its row, tasks, subscriptions, outbox and the beginning of its history."""
    row, connection, events = change.row, change.connection, change.execution.events
    signature = change.actor.signature(change.deployed.start_role) if change.actor else None
    entries = history.sealed(row.id, 0, genesis(row.id), events, change.now, signature)
    values = instance_values(change.state, change.now)
    values |= {"version": 1, "seq": len(entries), "head": entries[-1]["hash"]}
    instances.insert_instance(connection, row.columns() | values)
    instances.insert_tasks(connection, task_rows(change))
    history.insert_entries(connection, entries)
    awaited = change.state.subscriptions()
    if awaited:
        instances.replace_subscriptions(connection, row.id, awaited)
    enqueue(connection, effects(row.id, events), change.now)


def _has_applicant(deployed: Deployed) -> bool:
    """Whether some lane is the applicant's. In an SOP that begins in the office the starter acts for the applicant."""
    return any(facts.applicants for facts in deployed.tasks.values())
