"""Call activities: the called SOP's tasks go to its lanes, and an open call stays on the version it called."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.assign_task import assign_task
from engine.commands.complete_task import complete_task
from engine.commands.deploy_definition import deploy_definition
from engine.commands.retry_instance import retry_instance
from engine.commands.save_draft import save_draft
from engine.commands.start_instance import start_instance
from engine.commands.verify_execution import verify_execution
from engine.context import Context
from engine.queries.instances import instance
from engine.queries.tasks import task, task_form
from engine.storage.tables import definitions
from forms.errors import FormInvalid
from tests_support import MakeActor, deploy_small, small

CALLED = """<bpmn:startEvent id="awal"/><bpmn:sequenceFlow id="g1" sourceRef="awal" targetRef="{0}"/>
<bpmn:userTask id="{0}" name="Teliti"/><bpmn:sequenceFlow id="g2" sourceRef="{0}" targetRef="{1}"/>
<bpmn:userTask id="{1}" name="Paraf"/><bpmn:sequenceFlow id="g3" sourceRef="{1}" targetRef="tamat"/>
<bpmn:endEvent id="tamat"/>"""
CALLER = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="panggil"/>
<bpmn:callActivity id="panggil" name="Panggil" calledElement="dipanggil"/>
<bpmn:sequenceFlow id="f2" sourceRef="panggil" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


def test_an_open_call_stays_on_its_version(service: Context, actor: MakeActor, admin: Actor) -> None:
    deploy_small(service, CALLED.format("teliti", "paraf"), key="dipanggil")
    deploy_small(service, CALLER)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})
    assert [(one["element_id"], one["role"]) for one in view["tasks"]] == [("teliti", "pegawai")]
    deploy_small(service, CALLED.format("lain", "sama sekali".replace(" ", "_")), key="dipanggil")
    assert save_draft(service, staff, view["tasks"][0]["id"], {"catatan": "nanti"}) == {"catatan": "nanti"}
    view = complete_task(service, staff, view["tasks"][0]["id"], {})
    assert [one["element_id"] for one in view["tasks"]] == ["paraf"]
    assert complete_task(service, staff, view["tasks"][0]["id"], {})["status"] == "completed"
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_calls_of_several_instances_re_execute_by_the_version_they_found(
    service: Context, actor: MakeActor, admin: Actor
) -> None:
    loop = "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality>"
    several = f'"dipanggil">{loop}</bpmn:multiInstanceLoopCharacteristics></bpmn:callActivity>'
    deploy_small(service, CALLED.format("teliti", "paraf"), key="dipanggil")
    deploy_small(service, CALLER.replace('"dipanggil"/>', several))
    view = start_instance(service, actor("staf"), "kecil", {})
    deploy_small(service, CALLED.format("lain", "lagi"), key="dipanggil")
    assert [one["element_id"] for one in view["tasks"]] == ["teliti"] * 3
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_a_process_not_yet_in_force_is_an_incident_until_it_is(
    service: Context, actor: MakeActor, admin: Actor, clock: TestClock
) -> None:
    deploy_small(service, CALLED.format("teliti", "paraf"), key="dipanggil")
    deploy_small(service, CALLER)
    with service.database.write() as connection:
        connection.execute(
            update(definitions).where(definitions.c.key == "dipanggil")
            .values(effective_at=clock.now() + timedelta(days=1))
        )  # fmt: skip
    view = start_instance(service, actor("staf"), "kecil", {})
    (incident,) = instance(service, admin, view["id"])["incidents"]
    assert incident["code"] == "called_process_missing"
    clock.advance(timedelta(days=2))
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"
    assert [one["element_id"] for one in retry_instance(service, admin, view["id"], "berlaku")["tasks"]] == ["teliti"]
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def fields(*more: dict[str, Any]) -> bytes:
    """A form with a number `kode` and more fields."""
    parts: list[dict[str, Any]] = [{"type": "number", "key": "kode", "label": "Kode"}, *more]
    return json.dumps({"type": "default", "id": "f", "schemaVersion": 16, "components": parts}).encode()


def test_a_task_of_a_called_process_keeps_that_version_s_form_and_sees_its_data(
    service: Context, actor: MakeActor
) -> None:
    form = '<bpmn:extensionElements><sop:formulir xmlns:sop="urn:alur:sop:1" kunci="f"/></bpmn:extensionElements>'
    called = CALLED.format("teliti", "paraf").replace('name="Paraf"/>', f'name="Paraf">{form}</bpmn:userTask>')
    seen = {"type": "textfield", "key": "alasan", "label": "Alasan", "conditional": {"hide": "=kode != 1"},
            "validate": {"required": True}}  # fmt: skip
    opened = fields(seen)
    deploy_definition(service, None, small(called, key="dipanggil"), forms={"f": opened}, profile="bpmn")
    deploy_small(service, CALLER)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {"kode": 7})
    view = complete_task(service, staff, view["tasks"][0]["id"], {"kode": 1})  # in the called process only
    task_id = view["tasks"][0]["id"]
    newer = small(called.replace("Teliti", "Lain"), key="dipanggil")
    deploy_definition(service, None, newer, forms={"f": fields()}, profile="bpmn")
    assert task_form(service, staff, task_id) == json.loads(opened)
    assert task(service, staff, task_id)["variables"]["kode"] == 1
    with pytest.raises(FormInvalid):
        complete_task(service, staff, task_id, {"kode": 1})
    assert complete_task(service, staff, task_id, {"kode": 1, "alasan": "ya"})["status"] == "completed"


def test_a_task_of_several_shows_its_own_item(service: Context, actor: MakeActor) -> None:
    work = CALLED.format("teliti", "paraf").replace('"tamat"', '"usai"')
    deploy_small(service, EACH.format(work))
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {"daftar": ["a", "b"]})
    assert [task(service, staff, one["id"])["variables"]["kode"] for one in view["tasks"]] == ["a", "b"]


CHOICE = """<bpmn:startEvent id="awal"/><bpmn:sequenceFlow id="g1" sourceRef="awal" targetRef="pilih"/>
<bpmn:exclusiveGateway id="pilih"/><bpmn:sequenceFlow id="g2" sourceRef="pilih" targetRef="t1">
<bpmn:conditionExpression>kode = 1</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:endEvent id="t1"/>
<bpmn:sequenceFlow id="g3" sourceRef="pilih" targetRef="t2">
<bpmn:conditionExpression>kode = 2</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:endEvent id="t2"/>"""
EACH = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="tiap"/>
<bpmn:subProcess id="tiap"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>
<zeebe:loopCharacteristics xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" inputCollection="=daftar"
inputElement="kode" outputCollection="hasil" outputElement="=kode"/></bpmn:extensionElements>
</bpmn:multiInstanceLoopCharacteristics>{0}</bpmn:subProcess>
<bpmn:sequenceFlow id="f2" sourceRef="tiap" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


@pytest.mark.parametrize(("caller", "data", "result"), [
    (CALLER, {"kode": 7}, {"kode": 2}),
    (EACH.format(CHOICE), {"daftar": [1, 7, 1]}, {"daftar": [1, 7, 1], "hasil": [1, 2, 1]}),
])  # fmt: skip
def test_a_retry_corrects_data_where_the_stopped_step_sees_it(
    service: Context, actor: MakeActor, admin: Actor, caller: str, data: dict[str, Any], result: dict[str, Any]
) -> None:
    deploy_small(service, CHOICE, key="dipanggil")
    deploy_small(service, caller)
    view = start_instance(service, actor("staf"), "kecil", data)
    assert view["status"] == "incident"
    assert retry_instance(service, admin, view["id"], "salah ketik", variables={"kode": 2})["status"] == "completed"
    assert instance(service, admin, view["id"])["variables"] == result
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


ASSIGNED = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Periksa"><bpmn:extensionElements>
<sop:penugasan xmlns:sop="urn:alur:sop:1" kepada="{0}"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


def test_the_diagram_says_who_does_a_task(service: Context, actor: MakeActor, admin: Actor) -> None:
    deploy_small(service, ASSIGNED.format("=petugas"))
    staff, other = actor("staf"), actor("lain")
    view = start_instance(service, staff, "kecil", {"petugas": "lain"})
    assert task(service, other, view["tasks"][0]["id"])["assignee"] == "lain"
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_an_impossible_assignment_stays_with_the_lane(service: Context, actor: MakeActor) -> None:
    deploy_small(service, ASSIGNED.format("=petugas"))
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {"petugas": "hantu"})
    assert view["tasks"][0]["assignee_id"] is None
    assert assign_task(service, actor("bos", "alur-admin"), view["tasks"][0]["id"], "staf", reason="cuti")["id"]
