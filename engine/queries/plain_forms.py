"""What a form needs to be filled in, without script too: its options as offered now, and the clock's zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.assignment import Actor
from engine.context import Context
from engine.queries.remaining import DEFAULT_ZONE, zone_of
from engine.queries.sop import start_form
from engine.queries.tasks import task_form
from engine.storage.definitions import find_id
from engine.storage.tables import agencies, definitions
from forms.choices import with_choices


@dataclass(frozen=True, slots=True)
class PlainForm:
    """A form to be filled in.

    Attributes:
        source: the form-js JSON as it was deployed.
        form: the same with the options offered now in every choice.
        variables: what the form is opened with beside its own fields.
        zone: of the agency (IANA); clock times are typed in it.
    """

    source: dict[str, Any]
    form: dict[str, Any]
    variables: dict[str, Any]
    zone: str


def plain_task_form(
    context: Context, actor: Actor, found: Mapping[str, Any], typed: Mapping[str, Any] | None = None
) -> PlainForm:
    """The form of a task, `found` by `engine.queries.tasks.task`; `typed` is what stands in it already.

    Raises:
        NotFound: no such task, or the actor may not see it.
    """
    source = task_form(context, actor, found["id"])
    zone = zone_of(context, instance_id=found["instance_id"])
    return _plain(context, source, found["variables"], typed or found["draft"] or {}, zone)


def plain_start_form(context: Context, actor: Actor, key: str, typed: Mapping[str, Any] | None = None) -> PlainForm:
    """The start form of the version in force; `typed` is what stands in it already.

    Raises:
        NotFound: no such definition.
    """
    source = start_form(context, key)
    with context.database.read() as connection:
        found = find_id(connection, key, at=context.clock.now())
        query = select(definitions.c.agency_id).where(definitions.c.id == found)
        agency_id = connection.execute(query).scalar() or next((post.agency_id for post in actor.posts), None)
        zone = connection.execute(select(agencies.c.zone).where(agencies.c.id == agency_id)).scalar()
    return _plain(context, source, {}, typed or {}, zone or DEFAULT_ZONE)


def _plain(
    context: Context, source: dict[str, Any], variables: Mapping[str, Any], typed: Mapping[str, Any], zone: str
) -> PlainForm:
    now = context.clock.now().astimezone(ZoneInfo(zone))
    own = {str(one.get("key") or one.get("path") or "").partition(".")[0] for one in source.get("components", [])}
    beside = {name: value for name, value in variables.items() if name not in own}
    return PlainForm(source, with_choices(source, {**variables, **typed}, now), beside, zone)
