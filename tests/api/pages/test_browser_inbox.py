"""The inbox in a real browser: keys and their help, filters and views, the post, the bell, a file looked at."""

from base64 import b64decode
from datetime import date, timedelta

import pytest

from browser_support import FIELD, HEAD, Open, accessible, person, request_at
from engine.commands.assign_post import assign_post
from engine.context import Context

pytestmark = pytest.mark.browser
FIRST = date(2026, 3, 1)
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


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


def test_the_other_post_the_bell_and_a_preview(open_browser: Open, service: Context) -> None:
    lent = {"kind": "plh", "letter_number": "800/1/2026", "valid_from": FIRST, "valid_until": FIRST + timedelta(days=9)}
    post = person(service, HEAD).posts[0]
    assign_post(service, None, username=FIELD, post_id=post.id, **lent)
    request_at(service, "warga")
    field = open_browser(FIELD)
    field.goto("/tugas")
    bell = field.locator(".bell-count")
    bell.wait_for()
    for title, tasks in ((person(service, FIELD).posts[0].title, 0), (f"Plh. {post.title}", 1)):
        field.locator(".post-switch summary").click()
        accessible(field)
        field.locator(".post-switch button", has_text=title).click()
        field.locator(".post-switch summary", has_text=title).wait_for()
        assert field.locator("[data-row]").count() == tasks
    bell.wait_for()
    field.locator("[data-bell]").click()
    field.get_by_role("link", name="Mendisposisi surat permohonan").click()
    field.wait_for_url("**/tugas/*-*")
    for name, media_type, data in (("denah.png", "image/png", PNG), ("catatan.txt", "text/plain", b"Isi catatan")):
        field.set_input_files("#file", {"name": name, "mimeType": media_type, "buffer": data})
        field.get_by_role("button", name="Lampirkan").click()
        field.locator("details.preview summary", has_text=name).click()
    field.frame_locator("details.preview iframe").get_by_text("Isi catatan").wait_for()
    field.locator("details.preview summary", has_text="denah.png").click()
    field.wait_for_function("() => document.querySelector('details.preview img').naturalWidth === 1")
    accessible(field)
    assert bell.count() == 0  # it was read by opening it
