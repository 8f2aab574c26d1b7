"""Expressions of a running request see the agency's wall clock and its working calendar."""

from engine.assignment import Actor
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.queries.instances import instance
from tests_support import MakeActor, deploy_small

SCRIPT = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="hitung"/>
<bpmn:scriptTask id="hitung" name="Hitung" scriptFormat="feel"><bpmn:script>hari ini = string(today())
libur = hari libur(date("2026-03-19"))
tenggat = string(date(hari kerja(2)))</bpmn:script></bpmn:scriptTask>
<bpmn:sequenceFlow id="f2" sourceRef="hitung" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


def test_scripts_use_calendar_and_clock(service: Context, actor: MakeActor, admin: Actor) -> None:
    deploy_small(service, SCRIPT)
    view = start_instance(service, actor("staf"), "kecil", {})
    variables = instance(service, admin, view["id"])["variables"]
    assert variables == {"hari ini": "2026-03-05", "libur": True, "tenggat": "2026-03-09"}
