"""What the filters of reports offer: agencies, SOPs, posts, and the versions of one SOP."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from engine.assignment import APPLICANT, Actor
from engine.context import Context
from engine.queries.report_filter import ReportFilter, checked
from engine.storage.tables import agencies, definitions, posts, roles


@dataclass(frozen=True, slots=True)
class Choices:
    """Each as `{key, name}`, by name; `versions` newest first."""

    agencies: tuple[dict[str, Any], ...]
    definitions: tuple[dict[str, Any], ...]
    roles: tuple[dict[str, Any], ...]
    versions: tuple[int, ...]


def choices(context: Context, actor: Actor, key: str | None = None) -> Choices:
    """The choices of a visitor who may read reports; `key` names the SOP whose versions are wanted.

    Raises:
        Forbidden: the actor may not read reports.
    """
    checked(context, actor, ReportFilter())
    with_posts = select(agencies.c.code.label("key"), agencies.c.name).where(
        agencies.c.id.in_(select(posts.c.agency_id))
    )
    sops = select(definitions.c.key, func.max(definitions.c.name).label("name")).group_by(definitions.c.key)
    performers = select(roles.c.key, roles.c.name).where(roles.c.key != APPLICANT, ~roles.c.key.startswith("alur-"))
    of_one = select(definitions.c.version).where(definitions.c.key == key).order_by(definitions.c.version.desc())
    with context.database.read() as connection:
        agencies_, definitions_, roles_ = (
            tuple(dict(row._mapping) for row in connection.execute(query.order_by("name")))
            for query in (with_posts, sops, performers)
        )
        return Choices(agencies_, definitions_, roles_, tuple(connection.execute(of_one).scalars()))
