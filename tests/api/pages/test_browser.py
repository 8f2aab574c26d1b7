"""Real browsers: the life of a request by its people, each in an own browser; phone, keyboard, accessibility."""

import pytest

from browser_support import FIELD, HEAD, KEY, STAFF, Open, accessible, ask, drawn, tab_to, work
from engine.demo import PASSWORD

pytestmark = pytest.mark.browser


def test_the_life_of_a_request_by_its_people(open_browser: Open) -> None:
    citizen = open_browser("warga")
    number = ask(citizen)
    accessible(citizen)
    citizen.get_by_role("link", name="Membuat dan mengirim surat permohonan").click()
    citizen.wait_for_selector(".fjs-form")
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.get_by_text("Belum lengkap: Surat Permohonan.").wait_for()  # the server's word beside the field
    accessible(citizen)
    citizen.get_by_label("Surat Permohonan", exact=True).check()
    citizen.set_input_files("[data-form] input[type=file]", [
        {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}
    ])  # fmt: skip
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.wait_for_url("**/permohonan")

    work(open_browser(HEAD), "Selesaikan")
    work(open_browser(FIELD), "Selesaikan")
    work(open_browser(STAFF), "tidak lengkap", complete=False, note="KTP belum ada")

    citizen.goto("/permohonan")
    accessible(citizen)
    citizen.goto(f"/lacak/{number}")
    assert citizen.get_by_text("Sedang dikerjakan").count() == 1
    accessible(citizen)

    auditor = open_browser("auditor")
    auditor.goto("/audit")
    auditor.get_by_label("Cari").fill(number)
    auditor.get_by_role("link", name=number).click()
    drawn(auditor)
    accessible(auditor)
    auditor.get_by_role("button", name="Langkah sebelumnya").click()
    auditor.locator("[data-jump='0']").click()
    assert auditor.locator("[data-panel]:visible").inner_text().startswith("Permohonan dimulai")
    auditor.locator("#kecepatan").select_option("6")
    auditor.get_by_role("button", name="Putar").click()
    auditor.locator("[data-play][aria-pressed=false]").wait_for()
    assert auditor.locator(".djs-shape.is-active[data-element-id=kegiatan_1]").count() == 1
    assert auditor.locator(".djs-connection.is-done[data-element-id=alur_keputusan_4_kegiatan_1]").count() == 1
    auditor.get_by_role("button", name="Periksa keaslian").click()
    auditor.get_by_text("Riwayat asli dan utuh").wait_for()
    accessible(auditor)


def test_two_race_and_nothing_typed_is_lost(open_browser: Open) -> None:
    citizen = open_browser("warga")
    ask(citizen)
    citizen.get_by_role("link", name="Membuat dan mengirim surat permohonan").click()
    citizen.get_by_label("Surat Permohonan", exact=True).check()
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.wait_for_url("**/permohonan")
    slow = open_browser(HEAD)
    slow.goto("/tugas")
    slow.locator("main table a").first.click()
    slow.wait_for_selector(".fjs-form")
    slow.get_by_label("Catatan").fill("catatan panjang yang belum dikirim")
    slow.get_by_text("Konsep tersimpan.").wait_for()
    work(open_browser(HEAD), "Selesaikan")
    slow.get_by_label("Surat Permohonan", exact=True).check()
    slow.get_by_role("button", name="Selesaikan").click()
    slow.get_by_text("Isian Anda tidak hilang").wait_for()
    assert slow.get_by_label("Catatan").input_value() == "catatan panjang yang belum dikirim"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_without_login_on_a_phone(open_browser: Open, scheme: str) -> None:
    page = open_browser(viewport={"width": 360, "height": 740}, color_scheme=scheme, is_mobile=True, has_touch=True)
    for path in ("/", f"/layanan/{KEY}", "/lacak", "/masuk", "/tidak-ada"):
        page.goto(path)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_staff_on_a_phone_in_the_dark(open_browser: Open) -> None:
    citizen = open_browser("warga", viewport={"width": 360, "height": 740}, color_scheme="dark", is_mobile=True)
    ask(citizen)
    citizen.goto("/permohonan")
    citizen.locator("main a[href*='/tugas/']").first.click()
    drawn(citizen)
    accessible(citizen)
    assert citizen.evaluate("document.documentElement.scrollWidth") <= 360
    admin = open_browser("admin", viewport={"width": 360, "height": 740}, color_scheme="dark", is_mobile=True)
    for path in ("/admin/kendala", "/audit", "/tugas"):
        admin.goto(path)
        accessible(admin)
        assert admin.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_a_request_with_the_keyboard_alone(open_browser: Open) -> None:
    page = open_browser()
    page.goto(f"/layanan/{KEY}/ajukan")
    page.keyboard.type("warga")  # the login waits in its first field
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".fjs-form")
    tab_to(page, "Perihal permohonan")
    page.keyboard.type("Tanpa tetikus")
    tab_to(page, "Kirim permohonan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tanda-terima")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    tab_to(page, "Membuat dan mengirim surat permohonan")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fjs-form")
    tab_to(page, "Surat Permohonan")
    page.keyboard.press("Space")
    tab_to(page, "Selesaikan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/permohonan")


def test_tracking_and_looking_work_without_javascript(open_browser: Open) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    page.fill("#q", "akun splp")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="PROSEDUR PEMBUATAN AKUN SPLP").click()
    page.get_by_text("Yang perlu disiapkan").wait_for()
    page.goto("/lacak")
    page.fill("#nomor", "TIDAK-ADA-1")
    page.get_by_role("button", name="Lacak").click()
    page.get_by_text("tidak ditemukan").wait_for()
