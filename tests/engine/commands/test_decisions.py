"""Decisions: versioned like diagrams, asked by business rule tasks, their rules in the history."""

import pytest
from sqlalchemy import delete

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.deploy_decision import deploy_decision
from engine.commands.evaluate_decision import evaluate_decision
from engine.commands.retry_instance import retry_instance
from engine.commands.start_instance import start_instance
from engine.commands.verify_execution import verify_execution
from engine.context import Context
from engine.decisions import DecisionFileRefused
from engine.errors import Forbidden, NotFound
from engine.queries.decisions import decision_xml, list_decisions
from engine.queries.instances import instance, instance_history
from engine.storage.tables import decision_definitions
from tests_support import ROOT, MakeActor, deploy_small

LEAVE = (ROOT / "bpmn" / "kewenangan-cuti.dmn").read_bytes()
RULE = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="siapa"/>
<bpmn:businessRuleTask id="siapa" name="Siapa" camunda:decisionRef="TARIF" camunda:resultVariable="tarif"
xmlns:camunda="http://camunda.org/schema/1.0/bpmn"/><bpmn:sequenceFlow id="f2" sourceRef="siapa" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def table(*rows: tuple[str, str], policy: str = "UNIQUE") -> bytes:
    """A decision `tarif` over `modal` with one rule per (test, result)."""
    rules = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}"><text>{test}</text></inputEntry>'
        f'<outputEntry id="o{number}"><text>{result}</text></outputEntry></rule>'
        for number, (test, result) in enumerate(rows, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
        'id="retribusi" name="Retribusi" namespace="urn:uji"><inputData id="d" name="modal">'
        '<variable id="dv" name="modal" typeRef="number"/></inputData><decision id="TARIF" name="tarif">'
        '<variable id="v" name="tarif" typeRef="number"/><informationRequirement id="ir"><requiredInput href="#d"/>'
        f'</informationRequirement><decisionTable id="t" hitPolicy="{policy}"><input id="i"><inputExpression id="ie" '
        f'typeRef="number"><text>modal</text></inputExpression></input><output id="o" typeRef="number"/>{rules}'
        "</decisionTable></decision></definitions>"
    ).encode()


SMALL_AND_LARGE = table(("&lt; 100", "1"), ("&gt;= 100", "2"))


def test_same_bytes_are_the_same_version_and_the_file_comes_back(service: Context, analyst: Actor) -> None:
    first = deploy_decision(service, analyst, SMALL_AND_LARGE)
    again = deploy_decision(service, analyst, SMALL_AND_LARGE)
    assert (first["key"], first["version"], first["created"]) == ("retribusi", 1, True)
    assert (again["version"], again["created"]) == (1, False)
    assert decision_xml(service, "retribusi") == SMALL_AND_LARGE
    assert [one["decisions"] for one in list_decisions(service)] == [["TARIF"]]


def test_evaluation_tells_the_rules(service: Context, analyst: Actor) -> None:
    deploy_decision(service, analyst, SMALL_AND_LARGE)
    answer = evaluate_decision(service, "retribusi", {"modal": 500})
    assert (answer["value"], [rule["number"] for rule in answer["rules"]]) == (2, [2])
    with pytest.raises(NotFound):
        evaluate_decision(service, "lain", {})


def test_an_overlap_is_refused_with_an_example(service: Context, analyst: Actor) -> None:
    with pytest.raises(DecisionFileRefused) as refusal:
        deploy_decision(service, analyst, table(("&lt;= 100", "1"), ("&gt;= 100", "2")))
    assert [error["example"] for error in refusal.value.errors] == [{"modal": "100"}]


def test_a_gap_is_told_with_an_example(service: Context, analyst: Actor) -> None:
    told = deploy_decision(service, analyst, table(("&lt; 100", "1"), ("&gt; 100", "2")))["findings"]
    assert [(one["severity"], one["example"]) for one in told] == [("warning", {"modal": "100"})]
    assert evaluate_decision(service, "retribusi", {"modal": 100})["value"] is None


def test_bad_files_and_strangers_store_nothing(service: Context, analyst: Actor, admin: Actor) -> None:
    with pytest.raises(DecisionFileRefused):
        deploy_decision(service, analyst, table(("&lt; 1 +", "1")))
    with pytest.raises(Forbidden):
        deploy_decision(service, admin, SMALL_AND_LARGE)
    assert list_decisions(service) == []


def test_a_business_rule_task_asks_and_history_keeps_the_rule(
    service: Context, analyst: Actor, actor: MakeActor, admin: Actor, clock: TestClock
) -> None:
    deploy_decision(service, analyst, SMALL_AND_LARGE)
    deploy_small(service, RULE)
    view = start_instance(service, actor("staf"), "kecil", {"modal": 7})
    assert view["status"] == "completed"
    items = instance_history(service, admin, view["id"])["items"]
    (made,) = [item["data"] for item in items if item["type"] == "decision_evaluated"]
    assert (made["decision"], made["version"], made["rules"][0]["rule"]) == ("retribusi", 1, "r1")
    assert instance(service, admin, view["id"])["variables"]["tarif"] == 1
    clock.set(clock.now().replace(hour=0))  # a clock moved backwards changes nothing
    deploy_decision(service, analyst, table(("&lt; 100", "9"), ("&gt;= 100", "2")))
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


@pytest.mark.parametrize(("wrong", "code"), [
    (table(("&gt; batas", "1"), ("&lt; 100", "2")), "decision_conflict"),
    (SMALL_AND_LARGE.replace(b"TARIF", b"LAIN"), "decision_failed"),
])  # fmt: skip
def test_a_decision_that_failed_is_mended_retried_and_re_executes(
    service: Context, analyst: Actor, actor: MakeActor, admin: Actor, wrong: bytes, code: str
) -> None:
    deploy_decision(service, analyst, SMALL_AND_LARGE)
    deploy_small(service, RULE)
    deploy_decision(service, analyst, wrong)
    view = start_instance(service, actor("staf"), "kecil", {"modal": 7, "batas": 1})
    (incident,) = instance(service, admin, view["id"])["incidents"]
    assert incident["code"] == code
    deploy_decision(service, analyst, table(("&lt; 100", "5"), ("&gt;= 100", "2")))
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"  # by the version that failed
    assert retry_instance(service, admin, view["id"], "aturan diperbaiki")["status"] == "completed"
    assert instance(service, admin, view["id"])["variables"]["tarif"] == 5
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_a_decision_that_is_not_there_is_an_incident(
    service: Context, analyst: Actor, actor: MakeActor, admin: Actor
) -> None:
    missing = {"siapa": "decision_missing"}
    deploy_decision(service, analyst, SMALL_AND_LARGE)
    deploy_small(service, RULE)
    with service.database.write() as connection:
        connection.execute(delete(decision_definitions))  # no command does it
    view = start_instance(service, actor("staf"), "kecil", {"modal": 7})
    assert {one["element_id"]: one["code"] for one in instance(service, admin, view["id"])["incidents"]} == missing
    deploy_decision(service, analyst, SMALL_AND_LARGE)
    assert retry_instance(service, admin, view["id"], "sudah ada")["status"] == "completed"
    assert verify_execution(service, admin, view["id"])["execution"] == "agrees"


def test_the_leave_table_deploys(service: Context, analyst: Actor) -> None:
    assert deploy_decision(service, analyst, LEAVE)["created"]
