"""Search at the auditor's desk without script: what a filter means, what is wrong with one, where a page goes on."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.clock import TestClock
from engine.queries import search
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


@pytest.fixture
def auditor(visitor: Visit, clock: TestClock) -> Visitor:
    """An auditor, and two requests, the second an hour younger."""
    citizen = visitor().log_in("warga")
    for about in ("Akun pajak", "Akun perizinan"):
        citizen.get(f"/layanan/{KEY}/ajukan")
        citizen.post(f"/layanan/{KEY}/ajukan", {"perihal": about})
        clock.advance(timedelta(hours=1))
    return visitor().log_in("auditor")


def test_a_filter_is_said_in_words(auditor: Visitor) -> None:
    body = auditor.get(
        f"/audit?orang=warga&sebagai=pemohon&sop={KEY}&dari=2026-03-01&sampai=2026-03-05&status=running&data=perihal+~+pajak"
    ).text
    for words in (
        "diajukan oleh warga", "memakai SOP PROSEDUR PEMBUATAN AKUN SPLP", "dimulai sejak 1 Maret 2026",
        "dimulai paling lambat 5 Maret 2026", "berstatus Berjalan", "datanya sekarang perihal ~ pajak",
    ):  # fmt: skip
        assert words in body
    assert "000001" in body
    assert "000002" not in body
    assert "Tidak ada permohonan" in auditor.get("/audit?sampai=2026-03-04").text


@pytest.mark.parametrize(
    ("filled", "words"),
    [("dari=kemarin", "Tulis tanggal sebagai"), ("sampai=9999-12-31", "Tahun harus antara 1900 dan 9000."),
     ("data=nama", "bukan syarat data"), ("status=ngawur", "Status tidak dikenal."),
     ("kursor=x", "Kursor tidak dikenal.")],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_is_refused_beside_what_was_typed(
    auditor: Visitor, filled: str, words: str
) -> None:
    answer = auditor.get(f"/audit?{filled}&orang=warga")
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="warga"' in answer.text


def test_a_long_search_says_how_far_it_looked_and_goes_on(auditor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "STRETCHES", (1,))
    assert "Baru diperiksa permohonan yang dimulai sesudah:" in auditor.get("/audit?data=perihal+~+pajak").text
    assert "000001" in auditor.get(auditor.link(r"/audit\?[^\"]*kursor=[^\"]+")).text


def test_the_list_alone_is_what_the_script_asks_for(auditor: Visitor) -> None:
    body = auditor.get("/audit?q=2", headers={"HX-Request": "true"}).text
    assert "<html" not in body
    assert "000002" in body
