"""Starts an instance of a definition: validates the start form, takes a number, runs to the first tasks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import Actor, may_start
from engine.change import newest_deployed
from engine.context import Context
from engine.deployed import Deployed
from engine.errors import Forbidden
from engine.launch import launch
from engine.storage.agencies import agency_for_start
from engine.storage.attachments import Uses, bind
from engine.storage.idempotency import fingerprint, remember, remembered
from forms.validate import validate


def start_instance(
    context: Context,
    actor: Actor,
    definition: str,
    variables: dict[str, Any],
    *,
    version: int | None = None,
    idempotency_key: str | None = None,
    start_event: str | None = None,
) -> dict[str, Any]:
    """Starts `definition` (its newest version unless `version` is given) with the start form's data.

    Returns:
        The instance with its registration number, status and open tasks.

    Raises:
        NotFound: no such definition. Forbidden: the actor may not start it. FormInvalid: the data does not fit.
        Conflict: the idempotency key was used for another request.
    """
    asked = fingerprint("start", definition, version, start_event, variables)
    with context.database.write() as connection:
        known = remembered(connection, actor.person_id, idempotency_key, asked)
        if known is not None:
            return known
        deployed = newest_deployed(context, connection, definition, version)

        require_start(actor, deployed)
        files = Uses(connection, actor, None)
        zone = ZoneInfo(agency_for_start(connection, deployed.agency_id, actor).zone)
        values = start_values(deployed, variables, files, context.clock.now().astimezone(zone))

        view = launch(context, connection, actor, deployed, values, start_event=start_event)
        bind(connection, files.ids, view["id"], None)
        remember(connection, actor.person_id, idempotency_key, asked, view, context.clock.now())
        return view


def require_start(actor: Actor, deployed: Deployed) -> None:
    """Raises Forbidden unless the actor may start this definition."""
    if not may_start(actor, deployed.start_role, deployed.start_kind):
        raise Forbidden(
            f"Expected a member of '{deployed.start_role or 'pegawai'}' to start {deployed.key}, but {actor.username} "
            "is none."
        )


def start_values(deployed: Deployed, variables: dict[str, Any], files: Uses, now: datetime) -> dict[str, Any]:
    """The start form's data, validated; without a form, the variables as they are."""
    form = deployed.start_form
    return variables if form is None else validate(form, variables, attachments=files, now=now)
