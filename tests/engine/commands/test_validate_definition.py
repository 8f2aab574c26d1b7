"""Validation answers with everything at once, and shows what each timer means."""

from engine.assignment import Actor
from engine.commands.validate_definition import validate_definition
from engine.context import Context
from tests_support import ACCOUNT, ROOT, small


def test_a_good_sop_shows_the_next_moments_of_its_timers(service: Context, analyst: Actor) -> None:
    xml = (ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes()
    forms = {path.stem: path.read_bytes() for path in (ROOT / "forms").glob(f"{ACCOUNT}.*.json")}
    verdict = validate_definition(service, analyst, xml, forms=forms)
    assert verdict["valid"]
    first = verdict["timers"][0]
    assert (first["element"], first["text"]) == ("batas_1", "P1D")
    assert first["next"] == ["2026-03-06T08:30:00.000000Z"]  # Friday at closing time, in Ramadan


def test_all_problems_come_in_one_answer(service: Context, analyst: Actor) -> None:
    body = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="hilang"/>
    <bpmn:userTask id="a"/><bpmn:boundaryEvent id="b" attachedToRef="tiada"/><bpmn:complexGateway id="c"/>"""
    verdict = validate_definition(service, analyst, small(body), profile="bpmn")
    assert not verdict["valid"]
    assert {"f1", "b", "c"} <= {one["element"] for one in verdict["findings"] if one["severity"] == "error"}


def test_what_is_no_diagram_is_described(service: Context, analyst: Actor) -> None:
    verdict = validate_definition(service, analyst, b"halo")
    assert (verdict["valid"], verdict["timers"]) == (False, [])


def test_a_form_that_cannot_be_used_is_told_in_both_languages(service: Context, analyst: Actor) -> None:
    forms = {"rusak": b"{", "asing": b'{"type": "default", "id": "x", "components": [{"type": "wrong", "key": "a"}]}'}
    xml = (ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes()
    verdict = validate_definition(service, analyst, xml, forms=forms)
    found = {one["element"]: one for one in verdict["findings"] if one["rule"] == "form"}
    assert not verdict["valid"]
    assert found["rusak"]["message"] == "Berkas ini tidak dapat dibaca sebagai formulir (form-js, JSON)."
    assert found["asing"]["message"] == "Komponen 'wrong' tidak dikenal; pakai komponen dari palet."
    assert all(one["message_en"].startswith("Expected") and one["cure"] for one in found.values())
