"""Sheet to diagram and back: branches, time limits, assumptions, forms."""

import json
from dataclasses import replace
from typing import Any

import pytest

from engine.diagram.layout import lay_out
from engine.diagram.model import EventDefinition, Identity, Node, Process
from engine.diagram.parse import parse_source
from engine.diagram.write import write_bpmn
from engine.documents.box_name import LONGEST, box_name
from engine.documents.from_diagram import NotATable, to_sheet
from engine.documents.sheet import Branch, Performer, Sheet, SheetRefused, SheetRow
from engine.documents.sheet_normal import normal
from engine.documents.to_diagram import to_bpmn, to_process
from engine.documents.to_forms import to_forms

PERFORMERS = (Performer("Pemohon", "pemohon", "pemohon"), Performer("Kabid", "kabid"))


def sheet(*rows: SheetRow) -> Sheet:
    identity = Identity(number="1/2026", agency="Dinas Uji", legal_basis=("UU 1",), source_note='Catatan "uji" & <b>')
    return normal(Sheet("uji", "SOP UJI", identity, PERFORMERS, rows))


def row(no: str, performer: str = "Kabid", **more: Any) -> SheetRow:
    return SheetRow(no, no, f"Kegiatan nomor {no}", performer, **more)


THREE_WAYS = sheet(
    row("1", "Pemohon", time="1 hari", requirements=("KTP", "KK")),
    row(
        "2",
        time="14 s d 30 Hari",
        requirements=("Berkas",),
        outputs=("Surat",),
        remarks="segera",
        branches=(
            Branch("lengkap", "lanjut"),
            Branch('tidak "lengkap"', "1", "lazim"),
            Branch("ditolak", "selesai"),
            Branch("langsung", "4"),
        ),
        question="Lengkap?",
        assumption="disimpulkan",
    ),
    row("3", time="Menyesuaikan"),
    row("4", limit="P3D", calendar="kalender", branches=(Branch("ulang", "1"), Branch("ya", "selesai"))),
)


def test_branches_become_conditions_with_a_default() -> None:
    process = to_process(THREE_WAYS)
    gateway = process.nodes["keputusan_2"]
    flows = [process.flows[flow] for flow in gateway.outgoing]
    assert gateway.name == "Lengkap?"
    assert [flow.name for flow in flows] == ["lengkap", 'tidak "lengkap"', "ditolak", "langsung"]
    assert [flow.target for flow in flows] == ["kegiatan_3", "kegiatan_1", "selesai_2", "kegiatan_4"]
    assert [flow.condition for flow in flows] == [
        None,
        'keputusan_kegiatan_2 = "tidak \\"lengkap\\""',
        'keputusan_kegiatan_2 = "ditolak"',
        'keputusan_kegiatan_2 = "langsung"',
    ]
    assert gateway.default == flows[0].id
    assert [flow.assumption for flow in flows] == [None, "lazim", None, None]


def test_time_limits_become_non_interrupting_timers_with_escalation() -> None:
    process = to_process(THREE_WAYS)
    timers = {node.attached_to: node for node in process.nodes.values() if node.kind == "boundaryEvent"}
    limits = {host: node.events[0].timer.text for host, node in timers.items() if node.events[0].timer}
    assert limits == {"kegiatan_1": "P1D", "kegiatan_2": "P30D", "kegiatan_4": "P3D"}
    assert not any(node.interrupting for node in timers.values())
    for node in timers.values():
        end = process.nodes[process.flows[node.outgoing[0]].target]
        assert (end.kind, end.name, end.events[0].kind) == ("endEvent", "mutu baku terlampaui", "escalation")
    quality = process.nodes["kegiatan_4"].quality
    assert quality is not None
    assert (quality.words, quality.min, quality.max, quality.kalender) == ("", None, "P3D", "kalender")


def test_two_branches_to_one_place_have_ids_of_their_own() -> None:
    ways = (Branch("terbuka", "lanjut"), Branch("sebagian", "lanjut"), Branch("ringkas", "lanjut"))
    source = sheet(row("1", branches=ways), row("2"))
    assert len(set(to_process(source).nodes["keputusan_1"].outgoing)) == 3
    assert to_sheet(parse_source(to_bpmn(source)).diagram.main).rows[0].branches == ways


def test_written_file_reads_back_as_the_same_sheet() -> None:
    data = to_bpmn(THREE_WAYS)
    assert data == to_bpmn(THREE_WAYS)
    assert to_sheet(parse_source(data).diagram.main) == THREE_WAYS


def test_lanes_carry_roles_in_column_order() -> None:
    lanes = parse_source(to_bpmn(THREE_WAYS)).diagram.main.lanes
    assert [(lane.name, lane.role, lane.performer_kind) for lane in lanes] == [
        ("Pemohon", "pemohon", "pemohon"),
        ("Kabid", "kabid", "pegawai"),
    ]


def test_unreadable_time_is_refused_with_its_row() -> None:
    bad = replace(THREE_WAYS.rows[0], time="kapan-kapan saja", line=12)
    with pytest.raises(SheetRefused) as caught:
        to_process(replace(THREE_WAYS, rows=(bad, *THREE_WAYS.rows[1:])))
    assert [(error["row"], error["column"]) for error in caught.value.errors] == [(12, "Waktu")]


def test_forms_ask_for_what_the_row_says() -> None:
    forms = {key: json.loads(data) for key, data in to_forms(to_process(THREE_WAYS)).items()}
    assert sorted(forms) == ["uji.kegiatan_1", "uji.kegiatan_2", "uji.kegiatan_3", "uji.kegiatan_4", "uji.mulai"]
    fields = {field.get("key"): field for field in forms["uji.kegiatan_2"]["components"]}
    assert list(fields) == [None, "kelengkapan", "output_kegiatan_2", "keputusan_kegiatan_2", "catatan_kegiatan_2"]
    assert fields["kelengkapan"]["values"] == [{"label": "Berkas", "value": "butir_1"}]
    assert fields["kelengkapan"]["properties"] == {
        "semuaWajib": "true",
        "tanpaKelengkapan": 'tidak "lengkap",ditolak,langsung',
    }
    assert [way["value"] for way in fields["keputusan_kegiatan_2"]["values"]][:2] == ["lengkap", 'tidak "lengkap"']
    assert "kelengkapan" not in {field.get("key") for field in forms["uji.kegiatan_3"]["components"]}


def changed(process: Process, node: Node) -> Process:
    return replace(process, nodes={**process.nodes, node.id: node})


def test_what_a_table_cannot_say_is_refused_by_element() -> None:
    process = to_process(THREE_WAYS)
    script = replace(process.nodes["kegiatan_3"], kind="scriptTask")
    interrupting = replace(process.nodes["batas_1"], interrupting=True)
    message = replace(process.nodes["mulai"], events=(EventDefinition(kind="message"),))
    for node in (script, interrupting, message):
        with pytest.raises(NotATable) as caught:
            to_sheet(changed(process, node))
        assert node.id in [error["element"] for error in caught.value.errors]


def test_interchange_covers_every_node_and_flow() -> None:
    process = to_process(THREE_WAYS)
    text = write_bpmn(process, lay_out(process)).decode()
    for name in [*process.nodes, *process.flows, *(lane.id for lane in process.lanes)]:
        assert text.count(f'bpmnElement="{name}"') == 1, name
    assert 'isMarkerVisible="true"' in text


@pytest.mark.parametrize(
    ("activity", "name"),
    [
        ("Mengecek berkas. Jika lengkap, lanjut", "Mengecek berkas"),
        ("- Bila hasil tidak dapat ditindaklanjuti maka diarsipkan", "Bila hasil tidak dapat ditindaklanjuti maka…"),
        ("Mendisposisi surat permohonan", "Mendisposisi surat permohonan"),
    ],
)
def test_box_names(activity: str, name: str) -> None:
    assert box_name(activity) == name
    assert len(box_name("kata " * 40)) <= LONGEST + 1
