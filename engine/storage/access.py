"""Which instances an actor may see, as a check on one and as a filter on lists."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, true

from engine.assignment import (
    ADMIN,
    APPLICANT,
    AUDITOR,
    CONFIDENTIAL,
    CONFIDENTIAL_AUDITOR,
    STAFF,
    Actor,
    may_see_instance,
)
from engine.errors import NotFound
from engine.storage.tables import agencies, definitions, instances, tasks

_detail = (
    select(
        instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name,
        definitions.c.roles, definitions.c.hash.label("definition_hash"), agencies.c.name.label("agency"),
        agencies.c.zone,
    )
    .join(definitions, definitions.c.id == instances.c.definition_id)
    .join(agencies, agencies.c.id == instances.c.agency_id)
)  # fmt: skip


def require_visible(connection: Connection, actor: Actor, instance_id: str) -> Row[Any]:
    """The instance with its definition and agency.

    Raises:
        NotFound: it does not exist or the actor may not see it.
    """
    row = connection.execute(_detail.where(instances.c.id == instance_id)).one_or_none()
    if row is None or not (
        may_see_instance(actor, row.applicant_id, row.confidentiality, set(row.roles) - {STAFF})
        or _works_on(connection, actor, instance_id)
    ):
        raise NotFound(f"Expected an instance '{instance_id}', but there is none.")
    return row


def _works_on(connection: Connection, actor: Actor, instance_id: str) -> bool:
    mine = select(tasks.c.id).where(tasks.c.instance_id == instance_id, _my_tasks(actor)).limit(1)
    return connection.execute(mine).first() is not None


def _my_tasks(actor: Actor) -> ColumnElement[bool]:
    roles = actor.roles - {APPLICANT}
    return or_(tasks.c.assignee_id == actor.person_id, tasks.c.role.in_(roles))


def visible(actor: Actor) -> ColumnElement[bool]:
    """The filter on `instances` of what lists show the actor: own requests, work of own roles, or what audits see."""
    if CONFIDENTIAL_AUDITOR in actor.roles:
        return true()
    if AUDITOR in actor.roles or ADMIN in actor.roles:
        own = instances.c.applicant_id == actor.person_id
        return or_(instances.c.confidentiality != CONFIDENTIAL, own)
    works = select(tasks.c.id).where(and_(tasks.c.instance_id == instances.c.id, _my_tasks(actor))).exists()
    return or_(instances.c.applicant_id == actor.person_id, works)
