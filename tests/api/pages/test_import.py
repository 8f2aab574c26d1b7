"""Importing an SOP on a page: what is recognised and guessed, corrections, refusals; by analysts only."""

import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from engine.context import Context
from engine.queries.documents import sop_document
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
SHEET = (Path(__file__).resolve().parents[3] / "bpmn" / "sheets" / f"{KEY}.csv").read_bytes()
Visit = Callable[[], Visitor]


@pytest.fixture
def analyst(visitor: Visit) -> Visitor:
    return visitor().log_in("analis")


def upload(visitor: Visitor, data: bytes, name: str = "sop.docx") -> int:
    return visitor.post("/sop/impor", {"file": (io.BytesIO(data), name)}).status_code


def fields(visitor: Visitor) -> dict[str, Any]:
    """The fields of the review as a browser would post them."""
    found: dict[str, Any] = {}
    whole = re.compile(
        r'<input[^>]* name="(?P<a>\w+)"(?: list="\w+")? value="(?P<b>[^"]*)"(?P<no>[^>]*)>'
        r'|<textarea[^>]* name="(?P<c>\w+)"[^>]*>(?P<d>.*?)</textarea>'
        r'|<select[^>]* name="(?P<e>\w+)"[^>]*>(?P<f>.*?)</select>',
        re.DOTALL,
    )
    for one in whole.finditer(visitor.body):
        name, value = one["a"] or one["c"] or one["e"], one["b"] or one["d"] or ""
        if one["e"]:
            chosen = re.search(r'<option(?: value="([^"]*)")? selected>([^<]*)', one["f"])
            value = (chosen[1] if chosen and chosen[1] is not None else chosen and chosen[2]) or ""
        if name not in ("_csrf", "drop"):
            found.setdefault(name, []).append(unescape(value))
    return found


def test_an_official_document_shows_what_was_guessed(analyst: Visitor, service: Context) -> None:
    assert upload(analyst, sop_document(service, KEY, "docx")) == 200
    assert "tebakan untuk diperiksa" in analyst.body
    assert "disimpulkan dari namanya" in analyst.body
    assert "keputusan dari kata-kata kegiatan" in analyst.body
    assert analyst.body.count('name="activity"') == 7
    assert "Kepala Dinas" in analyst.body


def test_a_pdf_is_read_completed_by_a_row_and_becomes_a_draft(analyst: Visitor, service: Context) -> None:
    assert upload(analyst, sop_document(service, KEY, "pdf"), "sop.pdf") == 200
    typed = fields(analyst)
    assert "tebakan untuk diperiksa" in analyst.body
    assert "Mendisposisi surat permohonan" in typed["activity"][1]
    count = len(typed["line"])
    assert count == 7
    fresh = str(max(map(int, typed["line"])) + 1)
    assert f'formaction="/sop/impor/baris#baris-{fresh}"' in analyst.body
    assert analyst.post("/sop/impor/baris", typed | {"add": typed["line"][0]}).status_code == 200
    longer = fields(analyst)
    assert (longer["line"][1], longer["performer"][1], longer["activity"][1]) == (fresh, typed["performer"][0], "")
    longer["no"][1], longer["activity"][1], longer["time"][1] = "1a", "Mencatat surat masuk", "1 hari"
    assert analyst.post("/sop/impor/baris", longer | {"drop": longer["line"][-1]}).status_code == 200
    rest = fields(analyst)
    assert len(rest["line"]) == count
    assert rest["activity"][1] == "Mencatat surat masuk"
    rest["flow"][-1] = ""
    assert analyst.post("/sop/impor/terima", rest | {"key": ["dari-pdf"]}).status_code == 303
    assert "Mencatat surat masuk" in analyst.get("/sop/dari-pdf/konsep").get_json()["xml"]


def test_performers_are_added_and_taken_out(analyst: Visitor) -> None:
    upload(analyst, SHEET, "sop.csv")
    typed = fields(analyst)
    assert analyst.post("/sop/impor/baris", typed | {"add_performer": "1"}).status_code == 200
    longer = fields(analyst)
    assert longer["performer_name"] == [*typed["performer_name"], ""]
    assert longer["performer"] == typed["performer"]
    analyst.post("/sop/impor/baris", longer | {"drop_performer": "2"})
    rest = fields(analyst)
    assert rest["performer_name"] == [typed["performer_name"][0], *longer["performer_name"][2:]]
    moved = {"1": "1", "2": "", "3": "2", "4": "3"}
    assert [one or "0" for one in rest["performer"]] == [moved[one] or "0" for one in typed["performer"]]


def test_a_sheet_of_ours_brings_no_guesses(analyst: Visitor) -> None:
    assert upload(analyst, SHEET, "sop.csv") == 200
    assert "Tidak ada yang ditebak" in analyst.body
    assert "Tabel ini menjadi diagram yang sah" in analyst.body


def test_what_is_corrected_is_judged_again_and_what_is_wrong_is_named(analyst: Visitor) -> None:
    upload(analyst, SHEET, "sop.csv")
    typed = fields(analyst)
    typed["time"][1] = "kapan-kapan saja"
    typed["performer_role"][0] = "Bukan Peran"
    assert analyst.post("/sop/impor/periksa", typed).status_code == 422
    assert "Tulis peran seperti" in analyst.body
    assert "Bukan Peran" in analyst.body
    typed = fields(analyst)
    typed["performer_role"][0] = "pemohon"
    assert analyst.post("/sop/impor/periksa", typed).status_code == 422
    line = typed["line"][1]
    assert f'<a href="#baris-{line}">Baris {line}, kolom Waktu</a>' in analyst.body
    assert "tidak dapat dibaca; tulis misalnya" in analyst.body


def test_the_corrected_table_comes_back_as_a_sheet(analyst: Visitor) -> None:
    upload(analyst, SHEET, "sop.csv")
    typed = fields(analyst)
    typed["activity"][0] = "Kalimat yang dibetulkan"
    workbook = analyst.post("/sop/impor/lembar.xlsx", typed)
    analyst.get("/sop/impor")
    answer = analyst.post("/sop/impor/lembar.csv", typed)
    assert workbook.data.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]
    analyst.get("/sop/impor")
    assert upload(analyst, answer.data, "sop.csv") == 200
    assert "Kalimat yang dibetulkan" in analyst.body


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "Pilih berkas yang ada isinya"), (b"PK\x03\x04rusak", "rusak"), (b"%PDF-1.4 rusak", "PDF"),
        (b"\xff\xfe\x00", "CSV UTF-8"), (b"a;b\n1;2\n", "pakai templat"),
        (SHEET.replace("→ lanjut".encode(), "→ entah".encode(), 1), "bukan baris tabel ini"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_are_refused_with_a_reason(analyst: Visitor, data: bytes, expected: str) -> None:
    assert upload(analyst, data, "x") == 422
    assert expected in analyst.body


def test_too_large_a_file(analyst: Visitor) -> None:
    assert upload(analyst, b"a;b\n" * 200_000, "x.csv") == 413
    assert "terlalu besar" in analyst.body


def test_a_review_with_nothing_in_it_is_refused(analyst: Visitor) -> None:
    assert analyst.post("/sop/impor/periksa", {}).status_code == 422
    assert analyst.post("/sop/impor/periksa", {"line": ["x"], "performer": ["9" * 50]}).status_code == 422


def test_what_is_accepted_becomes_a_draft_with_its_forms(analyst: Visitor, service: Context) -> None:
    upload(analyst, sop_document(service, KEY, "docx"))
    typed = fields(analyst)
    typed["key"], typed["flow"][3] = ["splp-dari-dokumen"], "lengkap → lanjut; tidak lengkap → 1"
    answer = analyst.post("/sop/impor/terima", typed)
    assert (answer.status_code, answer.location) == (303, "/sop/splp-dari-dokumen/rancang")
    made = analyst.get("/sop/splp-dari-dokumen/konsep").get_json()
    assert made["name"] == "PROSEDUR PEMBUATAN AKUN SPLP"
    assert made["xml"].count("<bpmn:userTask") == 7
    assert len(made["forms"]) == 8
    assert "tidak lengkap" in str(made["forms"]["splp-dari-dokumen.kegiatan_4"])


def test_a_key_that_is_taken_or_a_mistake_leaves_everything_on_the_page(analyst: Visitor) -> None:
    upload(analyst, SHEET, "sop.csv")
    typed = fields(analyst)
    typed["activity"][0] = "Kalimat yang dibetulkan"
    assert analyst.post("/sop/impor/terima", typed | {"key": ["Bukan Kunci"]}).status_code == 422
    assert "Kalimat yang dibetulkan" in analyst.body
    assert analyst.post("/sop/impor/terima", typed).status_code == 303
    analyst.get("/sop/impor")
    assert analyst.post("/sop/impor/terima", typed).status_code == 409
    assert "Sudah ada rancangan dengan kunci ini" in analyst.body
    assert "Kalimat yang dibetulkan" in analyst.body


def test_the_template_is_a_sheet(analyst: Visitor) -> None:
    template = analyst.get("/sop/impor/templat.csv").data
    assert analyst.get("/sop/impor/templat.xlsx").data.startswith(b"PK")
    analyst.get("/sop/impor")
    assert upload(analyst, template, "x.csv") == 200
    assert analyst.get("/sop/impor/templat.exe").status_code == 404


@pytest.mark.parametrize("who", ["warga", "auditor", "trenggalek-kabid-aptika"])
def test_others_may_not_import(visitor: Visit, who: str) -> None:
    other = visitor().log_in(who)
    assert other.get("/sop/impor").status_code == 403
    assert upload(other, SHEET) == 403
    for act in ("periksa", "baris", "lembar.csv", "terima"):
        assert other.post(f"/sop/impor/{act}", {}).status_code == 403


def test_strangers_are_sent_to_the_login(visitor: Visit) -> None:
    answer = visitor().get("/sop/impor")
    assert (answer.status_code, answer.location) == (302, "/masuk?lanjut=/sop/impor")
