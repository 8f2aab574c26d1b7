"""Reading BPMN into values: the sop: vocabulary, lanes, order, broken references, other tools' dialects."""

import pytest

from engine.diagram.model import Diagram, MultiInstance, Timer
from engine.diagram.parse import parse_diagram, parse_source
from engine.diagram.xml import XmlRefused

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sop="urn:alur:sop:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:t="http://t" targetNamespace="http://t">'
)


def diagram(body: str, roots: str = "") -> Diagram:
    return parse_diagram(f'{HEAD}{roots}<process id="p" isExecutable="true">{body}</process></definitions>'.encode())


def test_reads_the_whole_sop_vocabulary() -> None:
    found = diagram(
        """
        <extensionElements>
          <sop:identitas nomor="060" tanggalPembuatan="2023-01-06" disahkanOleh="Kepala Dinas" unit="Bidang"
                         kerahasiaan="terbatas">
            <sop:dasarHukum>UU 1</sop:dasarHukum><sop:dasarHukum>UU 2</sop:dasarHukum>
            <sop:peralatan>Komputer</sop:peralatan></sop:identitas>
          <sop:sumber dokumen="001" baris="23-36" lengkap="false">kolom hilang</sop:sumber>
        </extensionElements>
        <laneSet><lane id="l" name="Pemohon"><extensionElements><sop:pelaksana peran="pemohon" jenis="pemohon"/>
          </extensionElements><flowNodeRef>a</flowNodeRef></lane></laneSet>
        <userTask id="a" name="Mengecek"><documentation>Mengecek surat permohonan</documentation><extensionElements>
          <sop:mutuBaku no="4" waktu="14 s d 30 Hari" min="P14D" max="P30D" kalender="kalender">
            <sop:kelengkapan>Surat</sop:kelengkapan><sop:kelengkapan>KTP</sop:kelengkapan>
            <sop:output>Tanda terima</sop:output>
          </sop:mutuBaku>
          <sop:keterangan>Segera</sop:keterangan><sop:formulir kunci="cek"/><sop:asumsi>diduga</sop:asumsi>
        </extensionElements></userTask>
        <sequenceFlow id="f" sourceRef="a" targetRef="a"><extensionElements><sop:asumsi>mengapa</sop:asumsi>
        </extensionElements></sequenceFlow>"""
    ).main
    identity, task = found.identity, found.nodes["a"]
    assert identity is not None
    assert task.quality is not None
    assert (identity.number, identity.created_on, identity.confidentiality) == ("060", "2023-01-06", "terbatas")
    assert identity.legal_basis == ("UU 1", "UU 2")
    assert (identity.source_document, identity.source_complete, identity.source_note) == ("001", False, "kolom hilang")
    assert (task.quality.min, task.quality.max, task.quality.kalender) == ("P14D", "P30D", "kalender")
    assert (task.quality.requirements, task.quality.deliverables) == (("Surat", "KTP"), ("Tanda terima",))
    assert (task.documentation, task.remarks, task.form_key) == ("Mengecek surat permohonan", "Segera", "cek")
    assert task.assumption == "diduga"
    assert found.flows["f"].assumption == "mengapa"
    lane = found.lane_of("a")
    assert lane is not None
    assert (lane.role, lane.performer_kind) == ("pemohon", "pemohon")


def test_innermost_lane_white_space_and_inheritance() -> None:
    found = diagram(
        """<laneSet><lane id="l1"><flowNodeRef>
             u </flowNodeRef><flowNodeRef>s</flowNodeRef><childLaneSet><lane id="l2"><flowNodeRef>u</flowNodeRef></lane>
           </childLaneSet></lane></laneSet><userTask id="u"/><boundaryEvent id="b" attachedToRef="u"/>
           <subProcess id="s"><subProcess id="s2"><userTask id="deep"/></subProcess></subProcess>"""
    ).main
    assert {key: node.lane for key, node in found.nodes.items()} == {
        "u": "l2", "b": "l2", "s": "l1", "s2": "l1", "deep": "l1",
    }  # fmt: skip
    assert [lane.id for lane in found.lanes] == ["l1", "l2"]


def test_flows_come_in_model_order_and_nameless_ones_get_placeholders() -> None:
    found = diagram(
        """<task id="a"><outgoing>y</outgoing><outgoing>x</outgoing></task><task id="b"/>
           <sequenceFlow id="x" sourceRef="a" targetRef="b"><conditionExpression>= n &gt; 1</conditionExpression>
           </sequenceFlow><sequenceFlow sourceRef="a" targetRef="t:b"/>
           <sequenceFlow id="y" sourceRef="a" targetRef="zz"/>"""
    ).main
    first, second, third = found.nodes["a"].outgoing
    assert (first, third) == ("x", "y")
    assert second.startswith("?")
    assert found.flows["x"].condition == "n > 1"
    assert found.flows[second].target == "b"
    assert found.flows["y"].target == "zz"
    assert found.nodes["b"].incoming == ("x", second)


def test_events_resolve_their_definitions() -> None:
    found = diagram(
        """<intermediateCatchEvent id="m"><messageEventDefinition messageRef="t:msg"/></intermediateCatchEvent>
           <intermediateCatchEvent id="r"><eventDefinitionRef>def</eventDefinitionRef></intermediateCatchEvent>
           <endEvent id="e"><errorEventDefinition errorRef="err"/></endEvent>
           <boundaryEvent id="n" attachedToRef="a" cancelActivity="false"><timerEventDefinition>
             <timeDuration> P3D </timeDuration></timerEventDefinition></boundaryEvent>
           <receiveTask id="a" messageRef="msg"/>
           <endEvent id="gone"><signalEventDefinition signalRef="nothing"/></endEvent>
           <boundaryEvent id="c" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>
           <task id="undo" isForCompensation="true"/><association sourceRef="c" targetRef="undo"/>""",
        """<message id="msg" name="Surat masuk"/><error id="err"/>
           <signalEventDefinition id="def" signalRef="sig"/><signal id="sig" name="Alarm"/>""",
    ).main
    assert found.nodes["m"].events[0].name == "Surat masuk"
    assert (found.nodes["r"].events[0].kind, found.nodes["r"].events[0].name) == ("signal", "Alarm")
    assert found.nodes["e"].events[0].code == "err"
    assert found.nodes["n"].events[0].timer == Timer("duration", "P3D")
    assert not found.nodes["n"].interrupting
    assert found.nodes["a"].events[0].name == "Surat masuk"
    assert found.nodes["a"].boundary == ("n", "c")
    assert (found.nodes["gone"].events[0].ref, found.nodes["gone"].events[0].name) == ("nothing", None)
    assert found.nodes["c"].compensates == "undo"


@pytest.mark.parametrize(
    ("marking", "expected"),
    [
        ('<standardLoopCharacteristics testBefore="true" loopMaximum="3"><loopCondition>=x</loopCondition>'
         "</standardLoopCharacteristics>",
         MultiInstance("loop", loop_condition="x", loop_maximum=3, test_before=True)),
        ('<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality>'
         "<completionCondition>done</completionCondition></multiInstanceLoopCharacteristics>",
         MultiInstance("sequential", cardinality="3", completion_condition="done")),
        ('<multiInstanceLoopCharacteristics camunda:collection="xs" camunda:elementVariable="x"/>',
         MultiInstance("parallel", collection="xs", item="x")),
        ('<multiInstanceLoopCharacteristics><extensionElements><zeebe:loopCharacteristics inputCollection="=xs" '
         'inputElement="x" outputCollection="ys" outputElement="=y"/></extensionElements>'
         '</multiInstanceLoopCharacteristics>',
         MultiInstance("parallel", collection="xs", item="x", output_collection="ys", output_item="y")),
        ('<ioSpecification><dataInput id="di"/></ioSpecification><dataInputAssociation><sourceRef>dor</sourceRef>'
         "<targetRef>di</targetRef></dataInputAssociation><multiInstanceLoopCharacteristics><loopDataInputRef>di"
         '</loopDataInputRef><inputDataItem id="i" name="satu"/></multiInstanceLoopCharacteristics>',
         MultiInstance("parallel", collection="daftar", item="satu")),
    ],
)  # fmt: skip
def test_multi_instance_in_every_dialect(marking: str, expected: MultiInstance) -> None:
    extra = '<dataObject id="do" name="daftar"/><dataObjectReference id="dor" dataObjectRef="do"/>'
    assert diagram(f'{extra}<task id="a">{marking}</task>').main.nodes["a"].multi == expected


def test_scripts_and_mappings() -> None:
    found = diagram(
        """<scriptTask id="a" scriptFormat="feel"><script>
             x = 1
             y = x + 1
           </script></scriptTask>
           <scriptTask id="b"><extensionElements>
             <zeebe:script expression="=1+1" resultVariable="z"/></extensionElements>
           </scriptTask>
           <serviceTask id="c"><extensionElements><zeebe:taskDefinition type="kirim"/><zeebe:ioMapping>
             <zeebe:input source="=x" target="y"/></zeebe:ioMapping><camunda:inputOutput>
             <camunda:outputParameter name="k">halo</camunda:outputParameter></camunda:inputOutput>
           </extensionElements></serviceTask>"""
    ).main.nodes
    assert found["a"].script == "x = 1\ny = x + 1"
    assert (found["b"].script, found["b"].script_format) == ("z = 1+1", "feel")
    assert (found["c"].called, found["c"].inputs, found["c"].outputs) == ("kirim", (("y", "x"),), (("k", '"halo"'),))


def test_deep_and_long_diagrams_need_no_stack() -> None:
    depth = 200
    nested = "".join(f'<subProcess id="s{i}">' for i in range(depth)) + "</subProcess>" * depth
    assert len(diagram(nested).main.scopes) == depth + 1
    steps = (f'<task id="t{i}"/><sequenceFlow id="f{i}" sourceRef="t{i}" targetRef="t{i + 1}"/>' for i in range(3000))
    assert len(diagram("".join(steps)).main.flows) == 3000


def test_raw_facts_keep_what_a_diagram_cannot_hold() -> None:
    data = f"""{HEAD}
      <process id="p" camunda:historyTimeToLive="3"><task id="a"/>
      <task id="a" startQuantity="2"/><wrong/></process></definitions>"""
    found = parse_source(data.encode())
    assert [(element.id, element.line) for element in found.tagged("task")] == [("a", 2), ("a", 3)]
    assert found.vendors[0].name == "historyTimeToLive"
    assert [element.tag for element in found.elements][-1] == "wrong"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ('<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "XPDL"),
        ('<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "DMN"),
        ('<definitions xmlns="http://schema.omg.org/spec/BPMN/2.0"/>', "beta"),
        ("<mxfile/>", "draw.io"),
        ("<definitions/>", "without its namespace"),
        ("<catatan/>", "plain XML with the root <catatan>"),
    ],
)
def test_says_what_a_foreign_file_is(text: str, words: str) -> None:
    with pytest.raises(XmlRefused, match=words):
        parse_diagram(text.encode())
