"""Starts an instance of a definition: validates the start form, takes a number, runs to the first tasks."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import Actor
from engine.change import newest_deployed
from engine.context import Context
from engine.deployed import Deployed
from engine.launch import launch, require_start
from engine.storage.agencies import agency_for_start
from engine.storage.attachments import Uses, bind
from engine.storage.idempotency import fingerprint, remember, remembered
from engine.storage.request_drafts import remove_draft
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
    draft_id: str | None = None,
) -> dict[str, Any]:
    """Starts `definition` (its newest version unless `version` is given) with the start form's data.

    `draft_id` names the actor's draft that this request was typed into; it goes when the request begins.

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
        if draft_id is not None:
            remove_draft(connection, draft_id, actor.person_id)
        remember(connection, actor.person_id, idempotency_key, asked, view, context.clock.now())
        return view


def start_values(deployed: Deployed, variables: dict[str, Any], files: Uses, now: datetime) -> dict[str, Any]:
    """The start form's data, validated; without a form, the variables as they are."""
    form = deployed.start_form
    return variables if form is None else validate(form, variables, attachments=files, now=now)
