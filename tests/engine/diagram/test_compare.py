"""What differs between two drawings: each kind once, lanes that only got other ids, references to nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.diagram.compare import Difference, compare
from engine.diagram.parse import parse_diagram

XML = (Path(__file__).parents[3] / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn").read_text(encoding="utf-8")


def differences(*changes: tuple[str, str], old: str = XML) -> list[Difference]:
    """What differs after replacing texts in the account SOP; each must be there."""
    new = old
    for before, after in changes:
        assert before in new, before
        new = new.replace(before, after)
    return compare(parse_diagram(old.encode()), parse_diagram(new.encode()))


def told(found: list[Difference]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.element, one.field) for one in found]


def test_the_same_drawing_differs_in_nothing() -> None:
    assert differences() == []


def test_positions_are_no_difference() -> None:
    assert differences((' x="', ' x="1'), (' y="', ' y="2')) == []


def _lane_of(node: str) -> str:
    before = XML[: XML.index(f"<bpmn:flowNodeRef>{node}</bpmn:flowNodeRef>")]
    return before.rsplit('<bpmn:lane id="', 1)[1].split('"')[0]


def test_an_activity_moves_to_another_lane() -> None:
    home = _lane_of("kegiatan_4")
    other = "pelaksana_1" if home != "pelaksana_1" else "pelaksana_2"
    ref = "<bpmn:flowNodeRef>kegiatan_4</bpmn:flowNodeRef>"
    without = XML.replace(ref, "")
    place = without.index("<bpmn:flowNodeRef>", without.index(f'<bpmn:lane id="{other}"'))
    new = without[:place] + ref + without[place:]
    found = compare(parse_diagram(XML.encode()), parse_diagram(new.encode()))
    moved = [one for one in found if one.kind == "moved"]
    assert moved[0].element == "kegiatan_4"
    assert moved[0].before != moved[0].after
    assert {one.kind for one in found} == {"moved"}


def test_lanes_with_other_ids_are_the_same_lanes() -> None:
    assert differences(('id="pelaksana_', 'id="jalur_')) == []


def test_a_renamed_lane_moves_nothing() -> None:
    found = differences(('name="Kabid Aptika"', 'name="Kepala Bidang Aptika"'))
    assert {(one.kind, one.part, one.field) for one in found} == {("changed", "lane", "name")}


def test_a_lane_that_came_and_one_that_went() -> None:
    lane = '<bpmn:lane id="tambahan" name="Baru"><bpmn:flowNodeRef>tiada</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    change = ("</bpmn:laneSet>", lane)
    assert told(differences(change)) == [("added", "tambahan", "")]
    newer = XML.replace(*change)
    gone = compare(parse_diagram(newer.encode()), parse_diagram(XML.encode()))
    assert told(gone) == [("removed", "tambahan", "")]


def _attribute(element: str, name: str) -> str:
    """The first `name="…"` behind the beginning of an element."""
    tail = XML[XML.index(f'id="{element}"') :]
    start = tail.index(f'{name}="')
    return tail[start : tail.index('"', start + len(name) + 2) + 1]


def test_the_time_allowed_changed() -> None:
    before = _attribute("kegiatan_1", "waktu")
    first = XML.index(before, XML.index('id="kegiatan_1"'))
    new = XML[:first] + 'waktu="99 Hari"' + XML[first + len(before) :]
    found = compare(parse_diagram(XML.encode()), parse_diagram(new.encode()))
    assert [(one.kind, one.element, one.field, one.after) for one in found] == [
        ("quality", "kegiatan_1", "words", "99 Hari")
    ]


def test_of_requirements_only_what_came_and_went_is_told() -> None:
    found = differences(("<sop:kelengkapan>", "<sop:kelengkapan>Meterai</sop:kelengkapan><sop:kelengkapan>"))
    assert {(one.kind, one.field, one.before) for one in found} == {("quality", "requirements", "")}
    assert found[0].after == "Meterai"


def test_a_condition_and_a_default_changed() -> None:
    condition = XML[XML.index("<bpmn:conditionExpression") :]
    text = condition[condition.index(">") + 1 : condition.index("<", 1)]
    found = differences((f">{text}<", ">kelengkapan = null<"))
    assert {one.kind for one in found} == {"condition"}
    assert (found[0].before, found[0].after) == (text.strip().removeprefix("=").strip(), "kelengkapan = null")
    default = XML[XML.index(' default="') :].split('"')[1]
    gone = differences((f' default="{default}"', ""))
    assert told(gone) == [("condition", default, "default")]


def test_flows_with_other_ids_are_the_same_flows() -> None:
    flow = XML[XML.index("<bpmn:sequenceFlow ") :].split('id="')[1].split('"')[0]
    assert differences((f'"{flow}"', '"Flow_0a1b2c3"'), (f">{flow}<", ">Flow_0a1b2c3<")) == []


def test_a_flow_to_nothing_is_compared_as_written() -> None:
    tail = XML[XML.index("<bpmn:sequenceFlow ") :]
    target = tail[tail.index('targetRef="') : tail.index('"', tail.index('targetRef="') + 11) + 1]
    new = XML.replace(target, 'targetRef="tiada"', 1)
    found = compare(parse_diagram(XML.encode()), parse_diagram(new.encode()))
    assert [(one.kind, one.part, one.field) for one in found] == [("changed", "flow", "ends")]
    assert "tiada" in found[0].after


def test_what_is_added_on_one_side_is_removed_on_the_other() -> None:
    task = '<bpmn:userTask id="tambahan" name="Baru"/><bpmn:sequenceFlow id="ke_mana" sourceRef="tambahan"/>'
    task += "</bpmn:process>"
    newer = XML.replace("</bpmn:process>", task)
    forth = compare(parse_diagram(XML.encode()), parse_diagram(newer.encode()))
    back = compare(parse_diagram(newer.encode()), parse_diagram(XML.encode()))
    assert told(forth) == [("added", "tambahan", ""), ("added", "ke_mana", "")]
    assert [(one.kind, one.element) for one in back] == [("removed", "tambahan"), ("removed", "ke_mana")]


@pytest.mark.parametrize(
    ("change", "kind", "field"),
    [
        (lambda xml: xml.replace('kerahasiaan="biasa"', 'kerahasiaan="terbatas"'), "changed", "confidentiality"),
        (lambda xml: xml.replace(".kegiatan_1\"", '.lain"'), "form", "form_key"),
        (lambda xml: xml.replace("PROSEDUR PEMBUATAN AKUN SPLP", "PEMBUATAN AKUN"), "changed", "name"),
        (lambda xml: xml.replace("P1D", "P2D").replace("PT1H", "PT2H"), "changed", "events"),
    ],
)  # fmt: skip
def test_each_kind_of_change(change: Callable[[str], str], kind: str, field: str) -> None:
    found = compare(parse_diagram(XML.encode()), parse_diagram(change(XML).encode()))
    assert (kind, field) in {(one.kind, one.field) for one in found}
