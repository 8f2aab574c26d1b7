"""Importing tables over HTTP: our own bring no guesses, documents list theirs."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def test_a_sheet_becomes_a_draft_diagram(http: Any) -> None:
    for name in ("lembar-sop.csv", "lembar-sop.xlsx"):
        body = (ROOT / "docs" / "templates" / name).read_bytes()
        answer = http.post("/definitions/import", "analis", data=body, content_type="application/octet-stream")
        assert answer.status_code == 200
        draft = answer.get_json()
        assert (draft["key"], draft["valid"], draft["guesses"]) == ("contoh-sop-pelayanan", True, [])
        assert "<bpmn:userTask" in draft["bpmn"]


def test_an_official_document_reads_back_with_its_guesses(http: Any) -> None:
    key = "prosedur-pembuatan-akun-splp"
    document = http.get(f"/definitions/{key}/document.docx", "analis").get_data()
    draft = http.post(
        "/definitions/import", "analis", data=document, content_type="application/octet-stream"
    ).get_json()
    assert draft["name"] == "PROSEDUR PEMBUATAN AKUN SPLP"
    assert {guess["column"] for guess in draft["guesses"]} >= {"Alur"}
    assert draft["bpmn"].count("<bpmn:userTask") == 7


def test_a_mistake_names_row_and_column(http: Any) -> None:
    body = (ROOT / "docs" / "templates" / "lembar-sop.csv").read_text(encoding="utf-8-sig").replace(";x;;;", ";;;;", 1)
    answer = http.post("/definitions/import", "analis", data=body.encode(), content_type="text/csv")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["column"] == "Pelaksana"


def test_a_corrected_table_becomes_a_draft_with_forms(http: Any) -> None:
    body = (ROOT / "docs" / "templates" / "lembar-sop.csv").read_bytes()
    table = http.post("/definitions/import", "analis", data=body, content_type="text/csv").get_json()["table"]
    table["key"] = "dari-lembar"
    made = http.post("/definitions/import/draft", "analis", json=table)
    assert (made.status_code, made.get_json()["key"]) == (201, "dari-lembar")
    assert "dari-lembar.mulai" in http.get("/drafts/dari-lembar", "analis").get_json()["forms"]
    assert http.post("/definitions/import/draft", "analis", json=table).status_code == 409
    assert http.post("/definitions/import/draft", "auditor", json=table).status_code == 403
    table["rows"][0]["no"] = "9" * 30
    wrong = http.post("/definitions/import/draft", "analis", json=table | {"key": "lain"})
    assert (wrong.status_code, wrong.get_json()["errors"][0]["column"]) == (422, "No")
