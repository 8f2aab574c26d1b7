"""What the public sees without logging in: services that citizens may start, and where a request is."""

from typing import Any

from sqlalchemy import func, select

from engine.assignment import CONFIDENTIAL
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.queries.instances import instance_item
from engine.storage.definitions import in_force
from engine.storage.tables import agencies, definitions, instances, tasks


def services(context: Context) -> list[dict[str, Any]]:
    """The versions in force of definitions that begin in an applicant's lane, by agency and name."""
    newest = select(func.max(definitions.c.id)).where(in_force(context.clock.now())).group_by(definitions.c.key)
    query = (
        select(definitions, agencies.c.name.label("agency"))
        .outerjoin(agencies, agencies.c.id == definitions.c.agency_id)
        .where(definitions.c.id.in_(newest), definitions.c.start_kind == "pemohon")
        .order_by(agencies.c.name, definitions.c.name)
    )
    with context.database.read() as connection:
        return [
            {"key": row.key, "version": row.version, "name": row.name, "agency": row.agency}
            for row in connection.execute(query)
        ]


def track(context: Context, registration_number: str) -> dict[str, Any]:
    """Where a request is: status and the post that has it, without names or contents.

    Raises:
        NotFound: no such number, or a secret request.
    """
    with context.database.read() as connection:
        row = connection.execute(
            select(instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name,
                   agencies.c.name.label("agency"))
            .join(definitions, definitions.c.id == instances.c.definition_id)
            .join(agencies, agencies.c.id == instances.c.agency_id)
            .where(instances.c.registration_number == registration_number,
                   instances.c.confidentiality != CONFIDENTIAL)
        ).one_or_none()  # fmt: skip
        if row is None:
            raise NotFound(f"Expected a request with number '{registration_number}', but there is none.")
        steps = connection.execute(
            select(tasks).where(tasks.c.instance_id == row.id, tasks.c.kind == "user")
            .order_by(tasks.c.opened_at, tasks.c.id)
        ).all()  # fmt: skip
    now = context.clock.now()
    item = instance_item(row)
    shown = ("registration_number", "definition", "name", "status", "started_at", "ended_at")
    return {name: item[name] for name in shown} | {
        "agency": row.agency,
        "steps": [
            {
                "element_id": one.element_id, "name": one.name, "lane": one.lane, "status": one.status,
                "opened_at": moment(one.opened_at), "due_at": moment(one.due_at) if one.due_at else None,
                "completed_at": moment(one.completed_at) if one.completed_at else None,
                "late": one.due_key < (one.completed_at or now),
            }
            for one in steps
        ],
    }  # fmt: skip
