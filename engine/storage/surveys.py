"""Answers of the satisfaction survey as rows: one per request, written once. Single answers are never read back."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, insert, select, update

from engine.errors import Conflict
from engine.storage.tables import instances, survey_responses


def is_answered(connection: Connection, instance_id: str) -> bool:
    """Whether somebody answered for this request."""
    query = select(survey_responses.c.instance_id).where(survey_responses.c.instance_id == instance_id)
    return connection.execute(query).first() is not None


def insert_response(connection: Connection, instance_id: str, on: date, answers: Mapping[str, int]) -> None:
    """Keeps the nine answers; `on` is the day on the agency's calendar."""
    connection.execute(insert(survey_responses).values(instance_id=instance_id, answered_on=on, **answers))


def move_head(connection: Connection, instance_id: str, version: int, seq: int, head: str) -> None:
    """Notes the end of an ended request's longer history; its state and its end stay. Raises Conflict."""
    moved = connection.execute(
        update(instances)
        .where(instances.c.id == instance_id, instances.c.version == version)
        .values(seq=seq, head=head, version=version + 1)
    )
    if moved.rowcount != 1:
        raise Conflict("Expected nobody else to change this request meanwhile, but somebody did; read it again.")
