"""The whole life of a request, each of its people in a browser of their own, and the worker ticking as in service.

A citizen asks, three posts handle it, one of them returns it, a weekend passes over the deadline, the leader sees what
is late, the work is finished, and the auditor replays all of it and checks that it is true.
"""

import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from api.worker import start_worker
from browser_support import FIELD, HEAD, STAFF, Open, accessible, ask, drawn, work
from engine.context import Context
from engine.demo import PASSWORD
from engine.documents.proof_bundle import unpack
from engine.history.proof import check_proof
from engine.signing import signed_by
from engine.storage.tables import history
from tests_support import until

pytestmark = pytest.mark.browser
LETTER = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}
REASON = "KTP penanggung jawab belum ada"


@pytest.fixture
def ticking(service: Context) -> Iterator[Callable[[], int]]:
    """The worker beside the pages; tells how many deadlines it saw pass."""
    scheduler = start_worker(service, 0.5)

    def passed() -> int:
        with service.database.read() as connection:
            query = select(func.count()).select_from(history).where(history.c.type == "escalation_raised")
            return int(connection.execute(query).scalar_one())

    yield passed
    scheduler.shutdown()


def hand_in(citizen: Any) -> None:
    """Does the applicant's own step."""
    citizen.get_by_label("Surat Permohonan", exact=True).check()
    citizen.set_input_files("[data-form] input[type=file]", [LETTER])
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.wait_for_url("**/permohonan")


def log_in(page: Any, who: str) -> None:
    """The session ended meanwhile: the inbox asks who is there, and then opens."""
    page.goto("/tugas")
    page.get_by_label("Nama pengguna").fill(who)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/tugas")


def test_the_life_of_a_request_by_its_people(
    open_browser: Open, service: Context, ticking: Callable[[], int], tmp_path: Path
) -> None:
    citizen, head, field, staff = (open_browser(who) for who in ("warga", HEAD, FIELD, STAFF))
    number = ask(citizen)
    accessible(citizen)
    citizen.get_by_role("link", name="Membuat dan mengirim surat permohonan").click()
    citizen.wait_for_selector(".fjs-form")
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.get_by_text("Belum lengkap: Surat Permohonan.").wait_for()  # the server's word beside the field
    accessible(citizen)
    hand_in(citizen)
    work(head, "Selesaikan")
    work(field, "Selesaikan")
    work(staff, "tidak lengkap", complete=False, note=REASON)

    citizen.goto("/permohonan")
    accessible(citizen)
    citizen.goto(f"/lacak/{number}")
    citizen.get_by_text("Sedang dikerjakan").wait_for()
    accessible(citizen)
    citizen.get_by_role("link", name="Membuat dan mengirim surat permohonan").click()
    citizen.get_by_text("Data permohonan").click()
    citizen.get_by_text(REASON).first.wait_for()
    hand_in(citizen)
    work(head, "Selesaikan", look=False)
    work(field, "Selesaikan", look=False)
    work(staff, "lengkap", look=False)
    assert ticking() == 0

    service.clock.advance(timedelta(days=5))  # type: ignore[attr-defined]  # over a weekend; two working days were given
    assert until(lambda: ticking() == 1)
    leader = open_browser("pimpinan")
    leader.goto("/pimpinan")
    leader.wait_for_function("() => document.querySelector('canvas[data-chart]').height > 0")
    accessible(leader)
    late = leader.locator("main .card", has=leader.get_by_role("link", name="Lewat tenggat sekarang"))
    assert "1" in late.last.inner_text().split()
    late.last.get_by_role("link").click()
    row = leader.get_by_role("row", name=number)
    assert "Mendaftarkan akun untuk unit kerja pemohon" in row.inner_text()
    accessible(leader)

    for page, who in ((field, FIELD), (staff, STAFF), (head, HEAD)):
        log_in(page, who)
    field.goto("/pemberitahuan")
    field.get_by_text("Terlambat di bawah Anda", exact=True).wait_for()
    for page in (staff, field, head):
        work(page, "Selesaikan", look=False)
    citizen.goto(f"/lacak/{number}")
    citizen.locator("main .badge", has_text="Selesai").first.wait_for()
    accessible(citizen)

    auditor = open_browser("auditor")
    auditor.goto("/audit")
    auditor.get_by_label("Cari").fill(number)
    auditor.get_by_role("link", name=number).click()
    drawn(auditor)
    see_what_happened(auditor)
    auditor.get_by_role("button", name="Periksa keaslian").click()
    auditor.get_by_text("Riwayat asli dan utuh").wait_for()
    auditor.get_by_text("Dijalankan ulang: hasilnya sama.").wait_for()
    with auditor.expect_download() as download:
        auditor.get_by_role("link", name="Unduh bukti (ZIP)").click()
    download.value.save_as(tmp_path / "bukti.zip")
    assert zipfile.is_zipfile(tmp_path / "bukti.zip")
    assert check_proof(unpack((tmp_path / "bukti.zip").read_bytes()), signed_by)["valid"] is True


def see_what_happened(auditor: Any) -> None:
    """Goes through the replay: by steps, by the acts of people, and to the end; the return and the delay are there."""
    panel = auditor.locator("[data-panel]:visible")
    auditor.get_by_role("button", name="Langkah sebelumnya").click()
    auditor.locator("[data-jump='0']").click()
    assert panel.inner_text().startswith("Permohonan dimulai")
    auditor.locator("#perbuatan").check()
    auditor.locator("#kecepatan").select_option("6")
    auditor.get_by_role("button", name="Putar").click()
    auditor.locator("[data-play][aria-pressed=true]").wait_for()
    auditor.locator("[data-play][aria-pressed=false]").wait_for()
    assert auditor.locator(".djs-connection.is-done[data-element-id=alur_keputusan_4_kegiatan_1]").count() == 1
    marked = auditor.locator(".djs-shape.is-was-late").evaluate_all("all => all.map(one => one.dataset.elementId)")
    assert marked == ["kegiatan_5"]
    rows = auditor.locator("[data-row]", has_text="Tugas selesai")
    assert rows.filter(has_text=REASON).count() == 2  # given with the return, replaced with the next answer
    late = rows.filter(has_text="terlambat")
    assert late.count() == 1
    late.locator("[data-jump]").click()
    assert "Demo Pejabat" in panel.inner_text()
    assert "Terlambat" in panel.inner_text()
    accessible(auditor)
