"""Takes the applicant's answers to the satisfaction survey of an ended request, once.

History says that the survey was answered, not what was answered: the answers are for sums, not for who reads a request.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import Actor, may_answer_survey
from engine.context import Context
from engine.errors import NotFound, WrongState
from engine.events import Event
from engine.satisfaction import check_answers
from engine.storage import history, instances, surveys
from engine.storage.record import record


def submit_survey(context: Context, actor: Actor, instance_id: str, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Stores the answers u1 to u9, each 1 (worst) to 4 (best).

    Returns:
        `{instance_id, answered_on}`.

    Raises:
        NotFound: no such request of the actor. WrongState: it has not ended, or was answered for already.
        InvalidInput: an element without an answer from 1 to 4.
    """
    with context.database.write() as connection:
        row = instances.lock_instance(connection, instance_id)
        if row is None or not may_answer_survey(actor, row.applicant_id):
            raise NotFound(f"Expected a request '{instance_id:.40}' of your own, but there is none.")
        if row.ended_at is None:
            raise WrongState("Expected a request that has ended, but it is still on its way; answer when it is done.")
        if surveys.is_answered(connection, instance_id):
            raise WrongState("Expected a request without an answer, but its survey was answered already.")
        checked = check_answers(answers)

        now = context.clock.now()
        today = now.astimezone(ZoneInfo(row.zone)).date()
        surveys.insert_response(connection, instance_id, today, checked)
        entries = history.sealed(
            instance_id, row.seq, row.head, [Event("survey_submitted")], now, actor.signature()
        )
        values = {"seq": row.seq + 1, "head": entries[-1]["hash"]}
        record(connection, instance_id, row.version, values, [], entries)
    return {"instance_id": instance_id, "answered_on": today.isoformat()}
