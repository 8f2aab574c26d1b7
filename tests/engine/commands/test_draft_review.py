"""The life of a draft: handed in without errors, reviewed by a second person, deployed, in force from its day on."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from engine.assignment import ANALYST, LEADER, Actor
from engine.clock import TestClock
from engine.commands.approve_definition_draft import approve_definition_draft
from engine.commands.create_definition_draft import create_definition_draft
from engine.commands.deploy_definition import deploy_definition
from engine.commands.deploy_definition_draft import deploy_definition_draft
from engine.commands.fire_timers import fire_timers
from engine.commands.return_definition_draft import return_definition_draft
from engine.commands.save_definition_draft import save_definition_draft
from engine.commands.save_draft_file import save_draft_file
from engine.commands.send_message import send_message
from engine.commands.start_instance import start_instance
from engine.commands.submit_definition_draft import submit_definition_draft
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.drafting import DraftChanged
from engine.errors import DiagramRefused, Forbidden, InvalidInput, NotFound, WrongState
from engine.notifications.settings import ChannelSettings, SmtpSettings
from engine.queries.definitions import definition_xml, list_definitions
from engine.queries.draft_review import draft_review, sop_acts
from engine.queries.drafts import draft
from engine.queries.services import services
from engine.queries.sop import sop
from engine.queries.sop_differences import sop_differences
from engine.queries.sop_versions import sop_versions
from engine.storage.tables import persons
from tests_support import MakeActor, small

KEY = "izin-uji"
TODAY, TOMORROW = date(2026, 3, 5), date(2026, 3, 6)
MIDNIGHT = datetime(2026, 3, 6, tzinfo=ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def second(actor: MakeActor) -> Actor:
    """Another analyst."""
    return actor("analis-2", ANALYST)


@pytest.fixture
def drawn(service: Context, analyst: Actor) -> Context:
    """A new SOP from nothing, as a draft of `analyst`."""
    create_definition_draft(service, analyst, KEY, name="IZIN UJI")
    return service


def pass_review(service: Context, analyst: Actor, second: Actor) -> None:
    submit_definition_draft(service, analyst, KEY, "mohon ditinjau")
    approve_definition_draft(service, second, KEY, "sesuai")


def deploy_on(service: Context, who: Actor, day: date, number: str = "067/001/2026") -> int:
    return int(deploy_definition_draft(service, who, KEY, number, day, "aturan baru")["version"])


def test_from_nothing_to_a_version_in_force(drawn: Context, analyst: Actor, second: Actor, warga: Actor) -> None:
    pass_review(drawn, analyst, second)
    assert deploy_on(drawn, analyst, TODAY) == 1
    identity = parse_diagram(definition_xml(drawn, KEY)).main.identity
    assert identity is not None
    assert (identity.number, identity.effective_on) == ("067/001/2026", "2026-03-05")
    version = sop_versions(drawn, analyst, KEY)["versions"][0]
    assert (version["submitted_by"], version["reviewed_by"], version["reason"]) == ("analis", "analis-2", "aturan baru")
    assert start_instance(drawn, warga, KEY, {})["version"] == 1
    with pytest.raises(NotFound):
        draft(drawn, analyst, KEY)
    acts = sop_acts(drawn, analyst, KEY)
    assert [one["type"] for one in acts] == [
        "definition_deployed", "draft_approved", "draft_submitted", "draft_created"
    ]  # fmt: skip
    assert acts[1]["actor"]["person"] == "analis-2"
    assert acts[0]["data"]["reason"] == "aturan baru"


def test_a_draft_with_errors_is_not_taken_in(drawn: Context, analyst: Actor) -> None:
    xml = draft(drawn, analyst, KEY)[1]
    save_definition_draft(drawn, analyst, KEY, xml.replace(b'targetRef="kegiatan_2"', b'targetRef="tiada"'))
    with pytest.raises(DiagramRefused) as refused:
        submit_definition_draft(drawn, analyst, KEY)
    assert refused.value.errors
    save_definition_draft(drawn, analyst, KEY, xml.replace(KEY.encode(), b"kunci-lain"))
    with pytest.raises(DiagramRefused, match="process id"):
        submit_definition_draft(drawn, analyst, KEY)
    assert draft(drawn, analyst, KEY)[0]["status"] == "draft"


@pytest.mark.parametrize("who", ["submitter", "editor"])
def test_nobody_reviews_own_work(drawn: Context, analyst: Actor, second: Actor, who: str) -> None:
    if who == "editor":
        save_definition_draft(drawn, second, KEY, draft(drawn, second, KEY)[1])
    submit_definition_draft(drawn, analyst, KEY)
    mine = analyst if who == "submitter" else second
    for act in (approve_definition_draft, return_definition_draft):
        with pytest.raises(Forbidden):
            act(drawn, mine, KEY, "alasan")
    assert draft(drawn, analyst, KEY)[0]["status"] == "in_review"


def test_a_leader_may_review_but_not_deploy(drawn: Context, analyst: Actor, actor: MakeActor) -> None:
    leader = actor("pimpinan", LEADER)
    with pytest.raises(Forbidden):
        draft_review(drawn, leader, KEY)
    submit_definition_draft(drawn, analyst, KEY)
    assert draft_review(drawn, leader, KEY)["may_decide"]
    approve_definition_draft(drawn, leader, KEY)
    with pytest.raises(Forbidden):
        deploy_on(drawn, leader, TODAY)


def test_who_is_no_reviewer_decides_nothing(drawn: Context, analyst: Actor, admin: Actor, auditor: Actor) -> None:
    submit_definition_draft(drawn, analyst, KEY)
    for somebody in (admin, auditor):
        with pytest.raises(Forbidden):
            approve_definition_draft(drawn, somebody, KEY)
        with pytest.raises(Forbidden):
            return_definition_draft(drawn, somebody, KEY, "alasan")


def test_a_review_is_decided_though_the_author_is_gone(drawn: Context, analyst: Actor, second: Actor) -> None:
    channels = ChannelSettings(smtp=SmtpSettings("127.0.0.1", 25, "alur@contoh.id"))
    mailing = replace(drawn, settings=replace(drawn.settings, channels=channels))
    submit_definition_draft(mailing, analyst, KEY)
    with mailing.database.write() as connection:
        connection.execute(update(persons).where(persons.c.id == analyst.person_id).values(active=False))
    approve_definition_draft(mailing, second, KEY, "sesuai")
    assert draft(mailing, second, KEY)[0]["status"] == "approved"


def test_returned_with_a_reason_and_handed_in_again(drawn: Context, analyst: Actor, second: Actor) -> None:
    submit_definition_draft(drawn, analyst, KEY)
    with pytest.raises(InvalidInput):
        return_definition_draft(drawn, second, KEY, "  ")
    return_definition_draft(drawn, second, KEY, "waktu terlalu longgar")
    found = draft(drawn, analyst, KEY)[0]
    assert (found["status"], found["review_note"]) == ("draft", "waktu terlalu longgar")
    with pytest.raises(WrongState):
        approve_definition_draft(drawn, second, KEY)
    submit_definition_draft(drawn, analyst, KEY)
    assert draft(drawn, analyst, KEY)[0]["review_note"] is None


def test_an_edit_takes_the_approval_away(drawn: Context, analyst: Actor, second: Actor) -> None:
    pass_review(drawn, analyst, second)
    save_draft_file(drawn, analyst, KEY, "form", "lain", b'{"type": "default", "components": []}')
    assert draft(drawn, analyst, KEY)[0]["status"] == "draft"
    assert sop_acts(drawn, analyst, KEY)[0]["type"] == "draft_reopened"
    with pytest.raises(WrongState):
        deploy_on(drawn, analyst, TODAY)


def test_what_was_read_is_what_is_approved(drawn: Context, analyst: Actor, second: Actor) -> None:
    submit_definition_draft(drawn, analyst, KEY)
    with pytest.raises(DraftChanged):
        approve_definition_draft(drawn, second, KEY, version=7)
    approve_definition_draft(drawn, second, KEY, version=1)


@pytest.mark.parametrize(
    ("number", "day", "reason"), [("", TODAY, "x"), ("1", TODAY, ""), ("1", date(2026, 3, 4), "x")]
)
def test_deploying_needs_number_reason_and_a_day_to_come(
    drawn: Context, analyst: Actor, second: Actor, number: str, day: date, reason: str
) -> None:
    pass_review(drawn, analyst, second)
    with pytest.raises(InvalidInput):
        deploy_definition_draft(drawn, analyst, KEY, number, day, reason)
    assert draft(drawn, analyst, KEY)[0]["status"] == "approved"


def test_a_version_is_in_force_from_its_day_on(
    drawn: Context, analyst: Actor, second: Actor, warga: Actor, clock: TestClock
) -> None:
    pass_review(drawn, analyst, second)
    deploy_on(drawn, analyst, TODAY)
    create_definition_draft(drawn, analyst, KEY)
    save_definition_draft(drawn, analyst, KEY, draft(drawn, analyst, KEY)[1].replace(b"IZIN UJI", b"IZIN BARU"))
    pass_review(drawn, analyst, second)
    assert deploy_on(drawn, analyst, TOMORROW) == 2

    clock.set(MIDNIGHT - timedelta(seconds=1))
    assert start_instance(drawn, warga, KEY, {})["version"] == 1
    assert (sop(drawn, KEY).version, services(drawn)[0]["version"]) == (1, 1)
    assert list_definitions(drawn)["items"][0]["version"] == 1
    assert sop_versions(drawn, analyst, KEY)["in_force"] == 1

    clock.set(MIDNIGHT)
    assert start_instance(drawn, warga, KEY, {})["version"] == 2
    assert (sop(drawn, KEY).name, services(drawn)[0]["version"]) == ("IZIN BARU", 2)
    assert sop_versions(drawn, analyst, KEY)["in_force"] == 2


def test_a_first_version_to_come_cannot_be_started_yet(
    drawn: Context, analyst: Actor, second: Actor, warga: Actor, clock: TestClock
) -> None:
    pass_review(drawn, analyst, second)
    deploy_on(drawn, analyst, TOMORROW)
    assert services(drawn) == []
    with pytest.raises(NotFound):
        start_instance(drawn, warga, KEY, {})
    clock.set(MIDNIGHT)
    start_instance(drawn, warga, KEY, {})


def message_start(name: str) -> bytes:
    body = (
        '<bpmn:startEvent id="a"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>'
        '<bpmn:sequenceFlow id="f" sourceRef="a" targetRef="t"/><bpmn:userTask id="t" name="T"/>'
        '<bpmn:sequenceFlow id="g" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"/>'
    )
    return small(body, key=KEY, root=f'<bpmn:message id="m" name="{name}"/>')


def timer_start(cycle: str) -> bytes:
    return small(
        '<bpmn:startEvent id="a"><bpmn:timerEventDefinition>'
        f'<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">{cycle}</bpmn:timeCycle></bpmn:timerEventDefinition>'
        '</bpmn:startEvent><bpmn:sequenceFlow id="f" sourceRef="a" targetRef="e"/><bpmn:endEvent id="e"/>', key=KEY
    )  # fmt: skip


def later(service: Context, analyst: Actor, second: Actor, old: bytes, new: bytes) -> None:
    """Deploys `old` at once and `new` for tomorrow."""
    deploy_definition(service, analyst, old, profile="bpmn")
    save_definition_draft(service, analyst, KEY, new, profile="bpmn")
    pass_review(service, analyst, second)
    deploy_on(service, analyst, TOMORROW)


def test_messages_start_the_version_in_force(
    service: Context, analyst: Actor, second: Actor, worker: Actor, clock: TestClock
) -> None:
    later(service, analyst, second, message_start("lama"), message_start("baru"))
    assert send_message(service, worker, "lama", None, {}) is not None
    with pytest.raises(NotFound):
        send_message(service, worker, "baru", None, {})
    clock.set(MIDNIGHT)
    assert send_message(service, worker, "baru", None, {}) is not None
    with pytest.raises(NotFound):
        send_message(service, worker, "lama", None, {})


def test_timers_start_the_version_in_force(
    service: Context, analyst: Actor, second: Actor, clock: TestClock
) -> None:
    later(service, analyst, second, timer_start("R/PT10H"), timer_start("R/PT1H"))
    clock.set(MIDNIGHT - timedelta(seconds=1))
    assert fire_timers(service) == 1
    clock.set(MIDNIGHT + timedelta(hours=2, minutes=30))
    assert fire_timers(service) >= 1
    clock.advance(timedelta(hours=10))
    fire_timers(service)
    rows = sop_versions(service, analyst, KEY)["versions"]
    assert rows[0]["version"] == 2


def test_a_deployment_at_once_overtakes_one_to_come(
    drawn: Context, analyst: Actor, second: Actor, warga: Actor, clock: TestClock
) -> None:
    pass_review(drawn, analyst, second)
    deploy_on(drawn, analyst, TOMORROW)
    xml = definition_xml(drawn, KEY, 1).replace(b"IZIN UJI", b"IZIN CEPAT")
    deploy_definition(drawn, analyst, xml)
    clock.set(MIDNIGHT)
    assert start_instance(drawn, warga, KEY, {})["version"] == 2


def test_what_differs_between_draft_and_version(drawn: Context, analyst: Actor, second: Actor, warga: Actor) -> None:
    pass_review(drawn, analyst, second)
    deploy_on(drawn, analyst, TODAY)
    create_definition_draft(drawn, analyst, KEY)
    xml = draft(drawn, analyst, KEY)[1].replace(b'name="Memeriksa dan memproses permohonan"', b'name="Memeriksa"')
    save_definition_draft(drawn, analyst, KEY, xml)
    save_draft_file(drawn, analyst, KEY, "form", f"{KEY}.mulai", b'{"type": "default", "components": []}')
    found = sop_differences(drawn, analyst, KEY)
    kinds = [(one.kind, one.part, one.element) for one in found["differences"]]
    assert ("form", "form", f"{KEY}.mulai") in kinds
    assert "kegiatan_2" in found["marks"]["new"]["changed"]
    assert sop_differences(drawn, analyst, KEY, 1, 1)["differences"] == []
    with pytest.raises(Forbidden):
        sop_differences(drawn, warga, KEY, 1, 1)
    with pytest.raises(NotFound):
        sop_differences(drawn, analyst, KEY, 1, 9)
