"""The receipt of a request: what was handed in, when, and where to follow it."""

from sqlalchemy import or_, select

from engine.assignment import CONFIDENTIAL, Actor
from engine.context import Context
from engine.documents.receipt import Receipt
from engine.storage.access import require_visible
from engine.storage.definitions import zone_of
from engine.storage.tables import attachments


def receipt(context: Context, actor: Actor, instance_id: str) -> Receipt:
    """The receipt of a request that the actor may see, with the names of the files its applicant handed in.

    Raises:
        NotFound: no such request, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        zone = zone_of(connection, row.agency_id)
        names = connection.execute(
            select(attachments.c.name)
            .where(
                attachments.c.instance_id == instance_id,
                or_(attachments.c.task_id.is_(None), attachments.c.uploaded_by == row.applicant_id),
            )
            .order_by(attachments.c.uploaded_at, attachments.c.id)
        ).scalars()
        handed_in = tuple(names)
    return Receipt(
        registration_number=row.registration_number,
        agency=row.agency,
        service=row.name,
        received_at=row.started_at,
        zone=zone,
        handed_in=handed_in,
        track_url=f"{context.settings.public_url}/lacak/{row.registration_number}",
        confidential=row.confidentiality == CONFIDENTIAL,
    )
