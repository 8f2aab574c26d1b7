"""The requirements checklist gates completion."""

from collections.abc import Callable
from typing import Any

import pytest

DECISION = {
    "type": "radio", "key": "keputusan", "validate": {"required": True}, "properties": {"keputusan": "true"},
    "values": [{"label": v, "value": v} for v in ("ya", "tidak", "tunda")],
}  # fmt: skip
CHECKLIST = {
    "type": "checklist", "key": "kelengkapan", "validate": {"required": True},
    "properties": {"semuaWajib": "true", "tanpaKelengkapan": "tidak, tunda"},
    "values": [{"label": f"Syarat {n}", "value": f"s{n}"} for n in range(1, 8)],
}  # fmt: skip
ALL = [f"s{n}" for n in range(1, 8)]


def test_everything_must_be_ticked(make: Callable[..., Any], errors: Callable[..., dict[str, str]]) -> None:
    form = make(DECISION, CHECKLIST)
    assert errors(form, {"keputusan": "ya", "kelengkapan": ALL}) == {}
    assert errors(form, {"keputusan": "ya", "kelengkapan": ALL[1:]}) == {"kelengkapan": "Belum lengkap: Syarat 1."}
    missing = "Belum lengkap: Syarat 1, Syarat 2, Syarat 3, Syarat 4, Syarat 5 dan 2 lainnya."
    for data in ({"keputusan": "ya", "kelengkapan": []}, {"keputusan": "ya"}, {"keputusan": "ya", "kelengkapan": None}):
        assert errors(form, data) == {"kelengkapan": missing}


@pytest.mark.parametrize("decision", ["tidak", "tunda"])
@pytest.mark.parametrize("ticked", [[], ["s2"], ALL])
def test_an_incomplete_file_may_be_sent_back(
    make: Callable[..., Any], check: Callable[..., dict[str, Any]], decision: str, ticked: list[str]
) -> None:
    data = {"keputusan": decision, "kelengkapan": ticked}
    assert check(make(DECISION, CHECKLIST), data) == data


def test_without_a_decision_field_nothing_waives_it(make: Callable[..., Any], errors: Callable[..., Any]) -> None:
    form = make(CHECKLIST | {"properties": {"semuaWajib": "true"}})
    assert list(errors(form, {"kelengkapan": ["s1"]})) == ["kelengkapan"]
    assert errors(form, {"kelengkapan": ALL}) == {}


def test_without_the_property_one_tick_is_enough(make: Callable[..., Any], errors: Callable[..., Any]) -> None:
    form = make(DECISION, CHECKLIST | {"properties": {}})
    assert errors(form, {"keputusan": "ya", "kelengkapan": ["s1"]}) == {}
    assert errors(form, {"keputusan": "ya", "kelengkapan": []}) == {"kelengkapan": "Wajib diisi."}


def test_a_decision_inside_a_group_counts(make: Callable[..., Any], errors: Callable[..., Any]) -> None:
    form = make({"type": "group", "path": "hasil", "components": [DECISION]}, CHECKLIST)
    assert errors(form, {"hasil": {"keputusan": "tidak"}, "kelengkapan": []}) == {}
    assert list(errors(form, {"hasil": {"keputusan": "ya"}, "kelengkapan": []})) == ["kelengkapan"]


def test_a_hidden_checklist_gates_nothing(make: Callable[..., Any], check: Callable[..., dict[str, Any]]) -> None:
    form = make(DECISION, CHECKLIST | {"conditional": {"hide": '=keputusan = "ya"'}})
    assert check(form, {"keputusan": "ya"}) == {"keputusan": "ya"}
