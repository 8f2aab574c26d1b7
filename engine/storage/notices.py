"""What notices need to know: the request, the task and the people concerned."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.storage.tables import agencies, definitions, instances, persons, roles, tasks


def request(connection: Connection, instance_id: str) -> Row[Any]:
    """The request with its service and its agency's zone."""
    query: Any = (
        select(
            instances.c.id, instances.c.registration_number, instances.c.applicant_id, instances.c.confidentiality,
            definitions.c.name.label("service"), definitions.c.key, agencies.c.zone, instances.c.definition_id,
        )
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .where(instances.c.id == instance_id)
    )  # fmt: skip
    row: Row[Any] = connection.execute(query).one()
    return row


def task_with_superior(connection: Connection, task_id: str) -> Row[Any] | None:
    """The task with the name of its role, and the role above it with its name."""
    above = roles.alias()
    return connection.execute(
        select(tasks, roles.c.name.label("role_name"), roles.c.superior_role, above.c.name.label("superior_name"))
        .outerjoin(roles, roles.c.key == tasks.c.role)
        .outerjoin(above, above.c.key == roles.c.superior_role)
        .where(tasks.c.id == task_id)
    ).one_or_none()


def came_back(connection: Connection, task: Row[Any]) -> bool:
    """Whether the activity of this task was completed in its request before."""
    same = (tasks.c.instance_id == task.instance_id) & (tasks.c.element_id == task.element_id)
    done = select(tasks.c.id).where(same, tasks.c.status == "completed").limit(1)
    return connection.execute(done).first() is not None


def active_persons(connection: Connection, ids: Iterable[int | None]) -> list[Row[Any]]:
    """The active persons among these row ids."""
    wanted = [one for one in ids if one is not None]
    query = select(persons).where(persons.c.id.in_(wanted), persons.c.active.is_(True)).order_by(persons.c.id)
    return list(connection.execute(query))
