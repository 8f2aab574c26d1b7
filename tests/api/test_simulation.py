"""Simulation and documents through the API: who may, what comes back, what is refused."""

import io
from typing import Any

import pdfplumber
import pytest

KEY = "prosedur-pembuatan-akun-splp"
SCENARIO = {
    "requests": 200,
    "seed": 7,
    "arrivals": {"per_day": 5},
    "effort": 0.1,
    "branches": {"keputusan_4": {"tidak lengkap": 0.2}},
    "staff": {"trenggalek-kabid-aptika": 2},
}


def test_the_same_scenario_gives_the_same_answer(http: Any) -> None:
    first, second = (http.post(f"/definitions/{KEY}/simulate", "analis", json=SCENARIO) for _ in range(2))
    assert first.status_code == 200 and first.json == second.json
    assert first.json["requests"] == 200 and len(first.json["activities"]) == 7
    staff = {role["role"]: role["staff"] for role in first.json["roles"]}
    assert staff["trenggalek-kabid-aptika"] == 2 and staff["pemohon"] is None


def test_nothing_needs_to_be_said(http: Any) -> None:
    assert http.post(f"/definitions/{KEY}/simulate", "analis", json={}).json["requests"] == 1000


@pytest.mark.parametrize(("who", "status"), [("warga", 403), (None, 401), ("analis", 200)])
def test_who_may_simulate(http: Any, who: str | None, status: int) -> None:
    assert http.post(f"/definitions/{KEY}/simulate", who, json={"requests": 5}).status_code == status


@pytest.mark.parametrize(
    ("change", "field"),
    [({"requests": 20_001}, "requests"), ({"seed": -1}, "seed"), ({"staf": {}}, "staf"), ({"effort": 2}, "effort")],
)
def test_wrong_fields_are_named(http: Any, change: dict[str, Any], field: str) -> None:
    refused = http.post(f"/definitions/{KEY}/simulate", "analis", json={**SCENARIO, **change})
    assert refused.status_code == 422 and refused.json["code"] == "invalid_scenario"
    assert [error["field"] for error in refused.json["errors"]] == [field]


def test_unknown_definition(http: Any) -> None:
    assert http.post("/definitions/tidak-ada/simulate", "analis", json={}).status_code == 404


@pytest.mark.parametrize(("paper", "width"), [("folio", 330), ("a4", 297), ("a3", 420)])
def test_the_document_comes_on_the_paper_asked_for(http: Any, paper: str, width: int) -> None:
    answer = http.get(f"/definitions/{KEY}/document.pdf?paper={paper}", "analis")
    with pdfplumber.open(io.BytesIO(answer.data)) as pdf:
        assert round(float(pdf.pages[0].width) / 72 * 25.4) == width
    assert http.get(f"/definitions/{KEY}/document.pdf?paper=b5", "analis").status_code == 422
