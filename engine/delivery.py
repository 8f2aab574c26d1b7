"""Messages and signals reach instances: in the caller's transaction, for the API and for the outbox alike."""

from typing import Any

from engine.assignment import Actor
from engine.change import deployed_by_id, instance_view, open_change, store
from engine.context import Context
from engine.launch import launch
from engine.storage import instances
from engine.storage.subscriptions import starts_with, waiting_for_message, waiting_for_signal
from engine.storage.unit_of_work import Connection


def deliver(
    context: Context,
    connection: Connection,
    actor: Actor | None,
    name: str,
    correlation: str | None,
    variables: dict[str, Any],
    *,
    origin: str | None = None,
) -> dict[str, Any] | None:
    """Gives a message to one waiting instance, else starts a definition with it; None = nobody took it.

    Args:
        origin: the instance that sent it, which does not take its own message.
    """
    for instance_id in waiting_for_message(connection, name, correlation):
        row = instances.lock_instance(connection, instance_id)
        if row is None or row.status == "suspended" or instance_id == origin:
            continue
        change = open_change(context, connection, actor, row)
        key = None if correlation in (row.registration_number, row.id) else correlation
        if change.execution.deliver_message(name, key, variables):
            store(change)
            return instance_view(change)
    for start in starts_with(connection, "message", name, context.clock.now()):
        deployed = deployed_by_id(context, connection, start.definition_id)
        return launch(context, connection, actor, deployed, variables, start_event=start.element_id)
    return None


def broadcast(
    context: Context,
    connection: Connection,
    actor: Actor | None,
    name: str,
    variables: dict[str, Any],
    *,
    origin: str | None = None,
) -> dict[str, Any]:
    """Gives a signal to all that wait for it; the instance `origin` threw it and has taken it already."""
    delivered = []
    for instance_id in waiting_for_signal(connection, name):
        row = None if instance_id == origin else instances.lock_instance(connection, instance_id)
        if row is None or row.status == "suspended":
            continue
        change = open_change(context, connection, actor, row)
        if change.execution.deliver_signal(name, variables):
            store(change)
            delivered.append(instance_id)
    started = [
        launch(
            context, connection, actor, deployed_by_id(context, connection, start.definition_id), variables,
            start_event=start.element_id,
        )["id"]
        for start in starts_with(connection, "signal", name, context.clock.now())
    ]  # fmt: skip
    return {"delivered": delivered, "started": started}
