"""The start form without script: a draft with its uploads, its link, and what a refusal leaves."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
ASK = f"/layanan/{KEY}/ajukan"


def _letter() -> tuple[BytesIO, str]:
    return BytesIO(b"%PDF-1.7\n%%EOF\n"), "surat permohonan.pdf"


def _draft(warga: Visitor, **more: Any) -> str:
    warga.get(ASK)
    answer = warga.post(f"/layanan/{KEY}/konsep", {"perihal": "Akun", "berkas_permohonan": _letter(), **more})
    assert answer.status_code == 303, warga.body
    location: str = answer.location
    return location


def test_a_draft_is_taken_up_again_by_its_link_and_sent_with_its_file(visitor: Callable[[], Visitor]) -> None:
    link = _draft(visitor().log_in("warga"))
    later = visitor()
    assert f"/masuk?lanjut=/konsep/{link.rpartition('/')[2]}" in later.get(link).location.replace("%2F", "/")
    later.log_in("warga")
    body = later.get(link).text
    assert 'value="Akun"' in body and "surat permohonan.pdf" in body
    assert "Sabtu, 4 April 2026 08.00 WIB" in body
    file_id = body.split('name="berkas_permohonan" value="')[1].split('"')[0]
    assert "Lanjutkan konsep" in later.get("/permohonan").text
    later.get(link)
    sent = later.post(ASK, {"perihal": "Akun", "berkas_permohonan": file_id, "konsep": link.rpartition("/")[2]})
    assert "surat permohonan.pdf" in later.get(sent.location).text
    assert later.get(link).status_code == 404
    assert "Lanjutkan konsep" not in later.get("/permohonan").text


def test_a_refused_form_keeps_the_file_that_came_with_it(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    warga.get(ASK)
    assert warga.post(ASK, {"perihal": "x" * 30_000, "berkas_permohonan": _letter()}).status_code == 422
    assert "surat permohonan.pdf" in warga.body and "sudah terunggah" in warga.body


def test_a_form_sent_twice_is_one_request(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    page = warga.get(ASK).text
    form = {"_csrf": warga.token(), "perihal": "Akun", "kunci": page.split('name="kunci" value="')[1].split('"')[0]}
    first, again = warga.post(ASK, form), warga.post(ASK, form)
    assert (first.status_code, again.location) == (303, first.location)
    assert warga.post(ASK, form | {"perihal": "Akun lain"}).status_code == 409
    assert "sudah terkirim" in warga.body and first.location in warga.body and "Akun lain" in warga.body
    fresh = warga.body.split('name="kunci" value="')[1].split('"')[0]
    assert warga.post(ASK, {"perihal": "Akun lain", "kunci": fresh}).location != first.location
    assert warga.post(ASK, form | {"kunci": "x" * 121}).status_code == 422


def test_the_link_opens_for_its_writer_only(visitor: Callable[[], Visitor]) -> None:
    link = _draft(visitor().log_in("warga"))
    for who in ("admin", "auditor", "trenggalek-kabid-aptika"):
        other = visitor().log_in(who)
        assert other.get(link).status_code == 404
        assert other.post(link, {"perihal": "Diubah"}).status_code == 404
        assert other.post(f"{link}/hapus").status_code == 404
        assert other.get(ASK).status_code == 403
        assert other.post(f"/layanan/{KEY}/konsep", {}).status_code == 403


def test_a_draft_is_changed_by_a_script_and_thrown_away(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    link = _draft(warga)
    warga.get(link)
    answer = warga.send(link, {"data": {"perihal": "Akun baru"}})
    assert answer.json == {"message": "Konsep tersimpan.", "location": link}
    assert 'value="Akun baru"' in warga.get(link).text
    assert warga.send(link, {"data": []}).status_code == 422
    assert warga.post(f"{link}/hapus").location == "/permohonan"
    assert warga.get(link).status_code == 404
