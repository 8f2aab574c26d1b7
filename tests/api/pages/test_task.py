"""A task's page without script: form, decision, draft, comment, handing over, being too late, not being allowed."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from api.pages.files import PREVIEWABLE
from engine.clock import TestClock
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
HEAD, FIELD, STAFF = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika", "trenggalek-pejabat-fungsional-aptika"
Visit = Callable[[], Visitor]


@pytest.fixture
def warga(visitor: Visit) -> Visitor:
    """A citizen who has just asked, on the page of the first task."""
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    citizen.get(citizen.post(f"/layanan/{KEY}/ajukan", {}).location)
    citizen.get(citizen.link(r"/tugas/[^\"]+"))
    return citizen


def finish(visitor: Visitor, data: dict[str, object] | None = None) -> int:
    """Hands in the form of the task on the page."""
    found = re.search(r'action="(/tugas/[^"]+/selesai)"', visitor.body)
    etag = re.search(r'name="etag" value="([^"]*)"', visitor.body)
    assert found and etag, visitor.body
    filled = {"kelengkapan": "butir_1", "etag": etag[1].replace("&#34;", '"'), **(data or {})}
    return visitor.post(found[1], filled).status_code


def work(visitor: Visitor) -> Visitor:
    """Opens the first task of the inbox."""
    visitor.get("/tugas")
    visitor.get(visitor.link(r"/tugas/[0-9a-f]+-[^\"]+"))
    return visitor


def test_a_request_is_returned_once_and_goes_on(visitor: Visit, warga: Visitor) -> None:
    assert finish(warga) == 303
    for who in (HEAD, FIELD):
        assert finish(work(visitor().log_in(who))) == 303
    staff = work(visitor().log_in(STAFF))
    assert "Surat permohonan lengkap?" in staff.body
    assert "mengembalikan ke kegiatan: Membuat dan mengirim surat permohonan" in staff.body
    returned = {"keputusan_kegiatan_4": "tidak lengkap", "kelengkapan": []}
    assert finish(staff, returned) == 422
    assert "Tulis alasan pengembalian." in staff.body
    assert finish(staff, {**returned, "catatan_kegiatan_4": "KTP belum ada"}) == 303
    warga.get("/permohonan")
    assert "Membuat dan mengirim surat permohonan" in warga.body
    again = warga.get(warga.link(r"/tugas/[^\"]+")).text
    assert "KTP belum ada" in again  # the reason stands in what happened so far


def test_the_inbox_says_what_is_left_in_working_time(visitor: Visit, warga: Visitor) -> None:
    finish(warga)
    head = visitor().log_in(HEAD)
    body = head.get("/tugas").text
    assert "sisa 1 hari kerja" in body
    assert "Jumat, 6 Maret 2026 15.30 WIB" in body
    assert "Tidak ada tugas yang cocok" in head.get("/tugas?terlambat=ya").text
    assert "Mendisposisi" in head.get("/tugas?q=disposisi&milik=bebas").text
    assert "Tidak ada tugas" in head.get("/tugas?milik=saya").text


def test_what_is_late_is_red_and_can_be_filtered(visitor: Visit, warga: Visitor, clock: TestClock) -> None:
    finish(warga)
    clock.advance(timedelta(days=5))
    body = visitor().log_in(HEAD).get("/tugas?terlambat=ya").text
    assert "light-late" in body
    assert "terlambat 6 jam 30 menit kerja" in body  # one short day in Ramadan


def test_what_is_missing_is_said_beside_the_field(warga: Visitor) -> None:
    assert finish(warga, {"kelengkapan": [], "catatan_kegiatan_1": "sudah diketik"}) == 422
    assert 'id="salah-kelengkapan"' in warga.body
    assert "sudah diketik" in warga.body


def test_a_file_travels_with_the_form_and_comes_back_unchanged(warga: Visitor, visitor: Visit) -> None:
    sent = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    assert finish(warga, {"output_kegiatan_1": (io.BytesIO(sent), "surat.pdf")}) == 303
    head = work(visitor().log_in(HEAD))
    answer = head.get(head.link(r"/berkas/[^\"]+"))
    assert answer.data == sent
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_preview_can_do_nothing_but_show(warga: Visitor, visitor: Visit) -> None:
    sent = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    finish(warga, {"output_kegiatan_1": (io.BytesIO(sent), "surat.pdf")})
    head = work(visitor().log_in(HEAD))
    address = re.search(r'<iframe src="([^"]+/pratinjau)"', head.body)[1]  # type: ignore[index]
    assert "sandbox" not in re.search(r"<iframe[^>]*>", head.body)[0]  # type: ignore[index]  # its viewer would not run
    answer = head.get(address)
    assert answer.data == sent
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert visitor().log_in("analis").get(address).status_code == 404
    assert visitor().get(address).status_code == 302


def test_a_table_is_previewed_as_text_and_an_office_file_not_at_all(
    warga: Visitor, visitor: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = re.search(r'action="(/tugas/[^"]+)/selesai"', warga.body)[1]  # type: ignore[index]
    warga.post(f"{page}/berkas", {"file": (io.BytesIO(b"nama,umur\nDemo,1\n"), "daftar.csv")})
    warga.get(page)
    answer = warga.get(warga.link(r"/berkas/[0-9a-f]+") + "/pratinjau")
    assert answer.content_type == "text/plain; charset=utf-8"
    monkeypatch.delitem(PREVIEWABLE, "text/csv")
    warga.get(page)
    assert "Pratinjau" not in warga.body
    assert warga.get(warga.link(r"/berkas/[0-9a-f]+") + "/pratinjau").status_code == 404


def test_nothing_typed_is_lost_when_somebody_was_faster(visitor: Visit, warga: Visitor) -> None:
    finish(warga)
    slow = work(visitor().log_in(HEAD))
    fast = work(visitor().log_in(HEAD))
    assert finish(fast) == 303
    assert finish(slow, {"catatan_kegiatan_2": "catatan panjang saya"}) == 409
    assert "Isian Anda tidak hilang" in slow.body
    assert "catatan panjang saya" in slow.body


def test_a_task_form_sent_twice_is_one_completion(visitor: Visit, warga: Visitor) -> None:
    finish(warga)
    head = work(visitor().log_in(HEAD))
    page = head.body
    sent = {"kunci": re.search(r'name="kunci" value="([^"]+)"', page)[1]}  # type: ignore[index]
    for _ in range(2):
        head.body = page
        assert finish(head, sent) == 303
    head.body = page
    assert finish(head, {**sent, "catatan_kegiatan_2": "lain"}) == 409
    assert "sudah terkirim" in head.body


def test_a_stale_page_is_refused_with_what_was_typed(visitor: Visit, warga: Visitor) -> None:
    finish(warga)
    head = work(visitor().log_in(HEAD))
    other = work(visitor().log_in(HEAD))
    other.post(re.search(r'action="(/tugas/[^"]+/ambil)"', other.body)[1])  # type: ignore[index]
    assert finish(head, {"catatan_kegiatan_2": "tetap ada"}) == 412
    assert "tetap ada" in head.body


def test_a_draft_is_kept_for_the_next_visit(warga: Visitor) -> None:
    address = re.search(r'data-draft="([^"]+)"', warga.body)
    page = re.search(r'action="(/tugas/[^"]+)/selesai"', warga.body)
    assert address and page
    kept = warga.send(address[1], {"data": {"catatan_kegiatan_1": "separuh"}})
    assert kept.json == {"message": "Konsep tersimpan."}
    assert "separuh" in warga.get(page[1]).text


def test_comment_and_hand_over_stand_in_the_story(visitor: Visit, warga: Visitor) -> None:
    finish(warga)
    head = work(visitor().log_in(HEAD))
    page = re.search(r'action="(/tugas/[^"]+)/selesai"', head.body)[1]  # type: ignore[index]
    head.post(f"{page}/komentar", {"text": "Mohon <b>segera</b>"})
    assert "Mohon &lt;b&gt;segera&lt;/b&gt;" in head.get(page).text
    assert 'name="for_applicant"' in head.body and 'name="for_applicant"' not in warga.body
    head.post(f"{page}/komentar", {"text": "KTP Anda buram", "for_applicant": "ya"})
    warga.get("/pemberitahuan")
    link = warga.link(r"/lacak/[^\"]+")
    assert "KTP Anda buram" in warga.body and "segera" not in warga.body
    assert "KTP Anda buram" in warga.get(link).text
    assert "KTP Anda buram" not in head.get(link).text
    head.get(page)
    assert head.post(f"{page}/disposisi", {"username": FIELD, "instruction": ""}).status_code == 422
    assert head.post(f"{page}/disposisi", {"username": FIELD, "instruction": "Tolong selesaikan"}).status_code == 303
    assert "Tolong selesaikan" in visitor().log_in(FIELD).get(page).text


@pytest.mark.parametrize("who", ["analis", FIELD])
def test_other_peoples_tasks_do_not_exist(visitor: Visit, warga: Visitor, who: str) -> None:
    page = re.search(r'action="(/tugas/[^"]+)/selesai"', warga.body)[1]  # type: ignore[index]
    answer = visitor().log_in(who).get(page)
    assert answer.status_code == 404
    assert "Tidak ditemukan" in answer.text


def test_an_auditor_looks_and_has_nothing_to_press(visitor: Visit, warga: Visitor) -> None:
    page = re.search(r'action="(/tugas/[^"]+)/selesai"', warga.body)[1]  # type: ignore[index]
    auditor = visitor().log_in("auditor")
    assert auditor.get(page).status_code == 200
    assert page not in "".join(re.findall(r'action="[^"]+"', auditor.body))
    assert auditor.post(f"{page}/komentar", {"text": "x"}).status_code == 403
