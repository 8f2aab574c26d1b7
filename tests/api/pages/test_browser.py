"""Real browsers: two race for a task, pages on a phone, by keyboard alone and without script."""

import pytest

from browser_support import HEAD, KEY, Open, accessible, ask, drawn, tab_to, work
from engine.demo import PASSWORD

pytestmark = pytest.mark.browser


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
    for path in ("/", f"/layanan/{KEY}", "/lacak", "/masuk", "/daftar", "/tidak-ada"):
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
