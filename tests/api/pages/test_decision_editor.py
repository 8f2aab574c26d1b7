"""The decision editor's page: what it is given, the server's check, trying a decision, and who may."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.commands.deploy_decision import deploy_decision
from engine.context import Context
from pages_support import Visitor, begin_draft

KEY = "prosedur-pembuatan-akun-splp"
DECISION = f"/sop/{KEY}/keputusan/kewenangan-cuti"
DMN = (Path(__file__).resolve().parents[3] / "bpmn" / "kewenangan-cuti.dmn").read_text(encoding="utf-8")
Visit = Callable[[], Visitor]


@pytest.fixture
def analyst(visitor: Visit) -> Visitor:
    """An analyst with a draft of the SOP."""
    return begin_draft(visitor().log_in("analis"), KEY)


def test_a_deployed_decision_is_what_the_editor_begins_with(analyst: Visitor, service: Context) -> None:
    deploy_decision(service, None, DMN.encode())
    analyst.get(DECISION)
    assert "Dari versi yang diterapkan" in analyst.body
    assert "Kewenangan penandatanganan surat cuti" in analyst.body


def test_a_new_decision_begins_with_a_small_table(analyst: Visitor) -> None:
    analyst.get(f"/sop/{KEY}/keputusan/tarif")
    assert "Keputusan baru" in analyst.body
    assert "urn:alur:dmn:tarif" in analyst.body
    assert analyst.get(f"/sop/{KEY}/keputusan/a%20b").status_code == 422


def test_a_gap_is_told_with_an_example(analyst: Visitor) -> None:
    holed = DMN.replace('<text>"eselon IV"</text></inputEntry>\n        <inputEntry id="aturan_4_sel_2"',
                        '<text>"eselon II"</text></inputEntry>\n        <inputEntry id="aturan_4_sel_2"')  # fmt: skip
    assert holed != DMN
    verdict = analyst.send(f"{DECISION}/periksa", {"xml": holed}).get_json()
    rules = {one["rule"]: one for one in verdict["findings"]}
    assert "gap" in rules
    assert rules["gap"]["example"]["Jabatan"] == '"eselon IV"'
    good = analyst.send(f"{DECISION}/periksa", {"xml": DMN}).get_json()
    assert (good["valid"], good["findings"]) == (True, [])
    assert [one["name"] for one in good["inputs"]] == ["jabatan", "jenis cuti", "bertugas di setda", "di luar negeri"]
    assert good["inputs"][0]["label"] == "Jabatan"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [("<definitions", "<apa", "file"), ('id="kewenangan-cuti"', 'id="lain"', "key"),
     ("<text>jabatan</text>", "<text>jabatan +</text>", "feel_syntax")],
)  # fmt: skip
def test_what_is_wrong_is_named(analyst: Visitor, old: str, new: str, rule: str) -> None:
    verdict = analyst.send(f"{DECISION}/periksa", {"xml": DMN.replace(old, new)}).get_json()
    assert not verdict["valid"]
    assert rule in {one["rule"] for one in verdict["findings"]}
    assert all(one["message"] for one in verdict["findings"])


def test_a_decision_is_tried_before_it_is_deployed(analyst: Visitor) -> None:
    given = {"jabatan": "eselon II", "jenis cuti": "sakit", "bertugas di setda": True, "di luar negeri": True}
    result = analyst.send(f"{DECISION}/coba", {"xml": DMN, "variables": given}).get_json()
    assert result["value"] == "Bupati"
    assert [one["rule"] for one in result["rules"]] == ["aturan_1"]
    assert "Diasumsikan Bupati" in result["rules"][0]["assumption"]
    nothing = analyst.send(f"{DECISION}/coba", {"xml": DMN, "variables": {"jabatan": "lain"}}).get_json()
    assert (nothing["value"], nothing["rules"]) == (None, [])


@pytest.mark.parametrize("body", [{}, {"xml": 3}, {"xml": ""}, {"xml": "<a/>"}, {"xml": DMN, "variables": []},
                                  {"xml": DMN, "decision": 3}, {"xml": DMN, "decision": "tidak ada"}])  # fmt: skip
def test_bad_input_is_refused(analyst: Visitor, body: dict[str, Any]) -> None:
    assert analyst.send(f"{DECISION}/coba", body).status_code in (404, 422)


def test_a_saved_decision_belongs_to_the_draft(analyst: Visitor) -> None:
    etag = analyst.get(f"/sop/{KEY}/konsep").get_json()["etag"]
    saved = analyst.send(f"/sop/{KEY}/konsep/keputusan/kewenangan-cuti", {"xml": DMN}, "PUT", **{"If-Match": etag})
    assert saved.status_code == 200
    analyst.get(DECISION)
    assert 'data-known="yes"' in analyst.body


@pytest.mark.parametrize("who", ["warga", "auditor", "trenggalek-kabid-aptika"])
def test_others_may_neither_see_nor_try(visitor: Visit, analyst: Visitor, who: str) -> None:
    other = visitor().log_in(who)
    assert other.get(DECISION).status_code == 403
    for act in ("periksa", "coba"):
        assert other.send(f"{DECISION}/{act}", {"xml": DMN}).status_code == 403


def test_without_a_draft_there_is_no_editor(visitor: Visit) -> None:
    assert visitor().log_in("analis").get(DECISION).status_code == 404
    assert visitor().get(DECISION).status_code == 302
