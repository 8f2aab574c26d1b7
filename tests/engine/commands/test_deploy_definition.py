"""Deploying: same bytes, same version; running requests stay on theirs; a bad diagram stores nothing."""

import pytest
from sqlalchemy import func, select

from engine.assignment import Actor
from engine.commands.complete_task import complete_task
from engine.commands.deploy_definition import deploy_definition
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import DiagramRefused, Forbidden
from engine.queries.definitions import definition_xml, list_definitions
from engine.storage.tables import definitions
from tests_support import MakeActor, deploy_small, small

ONE = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="a"/>
<bpmn:userTask id="a" name="A"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""
TWO = ONE.replace('<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="akhir"/>',
                  '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="b"/><bpmn:userTask id="b" name="B"/>'
                  '<bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="akhir"/>')  # fmt: skip


def test_same_content_is_the_same_version(service: Context) -> None:
    first = deploy_small(service, ONE)
    again = deploy_small(service, ONE)
    other = deploy_small(service, TWO)
    assert (first["version"], first["created"]) == (1, True)
    assert (again["version"], again["created"], again["hash"]) == (1, False, first["hash"])
    assert other["version"] == 2


def test_running_requests_stay_on_their_version(service: Context, actor: MakeActor) -> None:
    deploy_small(service, ONE)
    staff = actor("staf")
    old = start_instance(service, staff, "kecil", {})
    deploy_small(service, TWO)
    new = start_instance(service, staff, "kecil", {})
    assert complete_task(service, staff, old["tasks"][0]["id"], {})["status"] == "completed"
    assert complete_task(service, staff, new["tasks"][0]["id"], {})["status"] == "running"


def test_the_stored_diagram_is_what_was_deployed_byte_for_byte(service: Context) -> None:
    deploy_small(service, ONE)
    assert definition_xml(service, "kecil") == small(ONE)


def test_a_bad_diagram_is_refused_with_the_element_and_nothing_is_stored(service: Context) -> None:
    with pytest.raises(DiagramRefused) as refusal:
        deploy_small(service, ONE.replace('targetRef="akhir"', 'targetRef="hilang"'))
    assert any(error["element"] in ("f2", "hilang") and error["cure"] for error in refusal.value.errors)
    with service.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(definitions)).scalar_one() == 0


def test_only_analysts_deploy(service: Context, admin: Actor, analyst: Actor) -> None:
    with pytest.raises(Forbidden):
        deploy_definition(service, admin, small(ONE), profile="bpmn")
    assert deploy_definition(service, analyst, small(ONE), profile="bpmn")["version"] == 1


def test_the_list_shows_the_newest_version_by_pages(service: Context) -> None:
    for key in ("satu", "dua", "tiga"):
        deploy_small(service, ONE, key=key)
    deploy_small(service, TWO, key="dua")
    first = list_definitions(service, limit=2)
    rest = list_definitions(service, limit=2, cursor=first["next_cursor"])
    assert [(one["key"], one["version"]) for one in first["items"] + rest["items"]] == [
        ("dua", 2), ("satu", 1), ("tiga", 1)
    ]  # fmt: skip
    assert rest["next_cursor"] is None
