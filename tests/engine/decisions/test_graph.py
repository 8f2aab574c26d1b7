"""Decision requirement graphs: requirements, knowledge models, services, contexts, invocations, boxed logic."""

from typing import Any

import pytest

from engine.decisions import (
    DecisionFailed,
    DecisionFileRefused,
    DecisionNotFound,
    evaluate_decision,
    parse_decisions,
    validate,
)
from engine.diagram.xml import XmlRefused
from engine.feel import to_json

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">'

GRAPH = f"""{HEAD}
  <itemDefinition name="tOrang"><itemComponent name="nama"><typeRef>string</typeRef></itemComponent>
    <itemComponent name="umur"><typeRef>number</typeRef></itemComponent></itemDefinition>
  <inputData id="i1" name="orang"><variable name="orang" typeRef="tOrang"/></inputData>
  <inputData id="i2" name="tanggal"><variable name="tanggal" typeRef="date"/></inputData>
  <businessKnowledgeModel id="b1" name="kali dua"><variable name="kali dua"/>
    <encapsulatedLogic><formalParameter name="n" typeRef="number"/>
      <literalExpression><text>n * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
  <decision id="d1" name="dasar"><variable name="dasar" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <literalExpression><text>orang.umur + 1</text></literalExpression></decision>
  <decision id="d2" name="ganda"><variable name="ganda" typeRef="number"/>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#b1"/></knowledgeRequirement>
    <invocation><literalExpression><text>kali dua</text></literalExpression>
      <binding><parameter name="n"/><literalExpression><text>dasar</text></literalExpression></binding>
      </invocation></decision>
  <decision id="d3" name="ringkasan"><variable name="ringkasan"/>
    <informationRequirement><requiredDecision href="#d2"/></informationRequirement>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <context>
      <contextEntry><variable name="nilai"/><literalExpression><text>ganda</text></literalExpression></contextEntry>
      <contextEntry><variable name="tahun"/><literalExpression><text>tanggal.year</text></literalExpression>
      </contextEntry>
      <contextEntry><variable name="daftar"/><list>
        <literalExpression><text>nilai</text></literalExpression>
        <literalExpression><text>nilai + 1</text></literalExpression></list></contextEntry>
      <contextEntry><variable name="tabel"/><relation><column name="a"/><column name="b"/>
        <row><literalExpression><text>1</text></literalExpression>
          <literalExpression><text>2</text></literalExpression></row></relation></contextEntry>
      <contextEntry><variable name="tambah"/><functionDefinition><formalParameter name="p"/>
        <literalExpression><text>p + nilai</text></literalExpression></functionDefinition></contextEntry>
      <contextEntry><literalExpression>
        <text>{{nama: orang.nama, tahun: tahun, daftar: daftar, b: tabel[1].b, hasil: tambah(1)}}</text>
      </literalExpression></contextEntry>
    </context></decision>
  <decisionService id="s1" name="layanan"><variable name="layanan"/>
    <outputDecision href="#d2"/><inputDecision href="#d1"/></decisionService>
  <decision id="d4" name="lewat layanan"><variable name="lewat layanan"/>
    <knowledgeRequirement><requiredKnowledge href="#s1"/></knowledgeRequirement>
    <literalExpression><text>layanan(20) + layanan(dasar: 1)</text></literalExpression></decision>
</definitions>""".encode()
INPUT = {"orang": {"nama": "Ani", "umur": 29}, "tanggal": "2026-11-21"}


def test_a_graph_is_evaluated_from_its_inputs() -> None:
    model = parse_decisions(GRAPH)
    assert validate(model) == []
    assert to_json(evaluate_decision(model, "ringkasan", INPUT).value) == {
        "nama": "Ani",
        "tahun": 2026,
        "daftar": [60, 61],
        "b": 2,
        "hasil": 61,
    }


def test_a_service_is_a_function_of_its_inputs() -> None:
    assert evaluate_decision(parse_decisions(GRAPH), "d4", {}).value == 42


def test_what_is_not_required_is_not_visible() -> None:
    model = parse_decisions(
        f"""{HEAD}<inputData id="i" name="x"><variable name="x"/></inputData>
        <businessKnowledgeModel id="b" name="f"><variable name="f"/><encapsulatedLogic>
        <literalExpression><text>1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
        <decision id="d" name="d"><variable name="d"/><literalExpression><text>[x, f(), y]</text></literalExpression>
        </decision></definitions>""".encode()
    )
    assert to_json(evaluate_decision(model, None, {"x": 1, "y": 2}).value) == [None, None, 2]
    assert [finding.rule for finding in validate(model)] == ["feel_unknown_name"] * 3


def test_names_with_operators_are_read_everywhere() -> None:
    model = parse_decisions(
        f"""{HEAD}<itemDefinition name="t"><itemComponent name="jam-lembur"><typeRef>number</typeRef></itemComponent>
        </itemDefinition><inputData id="i" name="x"><variable name="x" typeRef="t"/></inputData>
        <decision id="d" name="pra-biro"><variable name="pra-biro"/><informationRequirement><requiredInput href="#i"/>
        </informationRequirement><literalExpression><text>x.jam-lembur - 1</text></literalExpression></decision>
        </definitions>""".encode()
    )
    assert validate(model) == []
    assert evaluate_decision(model, "pra-biro", {"x": {"jam-lembur": 5}}).value == 4


def test_input_that_does_not_fit_its_type_is_null() -> None:
    assert evaluate_decision(parse_decisions(GRAPH), "dasar", {"orang": "Ani"}).value is None


TYPED = f"""{HEAD}
  <itemDefinition name="t-warna"><typeRef>string</typeRef><allowedValues><text>"merah","biru"</text></allowedValues>
  </itemDefinition>
  <itemDefinition name="tCuti" isCollection="true"><itemComponent name="mulai"><typeRef>date</typeRef></itemComponent>
  </itemDefinition>
  <inputData id="i" name="warna"><variable name="warna" typeRef="t-warna"/></inputData>
  <inputData id="j" name="cuti"><variable name="cuti" typeRef="tCuti"/></inputData>
  <decision id="d" name="d"><variable name="d"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <informationRequirement><requiredInput href="#j"/></informationRequirement>
    <literalExpression><text>{{warna: warna, tahun: cuti[1].mulai.year}}</text></literalExpression></decision>
</definitions>""".encode()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"warna": "merah", "cuti": [{"mulai": "2026-11-21"}]}, {"warna": "merah", "tahun": 2026}),
        ({"warna": "ungu", "cuti": {"mulai": "2026-11-21"}}, {"warna": None, "tahun": 2026}),
        ({"warna": ["biru"], "cuti": [{"mulai": "kapan-kapan"}]}, {"warna": "biru", "tahun": None}),
        ({"warna": 1}, {"warna": None, "tahun": None}),
    ],
)
def test_inputs_take_the_types_of_the_model(variables: dict[str, object], expected: dict[str, object]) -> None:
    assert to_json(evaluate_decision(parse_decisions(TYPED), None, variables).value) == expected


def test_the_decision_must_be_named_when_several_stand_at_the_top() -> None:
    with pytest.raises(DecisionNotFound, match="lewat layanan"):
        evaluate_decision(parse_decisions(GRAPH), None, INPUT)
    with pytest.raises(DecisionNotFound, match="tidak ada"):
        evaluate_decision(parse_decisions(GRAPH), "tidak ada", INPUT)


BOXES: list[tuple[str, Any]] = [
    ("<conditional><if>{true}</if><then>{1}</then><else>{2}</else></conditional>", 1),
    ("<filter><in>{[1, 2, 3]}</in><match>{item &gt; 1}</match></filter>", [2, 3]),
    ('<for iteratorVariable="i"><in>{[1, 2]}</in><return>{i * 10}</return></for>', [10, 20]),
    ('<some iteratorVariable="i"><in>{[1, 2]}</in><satisfies>{i = 2}</satisfies></some>', True),
    ('<every iteratorVariable="i"><in>{[1, 2]}</in><satisfies>{i = 2}</satisfies></every>', False),
]


@pytest.mark.parametrize(("box", "expected"), BOXES)
def test_boxed_logic(box: str, expected: Any) -> None:
    logic = box.replace("{", "<literalExpression><text>").replace("}", "</text></literalExpression>")
    model = parse_decisions(
        f'{HEAD}<decision id="d" name="d"><variable name="d"/>{logic}</decision></definitions>'.encode()
    )
    assert validate(model) == []
    assert to_json(evaluate_decision(model, None, {}).value) == expected


def test_a_circle_of_requirements_is_found_and_refused() -> None:
    model = parse_decisions(
        f"""{HEAD}<decision id="a" name="a"><variable name="a"/><informationRequirement><requiredDecision href="#b"/>
        </informationRequirement><literalExpression><text>b</text></literalExpression></decision>
        <decision id="b" name="b"><variable name="b"/><informationRequirement><requiredDecision href="#a"/>
        </informationRequirement><literalExpression><text>a</text></literalExpression></decision></definitions>""".encode()
    )
    assert [finding.rule for finding in validate(model)] == ["circle", "circle"]
    with pytest.raises(DecisionFailed, match="circle"):
        evaluate_decision(model, "a", {})


@pytest.mark.parametrize(
    ("inner", "rule"),
    [
        ("", "no_decision"),
        ('<decision id="d" name="d"><variable name="d"/></decision>', "no_logic"),
        ('<import name="lain" importType="x" namespace="urn:x"/>', "foreign"),
        (
            '<decision id="d" name="d"><informationRequirement><requiredInput href="#x"/></informationRequirement>'
            "<literalExpression><text>1</text></literalExpression></decision>",
            "requirement",
        ),
        (
            '<inputData id="i" name="d"/><decision id="d" name="d"><literalExpression><text>1</text>'
            "</literalExpression></decision>",
            "duplicate_name",
        ),
        (
            '<decision id="d" name="d"><literalExpression expressionLanguage="http://www.java.com/java">'
            "<text>1</text></literalExpression></decision>",
            "foreign",
        ),
    ],
)
def test_structure_is_validated(inner: str, rule: str) -> None:
    findings = validate(parse_decisions(f"{HEAD}{inner}</definitions>".encode()))
    assert rule in [finding.rule for finding in findings]


def test_what_is_no_dmn_is_refused() -> None:
    with pytest.raises(DecisionFileRefused):
        parse_decisions(b"<html/>")
    with pytest.raises(XmlRefused):
        parse_decisions(b"<definitions")


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
    ],
)
def test_every_version_of_dmn_is_read(namespace: str) -> None:
    text = f'<definitions xmlns="{namespace}" id="m"><decision id="d" name="d"><literalExpression><text>1 + 1</text>'
    model = parse_decisions(f"{text}</literalExpression></decision></definitions>".encode())
    assert evaluate_decision(model, None, {}).value == 2
