"""The auditor's desk in real browsers: replay by mouse and keyboard, in pieces, at rest; comparison, proof, checks."""

import zipfile
from pathlib import Path

import pytest

from api.pages.audit import replay as audit_replay
from browser_support import HEAD, KEY, Open, accessible, drawn, request_at
from engine.context import Context
from engine.documents.proof_bundle import unpack
from engine.history.proof import check_proof
from engine.queries import verify_requests
from engine.signing import signed_by

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
COUNT_MOVING = """() => {
  window.moved = 0;
  new MutationObserver((all) => all.forEach((one) => one.addedNodes.forEach((node) => {
    if (node.classList?.contains('token-moving')) window.moved += 1;
  }))).observe(document.querySelector('.viewport'), { childList: true, subtree: true });
}"""


def replay_of(auditor: object, number: str) -> None:
    """Opens the replay of a request."""
    auditor.goto(f"/audit?q={number}")  # type: ignore[attr-defined]
    auditor.get_by_role("link", name=number).click()  # type: ignore[attr-defined]
    drawn(auditor)


def test_replay_by_keyboard_with_tokens_that_move(open_browser: Open, service: Context) -> None:
    number = request_at(service, "warga", HEAD)
    auditor = open_browser("auditor")
    replay_of(auditor, number)
    accessible(auditor)
    total = auditor.locator("[data-position]").inner_text().split(" / ")[1]
    auditor.evaluate(COUNT_MOVING)
    auditor.locator("[data-replay]").focus()
    auditor.keyboard.press("Home")
    auditor.get_by_text(f"1 / {total}", exact=True).wait_for()
    auditor.locator("#kecepatan").select_option("6")
    auditor.locator("[data-replay]").focus()
    auditor.keyboard.press("Space")
    auditor.locator("[data-play][aria-pressed=true]").wait_for()
    auditor.locator("[data-play][aria-pressed=false]").wait_for()
    assert auditor.locator("[data-position]").inner_text() == f"{total} / {total}"
    assert auditor.evaluate("window.moved") >= 3
    assert auditor.locator("circle.token").count() == 1
    auditor.locator("#loncat").select_option(label="1: Permohonan dimulai ")
    assert auditor.locator("[data-panel]:visible").inner_text().startswith("Permohonan dimulai")
    assert auditor.locator("tr[aria-current=true]").count() == 1
    auditor.locator("#perbuatan").check()
    for act in ("Tugas ditugaskan", "Tugas selesai"):  # what follows by itself is passed over
        auditor.get_by_role("button", name="Langkah berikutnya").click()
        auditor.locator("[data-panel]:visible h2", has_text=act).wait_for()
    assert "Demo Warga" in auditor.locator("[data-panel]:visible").inner_text()


def test_nothing_moves_for_those_who_ask_for_rest(open_browser: Open, service: Context) -> None:
    number = request_at(service, "warga", HEAD)
    auditor = open_browser("auditor", reduced_motion="reduce")
    replay_of(auditor, number)
    auditor.evaluate(COUNT_MOVING)
    auditor.locator("#kecepatan").select_option("6")
    auditor.get_by_role("button", name="Putar").click()
    auditor.locator("[data-play][aria-pressed=true]").wait_for()
    auditor.locator("[data-play][aria-pressed=false]").wait_for()
    assert auditor.evaluate("window.moved") == 0


def test_a_long_history_is_fetched_when_it_is_needed(
    open_browser: Open, service: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = request_at(service, "warga", HEAD)
    monkeypatch.setattr(audit_replay, "PIECE", 6)
    auditor = open_browser("auditor", viewport=PHONE)
    replay_of(auditor, number)
    assert auditor.locator("[data-position]").inner_text().startswith("1 / ")
    assert auditor.locator("[data-row]").count() == 6
    auditor.locator("[data-replay]").focus()
    auditor.keyboard.press("End")
    auditor.locator("[data-pager]").wait_for(state="hidden")
    auditor.locator("tr[data-row][aria-current=true]:last-child").wait_for()
    total = int(auditor.locator("[data-position]").inner_text().split(" / ")[1])
    assert auditor.locator("[data-row]").count() == total > 12
    assert auditor.locator("#loncat option").count() >= 4
    accessible(auditor)
    assert auditor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_two_requests_side_by_side_and_a_proof_that_holds(
    open_browser: Open, service: Context, tmp_path: Path
) -> None:
    first, second = request_at(service, "warga", HEAD), request_at(service)
    auditor = open_browser("auditor")
    replay_of(auditor, first)
    with auditor.expect_download() as download:
        auditor.get_by_role("link", name="Unduh bukti (ZIP)").click()
    download.value.save_as(tmp_path / "bukti.zip")
    assert zipfile.is_zipfile(tmp_path / "bukti.zip")
    assert check_proof(unpack((tmp_path / "bukti.zip").read_bytes()), signed_by)["valid"] is True
    auditor.get_by_role("link", name="Bandingkan").click()
    auditor.get_by_label("Permohonan B").fill(second)
    auditor.get_by_role("button", name="Bandingkan").click()
    for side in ("marks-1", "marks-2"):
        auditor.wait_for_selector(f"[data-compared={side}][aria-busy=false] .djs-shape")
    assert auditor.locator("[data-compared=marks-1] .djs-shape.is-done[data-element-id=kegiatan_1]").count() == 1
    assert auditor.locator("[data-compared=marks-2] .djs-shape.is-active[data-element-id=kegiatan_1]").count() == 1
    accessible(auditor)
    auditor.set_viewport_size(PHONE)
    assert auditor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_many_requests_are_verified_piece_by_piece(
    open_browser: Open, service: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        request_at(service)
    monkeypatch.setattr(verify_requests, "PIECE", 1)
    auditor = open_browser("auditor", color_scheme="dark")
    auditor.goto(f"/audit?sop={KEY}")
    auditor.get_by_role("link", name="Periksa keaslian semua").click()
    accessible(auditor)
    auditor.get_by_role("button", name="Mulai memeriksa").click()
    auditor.get_by_text("Selesai: semua riwayat asli dan utuh.").wait_for()
    auditor.get_by_text("3 permohonan diperiksa, 0 bermasalah.").wait_for()
    accessible(auditor)
    auditor.goto("/admin/riwayat")
    accessible(auditor)


def test_search_by_anything_while_typing(open_browser: Open, service: Context) -> None:
    request_at(service, subject="Akun untuk aplikasi perizinan")
    auditor = open_browser("auditor")
    auditor.goto("/audit")
    auditor.get_by_text("Saringan lain").click()
    accessible(auditor)
    auditor.get_by_label("Isi data").fill("perihal ~ perizinan")
    auditor.get_by_label("Isi data").press("Tab")
    auditor.get_by_text("datanya sekarang perihal ~ perizinan").wait_for()
    assert auditor.locator("#daftar tbody tr").count() == 1
    auditor.get_by_label("Isi data").fill("ngawur")
    auditor.get_by_label("Isi data").press("Tab")
    auditor.get_by_text("bukan syarat data").wait_for()
