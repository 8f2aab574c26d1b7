"""In a real browser: a Word document becomes a draft; its form is edited and tried; a decision is edited and tried."""

from pathlib import Path
from typing import Any

import pytest

from browser_support import KEY, Open, accessible
from engine.commands.deploy_decision import deploy_decision
from engine.context import Context
from engine.queries.documents import sop_document

pytestmark = pytest.mark.browser
DMN = Path(__file__).resolve().parents[3] / "bpmn" / "kewenangan-cuti.dmn"
NEW = "splp-dari-dokumen"


def saved(page: Any) -> None:
    """Waits until the last change is kept."""
    page.locator("[data-saved]", has_text="Tersimpan").wait_for()


def begin(page: Any) -> None:
    """Makes a draft of the seeded SOP."""
    page.goto(f"/sop/{KEY}")
    page.get_by_role("button", name="Buat rancangan").click()
    page.wait_for_url("**/rancang*")


def test_a_word_document_becomes_a_draft(open_browser: Open, service: Context, tmp_path: Path) -> None:
    document = tmp_path / "sop.docx"
    document.write_bytes(sop_document(service, KEY, "docx"))
    page = open_browser("analis")
    page.goto("/sop/impor")
    accessible(page)
    page.set_input_files("#file", document)
    page.get_by_role("button", name="Baca berkas").click()
    page.get_by_role("heading", name="tebakan untuk diperiksa").wait_for()
    accessible(page)
    page.get_by_role("link", name="Baris 6, kolom Alur").click()
    page.get_by_label("Alur, baris 6").fill("lengkap → lanjut; tidak lengkap → satu")
    page.get_by_label("Kunci (alamat SOP)").fill(NEW)
    page.get_by_role("button", name="Jadikan rancangan").click()
    page.get_by_role("link", name="Baris 6, kolom Alur").first.wait_for()
    assert page.get_by_label("Kunci (alamat SOP)").input_value() == NEW
    accessible(page)
    page.get_by_label("Alur, baris 6").fill("lengkap → lanjut; tidak lengkap → 1")
    page.get_by_role("button", name="Jadikan rancangan").click()
    page.wait_for_url(f"**/sop/{NEW}/rancang")
    page.goto(f"/sop/{NEW}/dokumen")
    frame = page.frame_locator("iframe")
    frame.get_by_text("STANDAR OPERASIONAL PROSEDUR").wait_for()
    accessible(page)
    page.goto(f"/sop/{NEW}/formulir/{NEW}.kegiatan_4/pratinjau")
    page.get_by_role("button", name="tidak lengkap", exact=True).wait_for()


def test_a_form_is_edited_kept_and_tried(open_browser: Open) -> None:
    page = open_browser("analis", viewport={"width": 1400, "height": 1000}, color_scheme="dark")
    begin(page)
    page.goto(f"/sop/{KEY}/formulir/{KEY}.kegiatan_4")
    page.wait_for_selector("[data-canvas][aria-busy=false]")
    page.get_by_role("button", name="Bilangan").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-valid=yes] tbody[data-names] tr:nth-child(4)")
    page.locator(".fjs-element", has_text="Bilangan").last.click()
    page.get_by_text("Umum", exact=True).click()
    page.get_by_label("Kunci data").fill("jumlah_aplikasi")
    page.get_by_text("Pemeriksaan", exact=True).click()
    page.get_by_label("Terkecil").fill("9")
    page.get_by_label("Terbesar").fill("3")
    page.wait_for_selector("[data-valid=no] .fjs-element[data-problem]")
    page.get_by_role("button", name="Batas terkecil 9 melebihi").click()
    page.get_by_label("Terbesar").fill("30")
    page.wait_for_selector("[data-valid=yes]")
    saved(page)
    accessible(page)
    page.get_by_role("link", name="Coba formulir").click()
    page.get_by_label("Bilangan").fill("12")
    page.get_by_role("button", name="lengkap", exact=True).click()
    page.get_by_text("Belum lengkap: Harus menyertakan").wait_for()
    accessible(page)
    page.locator("[data-form] input[type=checkbox]").first.check()
    page.get_by_role("button", name="lengkap", exact=True).click()
    page.get_by_text("Isian diterima").wait_for()


def test_two_editors_of_one_form_lose_nothing(open_browser: Open) -> None:
    mine = open_browser("analis", viewport={"width": 1400, "height": 1000})
    begin(mine)
    theirs = open_browser("analis", viewport={"width": 1400, "height": 1000})
    for page in (mine, theirs):
        page.goto(f"/sop/{KEY}/formulir/{KEY}.kegiatan_4")
        page.wait_for_selector("[data-canvas][aria-busy=false]")
    for page, name in ((theirs, "Bilangan"), (mine, "Teks pendek")):
        page.get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")
        if page is theirs:
            saved(page)
    mine.wait_for_selector("[data-conflict]:not([hidden])")
    mine.get_by_role("button", name="Simpan punya saya").click()
    saved(mine)


def test_a_decision_is_edited_kept_and_tried(open_browser: Open, service: Context) -> None:
    deploy_decision(service, None, DMN.read_bytes())
    page = open_browser("analis", viewport={"width": 1400, "height": 1000}, color_scheme="dark")
    begin(page)
    page.goto(f"/sop/{KEY}/keputusan/kewenangan-cuti")
    page.wait_for_selector("[data-valid=yes]")
    page.locator(".hit-policy").get_by_text("Unik: tepat satu aturan").wait_for()
    cell = page.locator('[data-row-id="aturan_4"][data-element-id="aturan_4_sel_1"]')
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.type('"eselon II"')
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Coba contoh ini").first.wait_for()
    saved(page)
    accessible(page)
    page.get_by_role("button", name="Coba contoh ini").first.click()
    page.locator("[data-outcome] p").first.wait_for()
    for label, value in (("Jabatan", "eselon II"), ("Jenis cuti", "sakit")):
        page.locator("[data-inputs]").get_by_label(label).select_option(value)
    page.locator("[data-inputs]").get_by_label("Dilaksanakan di luar negeri").select_option("true")
    page.get_by_role("button", name="Hitung").click()
    page.get_by_text("Hasil: Bupati").wait_for()
    page.locator("[data-matched]").first.wait_for(state="attached")
    page.get_by_role("button", name="Diagram keputusan (DRD)").click()
    page.wait_for_selector(".decision-editor .djs-shape")
    assert page.locator(".bjs-powered-by").first.is_visible()
