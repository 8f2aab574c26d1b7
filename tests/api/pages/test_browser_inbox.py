"""The inbox in a real browser: keys, their help, and switching single letters off."""

import pytest

from browser_support import HEAD, Open, accessible, request_at
from engine.context import Context

pytestmark = pytest.mark.browser


def test_the_inbox_by_keys_alone(open_browser: Open, service: Context) -> None:
    for _ in range(2):
        request_at(service, "warga")
    head = open_browser(HEAD)
    head.goto("/tugas")
    focused = "document.activeElement.closest('[data-row]')?.rowIndex"
    keys = head.keyboard
    keys.press("j")
    keys.press("j")
    assert head.evaluate(focused) == 2
    keys.press("k")
    assert head.evaluate(focused) == 1
    keys.press("ArrowDown")
    assert head.evaluate(focused) == 2
    keys.press("x")
    assert head.get_by_text("1 tugas dipilih").is_visible()
    keys.press("?")
    dialog = head.get_by_role("dialog")
    dialog.wait_for()
    accessible(head)
    dialog.get_by_label("Pintasan satu huruf aktif").uncheck()
    keys.press("Escape")
    keys.press("k")
    assert head.evaluate(focused) == 2  # letters are off, arrows are no letters
    keys.press("ArrowUp")
    assert head.evaluate(focused) == 1
    keys.press("Enter")
    head.wait_for_url("**/tugas/*-*")


def test_filters_answer_while_typing_and_become_a_view(open_browser: Open, service: Context) -> None:
    request_at(service, "warga")
    head = open_browser(HEAD)
    head.goto("/tugas")
    head.get_by_label("Cari").fill("tidak ada yang bernama begini")
    head.get_by_text("Tidak ada tugas yang cocok").wait_for()
    head.get_by_label("Cari").fill("disposisi")
    head.locator("[data-row]").wait_for()
    head.get_by_text("Simpan saringan ini sebagai tampilan").click()
    head.get_by_label("Nama tampilan").fill("Surat disposisi")
    head.get_by_label("Buka daftar tugas dengan tampilan ini").check()
    accessible(head)
    head.get_by_role("button", name="Simpan tampilan").click()
    head.get_by_text("Tampilan disimpan.").wait_for()
    head.goto("/tugas")
    assert head.get_by_role("link", name="Surat disposisi").get_attribute("aria-current") == "page"
    head.get_by_label("Pilih semua tugas di halaman ini").check()
    head.get_by_role("button", name="Ambil yang dipilih").click()
    head.get_by_text("1 dari 1 tugas sekarang ada pada Anda.").wait_for()
    accessible(head)
