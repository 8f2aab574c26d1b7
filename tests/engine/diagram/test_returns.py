"""Which answers lead back: in an SOP of the catalogue, and where the way is not known."""

from pathlib import Path

from engine.diagram.parse import parse_diagram
from engine.diagram.returns import returning
from tests_support import ROOT, small


def test_back_to_the_applicant() -> None:
    xml = (Path(ROOT) / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn").read_bytes()
    process = parse_diagram(xml).main
    found = returning(process, "kegiatan_4", "keputusan_kegiatan_4", ["lengkap", "tidak lengkap"])
    assert {answer: node.id for answer, node in found.items()} == {"tidak lengkap": "kegiatan_1"}


def test_a_way_that_needs_more_than_the_answer_is_not_known() -> None:
    xml = small(
        '<bpmn:startEvent id="m"/><bpmn:sequenceFlow id="f1" sourceRef="m" targetRef="a"/>'
        '<bpmn:userTask id="a" name="A"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="g"/><bpmn:exclusiveGateway id="g" default="f4"/>'
        '<bpmn:sequenceFlow id="f3" sourceRef="g" targetRef="a"><bpmn:conditionExpression>jawab = "ulang" and lain > 3'
        '</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="s"/>'
        '<bpmn:endEvent id="s"/>'
    )
    assert returning(parse_diagram(xml).main, "a", "jawab", ["ulang", "selesai"]) == {}


def test_the_order_of_the_file_says_nothing() -> None:
    xml = small(
        '<bpmn:startEvent id="m"/><bpmn:sequenceFlow id="f1" sourceRef="m" targetRef="a"/>'
        '<bpmn:userTask id="c" name="C"/><bpmn:userTask id="b" name="B"/><bpmn:userTask id="a" name="A"/>'
        '<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="b"/><bpmn:exclusiveGateway id="g" default="f5"/>'
        '<bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="g"/>'
        '<bpmn:sequenceFlow id="f4" sourceRef="g" targetRef="a"><bpmn:conditionExpression>jawab = "kembali"'
        '</bpmn:conditionExpression></bpmn:sequenceFlow>'
        '<bpmn:sequenceFlow id="f5" sourceRef="g" targetRef="c"/><bpmn:endEvent id="s"/>'
        '<bpmn:sequenceFlow id="f6" sourceRef="c" targetRef="s"/>'
    )
    found = returning(parse_diagram(xml).main, "b", "jawab", ["kembali", "terus"])
    assert {answer: node.id for answer, node in found.items()} == {"kembali": "a"}
