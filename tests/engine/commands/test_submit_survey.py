"""The survey: by the applicant, once, after the end; and its sums for readers of reports."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import LEADER, Actor
from engine.clock import TestClock
from engine.commands.cancel_instance import cancel_instance
from engine.commands.start_instance import start_instance
from engine.commands.submit_survey import submit_survey
from engine.commands.verify_execution import verify_execution
from engine.context import Context
from engine.errors import Forbidden, InvalidInput, NotFound, WrongState
from engine.queries.satisfaction import satisfaction
from engine.queries.surveys import open_surveys, survey
from engine.satisfaction import ELEMENTS
from engine.storage.tables import instances, survey_responses
from tests_support import ACCOUNT, MakeActor, deploy_sop

GOOD = dict.fromkeys(ELEMENTS, 4)


@pytest.fixture
def ended(service: Context, warga: Actor, admin: Actor) -> str:
    """An ended request of `warga`."""
    deploy_sop(service, ACCOUNT)
    return _ended(service, warga, admin)


def _ended(service: Context, warga: Actor, admin: Actor) -> str:
    instance_id = str(start_instance(service, warga, ACCOUNT, {})["id"])
    cancel_instance(service, admin, instance_id, "uji")
    return instance_id


def _row(service: Context, instance_id: str) -> Any:
    with service.database.read() as connection:
        return connection.execute(select(instances).where(instances.c.id == instance_id)).one()


def test_the_applicant_answers_once_and_history_does_not_say_what(
    service: Context, warga: Actor, auditor: Actor, clock: TestClock, ended: str
) -> None:
    before = _row(service, ended)
    clock.set(clock.now() + timedelta(hours=20))
    assert submit_survey(service, warga, ended, GOOD) == {"instance_id": ended, "answered_on": "2026-03-06"}
    with pytest.raises(WrongState):
        submit_survey(service, warga, ended, GOOD)
    verdict = verify_execution(service, auditor, ended)
    assert verdict["valid"], verdict
    after = _row(service, ended)
    assert (after.ended_at, after.status, after.state) == (before.ended_at, before.status, before.state)
    assert after.seq == before.seq + 1
    with service.database.read() as connection:
        stored = connection.execute(select(survey_responses)).one()
    assert [stored._mapping[code] for code in ELEMENTS] == [4] * 9


def test_nobody_else_and_not_before_the_end(
    service: Context, warga: Actor, admin: Actor, actor: MakeActor, ended: str
) -> None:
    for other in (admin, actor("tetangga", kind="warga")):
        with pytest.raises(NotFound):
            submit_survey(service, other, ended, GOOD)
        with pytest.raises(NotFound):
            survey(service, other, ended)
        assert open_surveys(service, other, [ended]) == set()
    with pytest.raises(NotFound):
        submit_survey(service, warga, "0" * 32, GOOD)
    running = start_instance(service, warga, ACCOUNT, {})["id"]
    with pytest.raises(WrongState):
        submit_survey(service, warga, running, GOOD)
    assert open_surveys(service, warga, [ended, running]) == {ended}


def test_a_wrong_answer_leaves_nothing(service: Context, warga: Actor, ended: str) -> None:
    with pytest.raises(InvalidInput):
        submit_survey(service, warga, ended, {**GOOD, "u9": 5})
    assert not survey(service, warga, ended)["answered"]
    submit_survey(service, warga, ended, GOOD)
    assert survey(service, warga, ended)["answered"]
    assert open_surveys(service, warga, [ended]) == set()


def test_sums_by_sop_agency_and_month_but_never_of_a_few(
    service: Context, warga: Actor, admin: Actor, actor: MakeActor, clock: TestClock, ended: str
) -> None:
    leader = actor("pimpinan", LEADER)
    submit_survey(service, warga, ended, {**GOOD, "u1": 1})
    submit_survey(service, warga, _ended(service, warga, admin), GOOD)
    few = satisfaction(service, leader)
    assert (few["n"], few["index"], few["elements"], few["items"][0]["index"]) == (2, None, [], None)
    clock.set(clock.now() + timedelta(days=40))
    submit_survey(service, warga, _ended(service, warga, admin), GOOD)

    found = satisfaction(service, leader)
    assert (found["n"], found["index"], found["grade"]) == (3, 97.22, "A")
    assert found["elements"][0] == {"code": "u1", "name": "Persyaratan", "mean": 3.0}
    assert [(one["key"], one["name"]) for one in found["items"]] == [(ACCOUNT, "PROSEDUR PEMBUATAN AKUN SPLP")]
    assert satisfaction(service, leader, by="agency", agency="kominfo")["items"][0]["name"] == "Dinas Uji"
    months = satisfaction(service, leader, by="month")["items"]
    assert [(one["key"], one["n"], one["index"]) for one in months] == [("2026-03", 2, None), ("2026-04", 1, None)]
    assert satisfaction(service, leader, since=date(2026, 3, 5), until=date(2026, 3, 6))["n"] == 2
    assert satisfaction(service, leader, definition="lain")["n"] == 0


def test_the_index_is_for_readers_of_reports(service: Context, warga: Actor, actor: MakeActor) -> None:
    for who in (warga, actor("staf")):
        with pytest.raises(Forbidden):
            satisfaction(service, who)
