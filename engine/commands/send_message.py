"""Delivers a message to exactly one waiting instance, or starts a definition that begins with it."""

from typing import Any

from engine.assignment import Actor, may_send_events
from engine.context import Context
from engine.delivery import deliver
from engine.errors import Forbidden, NotFound
from engine.storage.idempotency import fingerprint, remember, remembered


class MessageNotAwaited(NotFound):
    """Nobody waits for this message; it is refused rather than kept or lost."""

    code = "message_not_awaited"


def send_message(
    context: Context,
    actor: Actor,
    name: str,
    correlation: str | None,
    variables: dict[str, Any],
    *,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Delivers `name` to the instance whose correlation value, registration number or id is `correlation`.

    Without `correlation` the oldest waiting instance takes it. If none waits, the newest definition with a message
    start event of this name is started.

    Returns:
        The instance that took it.

    Raises:
        Forbidden. MessageNotAwaited: nobody waits for it. Conflict: the key was used for another request.
    """
    if not may_send_events(actor):
        raise Forbidden("Expected a connected system or an administrator to send messages.")
    asked = fingerprint("message", name, correlation, variables)
    with context.database.write() as connection:
        known = remembered(connection, actor.person_id, idempotency_key, asked)
        if known is not None:
            return known
        view = deliver(context, connection, actor, name, correlation, variables)
        if view is None:
            raise MessageNotAwaited(f"Expected somebody to wait for message '{name}', but nobody does.")
        remember(connection, actor.person_id, idempotency_key, asked, view, context.clock.now())
        return view
