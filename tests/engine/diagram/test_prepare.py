"""Preparation: what BPMN lets a file leave out is added, told, and nothing else changes."""

import json
from pathlib import Path

import pytest

from engine.diagram.model import Diagram
from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import Prepared, prepare

DIAGRAMS = sorted((Path(__file__).parents[2] / "diagrams").glob("*/*.bpmn"))
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'


def prepared(body: str, roots: str = "") -> tuple[Diagram, list[Prepared]]:
    return prepare(
        parse_diagram(f'{HEAD}{roots}<process id="p" isExecutable="true">{body}</process></definitions>'.encode())
    )


def test_flows_and_elements_without_id_get_one() -> None:
    diagram, told = prepared(
        """<startEvent id="s"/><task id="a"/><task id="flow_s_a"/><task/>
           <sequenceFlow sourceRef="s" targetRef="a"/><sequenceFlow sourceRef="s" targetRef="a"/>"""
    )
    process = diagram.main
    assert list(process.nodes) == ["s", "a", "flow_s_a", "task"]
    assert list(process.flows) == ["flow_s_a_2", "flow_s_a_3"]
    assert process.nodes["s"].outgoing == process.nodes["a"].incoming == ("flow_s_a_2", "flow_s_a_3")
    assert process.scopes["p"].nodes == ("s", "a", "flow_s_a", "task")
    assert process.scopes["p"].flows == ("flow_s_a_2", "flow_s_a_3")
    assert [one.element for one in told if "given the id" in one.what_en] == ["task", "flow_s_a_2", "flow_s_a_3"]
    assert all(one.what_id and one.what_en for one in told)


def test_a_nameless_process_and_subprocess_keep_their_contents() -> None:
    data = f'{HEAD}<process isExecutable="true"><subProcess><task id="a"/></subProcess></process></definitions>'
    diagram, _ = prepare(parse_diagram(data.encode()))
    process = diagram.main
    assert process.id == "process"
    assert process.nodes["a"].scope == "subProcess"
    assert process.nodes["subProcess"].scope == "process"
    assert process.scopes["subProcess"].parent == "process"


def test_unnamed_messages_and_signals_are_told_apart_by_id() -> None:
    diagram, told = prepared(
        """<intermediateCatchEvent id="c"><messageEventDefinition messageRef="ma"/></intermediateCatchEvent>
           <intermediateCatchEvent id="d"><signalEventDefinition signalRef="sa"/></intermediateCatchEvent>
           <receiveTask id="r" messageRef="mb"/>""",
        '<message id="ma"/><message id="mb" name="Surat"/><signal id="sa"/>',
    )
    assert [diagram.main.nodes[key].events[0].name for key in ("c", "d", "r")] == ["ma", "sa", "Surat"]
    assert diagram.messages == {"ma": "ma", "mb": "Surat"}
    assert {"ma", "sa"} <= {one.element for one in told}


def test_implicit_start_end_and_fork_are_told() -> None:
    _, told = prepared(
        """<task id="a"/><task id="b"/><task id="c"/><sequenceFlow id="f" sourceRef="a" targetRef="b"/>
           <sequenceFlow id="g" sourceRef="a" targetRef="c"/>"""
    )
    assert [(one.element, one.what_en.split(":")[0]) for one in told] == [
        ("a", "No start event"),
        ("a", "Several flows leave without a gateway"),
        ("b", "No end event"),
        ("c", "No end event"),
    ]


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_preparing_twice_changes_nothing_and_leaves_no_placeholder(path: Path) -> None:
    if path.parent.name in ("executable_process", "unique_ids"):
        return
    once, _ = prepare(parse_diagram(path.read_bytes()))
    again, told = prepare(once)
    assert again == once
    assert not [one for one in told if "id" in one.what_en.split()[:3]]
    assert '"?' not in json.dumps([[*process.nodes, *process.flows, *process.scopes] for process in once.processes])
