"""The life of an SOP in real browsers: drawings side by side, a review by a second person, axe on every page."""

from typing import Any

import pytest

from browser_support import KEY, Open, accessible

pytestmark = pytest.mark.browser
NARROW = {"width": 360, "height": 740}


def draw(page: Any, before: str, after: str) -> None:
    """Begins a draft and changes its drawing as the editor does."""
    page.goto(f"/sop/{KEY}")
    token = page.locator("input[name=_csrf]").first.input_value()
    headers = {"X-CSRF-Token": token, "Accept": "application/json", "Content-Type": "application/json"}
    assert page.request.post(f"/sop/{KEY}/konsep", data={}, headers=headers).ok
    drawn = page.request.get(f"/sop/{KEY}/konsep", headers=headers).json()
    assert before in drawn["xml"]
    body, mine = {"xml": drawn["xml"].replace(before, after)}, {**headers, "If-Match": drawn["etag"]}
    assert page.request.put(f"/sop/{KEY}/konsep", data=body, headers=mine).ok


def test_two_drawings_side_by_side(open_browser: Open) -> None:
    analyst = open_browser("analis")
    accessible_at(analyst, "/sop", "/sop/baru")
    draw(analyst, 'name="Menerima dan meneruskan laporan kegiatan"', 'name="Menerima laporan"')
    accessible_at(analyst, f"/sop/{KEY}", f"/sop/{KEY}/versi/1")
    analyst.goto(f"/sop/{KEY}/beda")
    analyst.wait_for_function("() => document.querySelectorAll('[data-side] .diff-changed').length === 2")
    accessible(analyst)
    place = "() => document.querySelector('[data-side=new] .viewport').getAttribute('transform')"
    before = analyst.evaluate(place)
    analyst.get_by_role("button", name="Perbesar").first.click()
    assert analyst.evaluate(place) != before
    analyst.get_by_role("button", name="Menerima laporan").first.click()
    assert analyst.locator("[data-side=new] .diff-here").count() == 1


def test_handed_in_on_a_phone_and_decided_by_a_leader(open_browser: Open) -> None:
    analyst = open_browser("analis", viewport=NARROW)
    draw(analyst, 'name="Kabid Aptika"', 'name="Kepala Bidang Aptika"')
    analyst.goto(f"/sop/{KEY}/tinjau")
    accessible(analyst)
    assert analyst.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    analyst.get_by_label("Catatan untuk peninjau").fill("Nama jabatan baru")
    analyst.get_by_role("button", name="Ajukan untuk ditinjau").click()
    assert analyst.get_by_role("button", name="Setujui").count() == 0

    leader = open_browser("pimpinan", color_scheme="dark")
    leader.goto("/sop")
    leader.locator(f"a[href='/sop/{KEY}/tinjau']").click()  # of what waits for the reader
    leader.wait_for_selector("[data-side=new][aria-busy=false] .diff-changed")
    accessible(leader)
    leader.get_by_role("button", name="Setujui").click()

    analyst.goto(f"/sop/{KEY}/tinjau")
    accessible(analyst)
    analyst.get_by_label("Nomor SOP").fill("060/030/406.020/2026")
    analyst.get_by_label("Tanggal efektif").fill("2026-03-06")
    analyst.get_by_label("Alasan perubahan").fill("Susunan jabatan baru")
    analyst.once("dialog", lambda asked: asked.accept())
    analyst.get_by_role("button", name="Terapkan").click()
    analyst.wait_for_url(f"**/sop/{KEY}")
    accessible(analyst)
    assert "Susunan jabatan baru" in analyst.inner_text("main")


def accessible_at(page: Any, *addresses: str) -> None:
    for address in addresses:
        page.goto(address)
        accessible(page)
