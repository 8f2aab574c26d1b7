"""How often each flow of an SOP was really taken: what a simulation begins its branches with."""

from typing import Any

from sqlalchemy import func, select

from engine.assignment import Actor, may_deploy, may_read_reports
from engine.context import Context
from engine.errors import Forbidden
from engine.storage.tables import definitions, history, instances

MOST_REQUESTS = 3_000  # the newest, over all versions


def flow_counts(context: Context, actor: Actor, key: str) -> dict[str, Any]:
    """`{requests, flows: {id: times}}` over the newest requests of `key`; empty for an SOP without any.

    Raises:
        Forbidden: neither analyst nor reader of reports.
    """
    if not (may_deploy(actor) or may_read_reports(actor)):
        raise Forbidden("Expected an analyst or a leader to see how an SOP ran, but you are neither.")
    chosen = (
        select(instances.c.id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(definitions.c.key == key)
        .order_by(instances.c.started_at.desc())
        .limit(MOST_REQUESTS)
    )
    taken = (
        select(history.c.element_id, func.count().label("times"))
        .where(history.c.instance_id.in_(chosen), history.c.type == "flow_taken")
        .group_by(history.c.element_id)
    )
    with context.database.read() as connection:
        requests = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        return {"requests": requests, "flows": {row.element_id: row.times for row in connection.execute(taken)}}
