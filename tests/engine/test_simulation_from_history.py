"""Simulated durations can be those that were measured: working minutes from opening to completion."""

from datetime import timedelta

import pytest

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.queries.simulation import simulate_definition
from engine.simulation.scenario import ScenarioRefused
from tests_support import MakeActor, deploy_small

ONE = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Periksa"/><bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def test_measured_durations_replace_those_of_the_mutu_baku(
    service: Context, actor: MakeActor, analyst: Actor, clock: TestClock
) -> None:
    deploy_small(service, ONE)
    staff = actor("staf")
    for _ in range(3):
        view = start_instance(service, staff, "kecil", {})
        clock.advance(timedelta(minutes=30))
        complete_task(service, staff, view["tasks"][0]["id"], {})
    scenario = {"requests": 50, "arrivals": {"per_day": 1}}
    seen = simulate_definition(service, analyst, "kecil", {**scenario, "durations": "history"}).to_dict()
    assumed = simulate_definition(service, analyst, "kecil", scenario).to_dict()
    assert seen["office_hours"]["mean"] == pytest.approx(0.5, abs=0.01)
    assert assumed["office_hours"]["mean"] != pytest.approx(0.5, abs=0.01)


def test_other_words_are_refused(service: Context, analyst: Actor) -> None:
    deploy_small(service, ONE)
    with pytest.raises(ScenarioRefused) as refusal:
        simulate_definition(service, analyst, "kecil", {"durations": "angan-angan"})
    assert [error["field"] for error in refusal.value.errors] == ["durations"]
