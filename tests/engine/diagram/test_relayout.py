"""A drawing laid out anew: the words stay, what was missing is there, what cannot be laid out is refused."""

import re
from pathlib import Path

import pytest

from engine.diagram.compare import compare
from engine.diagram.layout import lay_out
from engine.diagram.lint import validate
from engine.diagram.parse import parse_diagram, parse_source
from engine.diagram.relayout import laid_out_anew
from engine.errors import InvalidInput
from tests_support import ROOT, small

SPLP = (Path(ROOT) / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn").read_bytes()
MOVED = re.sub(rb'(<dc:Bounds x=")\d+', rb"\g<1>7", SPLP)
BARE = re.sub(rb"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", b"", SPLP, flags=re.DOTALL)
NOTE = (
    b'<bpmn:textAnnotation id="catatan"><bpmn:text>Lihat lampiran</bpmn:text></bpmn:textAnnotation>'
    b'<bpmn:association id="kait" sourceRef="kegiatan_1" targetRef="catatan"/></bpmn:process>'
)
NOTE_DI = (
    b'<bpmndi:BPMNShape id="catatan_di" bpmnElement="catatan">'
    b'<dc:Bounds x="%d" y="%d" width="90" height="30"/></bpmndi:BPMNShape>'
    b'<bpmndi:BPMNShape id="tiada_di" bpmnElement="tiada">'
    b'<dc:Bounds x="1" y="1" width="9" height="9"/></bpmndi:BPMNShape>'
    b'<bpmndi:BPMNEdge id="kait_di" bpmnElement="kait">'
    b'<di:waypoint x="0" y="0"/><di:waypoint x="9" y="9"/></bpmndi:BPMNEdge>'
    b"</bpmndi:BPMNPlane>"
)


def place(xml: bytes, element: str) -> tuple[float, float]:
    return next((one.x, one.y) for one in parse_source(xml).shapes if one.element == element)


@pytest.mark.parametrize("xml", [MOVED, BARE])
def test_a_spoilt_or_missing_drawing_becomes_sound_and_no_word_changes(xml: bytes) -> None:
    anew = laid_out_anew(xml)
    model = re.compile(rb"<bpmn:process.*</bpmn:process>", re.DOTALL)
    assert model.findall(anew) == model.findall(SPLP)
    assert not compare(parse_diagram(SPLP), parse_diagram(anew))
    assert not [one for one in validate(anew, "sop").findings if one.rule in ("drawing", "lane_members")]
    layout = lay_out(parse_diagram(SPLP).main)
    assert place(anew, "kegiatan_4") == (layout.shapes["kegiatan_4"].x, layout.shapes["kegiatan_4"].y)
    assert laid_out_anew(anew) == anew


def test_a_note_goes_along_with_its_activity_and_shapes_of_nothing_go() -> None:
    x, y = place(SPLP, "kegiatan_1")
    xml = SPLP.replace(b"</bpmn:process>", NOTE).replace(b"</bpmndi:BPMNPlane>", NOTE_DI % (x + 10, y - 40))
    away = re.sub(rb'(bpmnElement="kegiatan_1"[^>]*>\s*<dc:Bounds x=")\d+', rb"\g<1>%d" % (x + 500), xml)
    anew = laid_out_anew(away.replace(b'<dc:Bounds x="%d" y="%d" width="90"' % (x + 10, y - 40),
                                      b'<dc:Bounds x="%d" y="%d" width="90"' % (x + 510, y - 40)))  # fmt: skip
    assert place(anew, "catatan") == (x + 10, y - 40)
    assert b"tiada" not in anew


def test_what_cannot_be_laid_out_is_refused_with_a_sentence() -> None:
    two = SPLP.replace(b"<bpmn:participant ", b'<bpmn:participant id="lain" name="Lain"/><bpmn:participant ')
    loose = small('<bpmn:startEvent id="m"/><bpmn:sequenceFlow id="f" sourceRef="m" targetRef="tiada"/>')
    for xml, why in {two: "lebih dari satu kolam", loose: "tidak tersambung", small(""): "tidak satu elemen"}.items():
        with pytest.raises(InvalidInput) as refused:
            laid_out_anew(xml)
        assert why in refused.value.errors[0]["message"]
