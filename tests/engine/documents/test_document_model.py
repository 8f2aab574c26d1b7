"""What becomes a row, which ways lead between rows, and what the notes say."""

import pytest

from engine.diagram.model import EventDefinition, QualityStandard
from engine.documents.document_model import Arrow, Matrix, matrix_of
from engine.documents.document_words import date_words, total_words
from small_nets import limited, net, timer


def arrows(matrix: Matrix) -> set[tuple[str, str, str]]:
    return {(matrix.rows[one.source].id, matrix.rows[one.target].id, one.label) for one in matrix.arrows}


def test_a_decision_behind_an_activity_is_its_diamond() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "g": {"kind": "exclusiveGateway", "name": "Lengkap?"}, "b": "userTask"}
    drawn = matrix_of(net({**nodes, "e": "endEvent"}, ["s -> a", "a -> g", "ya: g -> b", "tidak: g -> e", "b -> e"]))
    assert [(row.id, row.symbol, row.starts, row.ends, row.end_label) for row in drawn.rows] == [
        ("a", "diamond", True, True, "tidak"),
        ("b", "box", False, True, ""),
    ]
    assert drawn.arrows == (Arrow(0, 1, "ya"),)
    assert drawn.decisions == ("1: Lengkap? ya → 2; tidak → selesai.",)


def test_a_decision_of_its_own_has_a_row() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "m": "exclusiveGateway", "g": "exclusiveGateway", "b": "userTask"}
    flows = ["s -> a", "a -> m", "m -> g", "ya: g -> b", "tidak: g -> a", "b -> e"]
    drawn = matrix_of(net({**nodes, "e": "endEvent"}, flows))
    assert [(row.id, row.symbol) for row in drawn.rows] == [("a", "box"), ("g", "diamond"), ("b", "box")]
    assert arrows(drawn) == {("a", "g", ""), ("g", "b", "ya"), ("g", "a", "tidak")}


def test_parallel_work_is_drawn_and_said() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "f": "parallelGateway", "b": "userTask", "c": "userTask"}
    flows = ["s -> a", "a -> f", "f -> b", "f -> c", "b -> j", "c -> j", "j -> d", "d -> e"]
    drawn = matrix_of(net({**nodes, "j": "parallelGateway", "d": "userTask", "e": "endEvent"}, flows))
    assert arrows(drawn) == {("a", "b", ""), ("a", "c", ""), ("b", "d", ""), ("c", "d", "")}
    assert drawn.notes == ("Sesudah kegiatan 1, kegiatan 2 dan 3 berjalan bersamaan.",)


def test_the_inside_of_a_subprocess_stands_in_its_place() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "u": "subProcess", "b": "userTask", "e": "endEvent"}
    inner = {"is": "startEvent", "x": "userTask", "ie": "endEvent"}
    flows = ["s -> a", "a -> u", "u -> b", "b -> e", "is -> x", "x -> ie"]
    drawn = matrix_of(net({**nodes, **inner}, flows, dict.fromkeys(inner, "u")))
    assert [row.id for row in drawn.rows] == ["a", "x", "b"]
    assert arrows(drawn) == {("a", "x", ""), ("x", "b", "")}


def test_timers_that_only_escalate_are_not_drawn_others_are() -> None:
    escalation = {"kind": "endEvent", "events": (EventDefinition("escalation"),)}
    watch = {"kind": "boundaryEvent", "attached_to": "a", "events": timer("P1D"), "interrupting": False}
    cut = {**watch, "interrupting": True, "name": "lewat 3 hari"}
    nodes = {"s": "startEvent", "a": "userTask", "b": "userTask", "e": "endEvent", "x": escalation}
    flows = ["s -> a", "a -> e", "b -> e", "t -> x", "c -> b"]
    drawn = matrix_of(net({**nodes, "t": watch, "c": cut}, flows))
    assert arrows(drawn) == {("a", "b", "lewat 3 hari")}


@pytest.mark.parametrize(
    ("standards", "words"),
    [
        ([limited("P1D"), limited("P2D"), limited("PT90M")], "3 hari kerja 1 jam 30 menit"),
        ([limited("PT30M"), limited("P1M", "kalender")], "30 menit ditambah 1 bulan"),
        ([limited("PT30M"), None], "30 menit, belum termasuk 1 kegiatan tanpa batas waktu tetap (No. 2)"),
        ([QualityStandard()], "Tidak dapat dijumlahkan: tidak ada kegiatan yang menyebut batas waktu."),
    ],
)
def test_the_total_is_honest(standards: list[QualityStandard | None], words: str) -> None:
    assert total_words([(str(place), one) for place, one in enumerate(standards, start=1)]) == words


@pytest.mark.parametrize(
    ("text", "words"), [("2023-01-06", "6 Januari 2023"), ("", "–"), ("awal tahun 2023", "awal tahun 2023")]
)
def test_dates_in_words(text: str, words: str) -> None:
    assert date_words(text) == words
