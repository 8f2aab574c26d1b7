"""The receipt of one request, for those who may see it."""

from datetime import datetime

from engine.assignment import CONFIDENTIAL, Actor
from engine.context import Context
from engine.documents.receipt import Receipt
from engine.queries.instances import instance
from engine.queries.remaining import zone_of
from engine.storage.attachments import of_instance


def receipt(context: Context, actor: Actor, instance_id: str, track_path: str) -> Receipt:
    """What the applicant takes home; handed in is what came with the start form.

    Args:
        track_path: where this service tracks the request, put behind the public address.

    Raises:
        NotFound: no such request, or the actor may not see it.
    """
    found = instance(context, actor, instance_id)
    with context.database.read() as connection:
        files = [row.name for row in of_instance(connection, instance_id) if row.task_id is None]
    return Receipt(
        found["registration_number"], found["agency"], found["name"], datetime.fromisoformat(found["started_at"]),
        zone_of(context, instance_id=instance_id), tuple(files),
        f"{context.settings.public_url}{track_path}/{found['registration_number']}",
        found["confidentiality"] == CONFIDENTIAL,
    )  # fmt: skip
