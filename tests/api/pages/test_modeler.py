"""The modeler's page and what it asks the server: who may, how Waktu and FEEL are read, what a drawing would do."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from browser_support import KEY
from pages_support import Visitor

ROOT = Path(__file__).parents[3]
DRAWING = (ROOT / "bpmn" / f"{KEY}.bpmn").read_text(encoding="utf-8")
PAGE = f"/sop/{KEY}/rancang"
SCENARIO = {"requests": 20, "seed": 3, "arrivals": {"per_day": 2}}
SCRIPTS = ROOT / "web" / "src"


@pytest.fixture
def analyst(visitor: Callable[[], Visitor]) -> Visitor:
    return visitor().log_in("analis")


def test_the_page_brings_what_a_drawing_may_refer_to_and_says_that_it_needs_a_script(analyst: Visitor) -> None:
    body = analyst.get(PAGE).text
    assert "memerlukan JavaScript" in body
    setup = json.loads(re.findall(r'id="setup">(.+?)</script>', body)[0])
    assert setup["key"] == KEY
    assert {"key": "pemohon", "name": "Pemohon"} in setup["roles"]
    assert KEY in setup["processes"]


@pytest.mark.parametrize("path", [PAGE, "/sop/waktu", f"/sop/{KEY}/simulasi", f"/sop/{KEY}/tata"])
def test_only_analysts(visitor: Callable[[], Visitor], path: str) -> None:
    body = {"words": "1 hari", "xml": DRAWING, "scenario": SCENARIO}

    def call(who: Visitor) -> int:
        return (who.get(path) if path == PAGE else who.send(path, body)).status_code

    assert call(visitor()) == (302 if path == PAGE else 401)
    for name in ("warga", "auditor", "pimpinan"):
        assert call(visitor().log_in(name)) == 403, name
    assert call(visitor().log_in("analis")) == 200


def test_waktu_is_read_by_the_server(analyst: Visitor) -> None:
    read = analyst.send("/sop/waktu", {"words": "14 s.d. 30 hari"}).json
    assert read == {"min": "P14D", "max": "P30D", "kalender": "kerja", "readable": True}
    assert analyst.send("/sop/waktu", {"words": "entah"}).json["readable"] is False
    for wrong in ({}, {"words": 3}, {"words": "x" * 501}):
        assert analyst.send("/sop/waktu", wrong).status_code == 422


def test_feel_is_checked_as_it_is_typed(analyst: Visitor, visitor: Callable[[], Visitor]) -> None:
    assert visitor().send("/sop/feel", {"expression": "1"}).status_code == 401
    typed = {"expression": 'keputusn = "ya"', "kind": "condition", "names": ["keputusan"]}
    typo = analyst.send("/sop/feel", typed).json
    assert typo["valid"] is False
    assert typo["findings"][0]["suggestion"] == "keputusan"
    assert analyst.send("/sop/feel", {"expression": "1 + 1"}).json["type"] == "number"
    for wrong in ({}, {"expression": 1}, {"expression": "1", "kind": "python"}, {"expression": "1", "names": [3]}):
        assert analyst.send("/sop/feel", wrong).status_code == 422, wrong


def test_a_drawing_is_simulated_and_a_wrong_one_refused_with_its_errors(analyst: Visitor) -> None:
    path = f"/sop/{KEY}/simulasi"
    result = analyst.send(path, {"xml": DRAWING, "scenario": SCENARIO}).json
    assert result["requests"] == 20
    slower = {**SCENARIO, "activities": {"kegiatan_2": {"duration": {"kind": "constant", "mean": "P20D"}}}}
    longer = analyst.send(path, {"xml": DRAWING, "scenario": slower}).json
    assert longer["office_hours"]["mean"] > result["office_hours"]["mean"]
    torn = DRAWING.replace('targetRef="kegiatan_2"', 'targetRef="hilang"')
    broken = analyst.send(path, {"xml": torn, "scenario": {}})
    assert broken.status_code == 422
    assert {"flow_ends"} <= {one["rule"] for one in broken.json["errors"]}
    wrong = [{"xml": 1}, {"xml": "bukan xml"}]
    wrong += [{"xml": DRAWING, "scenario": one} for one in ([], {"requests": 5_001}, {"seed": -1})]
    for body in wrong:
        assert analyst.send(path, body).status_code == 422, str(body)[-80:]


def test_branches_begin_as_history_went(analyst: Visitor, visitor: Callable[[], Visitor]) -> None:
    path = f"/sop/{KEY}/simulasi"
    assert analyst.get(path).json == {"requests": 0, "flows": {}}
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    citizen.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun"})
    seen = analyst.get(path).json
    assert (seen["requests"], seen["flows"]) == (1, {"alur_mulai_kegiatan_1": 1})
    assert visitor().log_in("pimpinan").get(path).status_code == 200
    assert citizen.get(path).status_code == 403


def test_a_drawing_is_laid_out_anew_or_refused(analyst: Visitor) -> None:
    path = f"/sop/{KEY}/tata"
    assert "BPMNShape" in analyst.send(path, {"xml": DRAWING}).json["xml"]
    two = DRAWING.replace("<bpmn:participant ", '<bpmn:participant id="x"/><bpmn:participant ')
    refused = analyst.send(path, {"xml": two})
    assert refused.status_code == 422
    assert "lebih dari satu kolam" in refused.json["errors"][0]["message"]
    assert analyst.send(path, {"xml": "bukan xml"}).status_code == 422


def test_a_key_that_is_not_deployed_yet_can_be_simulated(analyst: Visitor) -> None:
    assert analyst.send("/sop/belum-ada/simulasi", {"xml": DRAWING, "scenario": SCENARIO}).json["requests"] == 20


def test_every_text_of_the_scripts_has_its_english() -> None:
    known = json.loads((SCRIPTS / "lib" / "modeler" / "english.json").read_text(encoding="utf-8"))
    scripts = [SCRIPTS / "modeler.js", *(SCRIPTS / "lib" / "modeler").glob("*.js")]
    used = {one for path in scripts for one in re.findall(r'\bt\("([^"]+)"', path.read_text(encoding="utf-8"))}
    assert not used - known.keys()
    for indonesian, english in known.items():
        assert re.findall(r"\{\w+\}", indonesian) == re.findall(r"\{\w+\}", english), indonesian
