"""Answers of the satisfaction survey as rows: one per request, written once. Single answers are never read back."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, insert, select

from engine.storage.tables import survey_responses


def is_answered(connection: Connection, instance_id: str) -> bool:
    """Whether somebody answered for this request."""
    query = select(survey_responses.c.instance_id).where(survey_responses.c.instance_id == instance_id)
    return connection.execute(query).first() is not None


def insert_response(connection: Connection, instance_id: str, on: date, answers: Mapping[str, int]) -> None:
    """Keeps the nine answers; `on` is the day on the agency's calendar."""
    connection.execute(insert(survey_responses).values(instance_id=instance_id, answered_on=on, **answers))
