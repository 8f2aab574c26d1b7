"""Which of an applicant's ended requests still wait for the applicant's word on how it was."""

from typing import Any

from sqlalchemy import select

from engine.assignment import Actor, may_answer_survey
from engine.context import Context
from engine.errors import NotFound
from engine.storage.access import require_visible
from engine.storage.surveys import is_answered
from engine.storage.tables import instances, survey_responses


def survey(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """What the survey of a request is about, whether it can be answered yet, and whether it was.

    Raises:
        NotFound: no such request of the actor.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        if not may_answer_survey(actor, row.applicant_id):
            raise NotFound(f"Expected a request '{instance_id}' of your own, but there is none.")
        answered = is_answered(connection, instance_id)
    return {
        "instance_id": row.id, "registration_number": row.registration_number, "name": row.name, "agency": row.agency,
        "ended": row.ended_at is not None, "answered": answered,
    }  # fmt: skip


def open_surveys(context: Context, actor: Actor, instance_ids: list[str]) -> set[str]:
    """Those of these requests that are the actor's, have ended, and were not answered for."""
    if not may_answer_survey(actor, actor.person_id):
        return set()
    answered = select(survey_responses.c.instance_id).where(survey_responses.c.instance_id == instances.c.id)
    query = select(instances.c.id).where(
        instances.c.id.in_(instance_ids), instances.c.applicant_id == actor.person_id,
        instances.c.ended_at.is_not(None), ~answered.exists(),
    )  # fmt: skip
    with context.database.read() as connection:
        return set(connection.execute(query).scalars())
