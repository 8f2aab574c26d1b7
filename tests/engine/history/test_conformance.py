"""A history replays on its drawing, or the first step off it is named."""

from dataclasses import replace
from typing import Any

import pytest

from engine.assignment import Actor
from engine.commands.complete_task import complete_task
from engine.commands.modify_instance import modify_instance
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.diagram.model import Process
from engine.diagram.parse import parse_diagram
from engine.history.chain import Entry, canonical
from engine.history.conformance import deviations
from engine.storage import history
from tests_support import MakeActor, deploy_small, small

TWO = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Periksa"/><bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="setuju"/>
<bpmn:userTask id="setuju" name="Setuju"/><bpmn:sequenceFlow id="f3" sourceRef="setuju" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


@pytest.fixture
def staff(service: Context, actor: MakeActor) -> Actor:
    deploy_small(service, TWO)
    return actor("staf")


def finish(service: Context, staff: Actor, view: dict[str, Any]) -> list[Entry]:
    while view["tasks"]:
        view = complete_task(service, staff, view["tasks"][0]["id"], {})
    with service.database.read() as connection:
        return list(history.entries(connection, view["id"]))


def judge(entries: list[Entry], process: Process | None = None) -> list[tuple[str, str | None]]:
    process = process or parse_diagram(small(TWO)).main
    return [(one.kind, one.element_id) for one in deviations(entries, 1, lambda _: process)]


def test_a_request_as_drawn_conforms(service: Context, staff: Actor) -> None:
    assert judge(finish(service, staff, start_instance(service, staff, "kecil", {}))) == []


def test_an_intervention_is_a_deviation_and_what_it_activated_is_none(
    service: Context, staff: Actor, admin: Actor
) -> None:
    view = start_instance(service, staff, "kecil", {})
    token = view["tasks"][0]["id"].partition("-")[2]
    view = modify_instance(service, admin, view["id"], "perintah lisan", activate=["setuju"], cancel=[token])
    entries = finish(service, staff, view)
    assert judge(entries) == [("modified", None)]
    found = deviations(entries, 1, lambda _: parse_diagram(small(TWO)).main)
    assert found[0].reason == "perintah lisan"


def test_a_step_that_was_left_out_is_named(service: Context, staff: Actor) -> None:
    entries = finish(service, staff, start_instance(service, staff, "kecil", {}))
    without = [one for one in entries if one.element_id not in ("f1", "periksa")]
    assert judge(without) == [("unfinished_source", "f2")]


def test_an_entry_without_its_flow_is_named(service: Context, staff: Actor) -> None:
    entries = finish(service, staff, start_instance(service, staff, "kecil", {}))
    assert ("unexpected_element", "setuju") in judge([one for one in entries if one.element_id != "f2"])


def test_another_drawing_does_not_fit(service: Context, staff: Actor) -> None:
    entries = finish(service, staff, start_instance(service, staff, "kecil", {}))
    other = parse_diagram(small(TWO.replace('"f2"', '"g2"').replace('"setuju"', '"tolak"'))).main
    assert judge(entries, other)[:2] == [("unknown_flow", "f2"), ("unknown_element", "setuju")]


def test_a_flow_to_somewhere_else_is_named(service: Context, staff: Actor) -> None:
    entries = finish(service, staff, start_instance(service, staff, "kecil", {}))
    bent = [
        replace(one, data=canonical({"target": "akhir", "token": "4"})) if one.element_id == "f2" else one
        for one in entries
    ]
    assert ("wrong_target", "f2") in judge(bent)


def test_an_end_with_work_left_over_is_named(service: Context, staff: Actor) -> None:
    entries = finish(service, staff, start_instance(service, staff, "kecil", {}))
    assert ("left_over", "akhir") in judge([one for one in entries if one.element_id != "akhir"])
