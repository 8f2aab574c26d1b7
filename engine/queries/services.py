"""What the public sees without logging in: the services that citizens may start."""

from typing import Any

from sqlalchemy import func, select

from engine.context import Context
from engine.storage.definitions import in_force
from engine.storage.tables import agencies, definitions


def services(context: Context) -> list[dict[str, Any]]:
    """The versions in force of definitions that begin in an applicant's lane, by agency and name."""
    newest = select(func.max(definitions.c.id)).where(in_force(context.clock.now())).group_by(definitions.c.key)
    query = (
        select(definitions.c.key, definitions.c.version, definitions.c.name, agencies.c.name.label("agency"))
        .outerjoin(agencies, agencies.c.id == definitions.c.agency_id)
        .where(definitions.c.id.in_(newest), definitions.c.start_kind == "pemohon")
        .order_by(agencies.c.name, definitions.c.name)
    )
    with context.database.read() as connection:
        return [
            {"key": row.key, "version": row.version, "name": row.name, "agency": row.agency}
            for row in connection.execute(query)
        ]
