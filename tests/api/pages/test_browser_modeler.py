"""The modeler in a real browser: an SOP from nothing to running, nothing lost, a real drawing saved unchanged."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from browser_support import FIELD, KEY, Open, accessible, work

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
NEW = "izin-keramaian-contoh"
TODAY = "2026-03-05"  # by the frozen clock
MODEL = ("{http://www.omg.org/spec/BPMN/20100524/MODEL}", "{urn:alur:sop:1}")
AWAY = "() => { window.fetch = () => Promise.reject(new TypeError('away')); }"  # as a browser says it without a server


def drawing(page: Any, key: str) -> None:
    """Opens the modeler, and a draft where there is none."""
    page.goto(f"/sop/{key}/rancang")
    begin = page.get_by_role("button", name="Buat rancangan")
    page.locator("[data-ready], [data-create]:not([hidden])").first.wait_for()
    if begin.is_visible():
        if page.get_by_label("Nama SOP").is_visible():
            page.get_by_label("Nama SOP").fill("SOP Izin Keramaian (contoh)")
        begin.click()
        page.wait_for_selector("[data-ready]")
    assert page.locator(".bjs-powered-by").is_visible()


def field(page: Any, name: str) -> Any:
    return page.locator(f"[data-panel] [data-field='{name}']")


def write(page: Any, name: str, text: str) -> None:
    field(page, name).fill(text)
    field(page, name).blur()


def choose(page: Any, element: str) -> None:
    """Chooses an element from the table in place of the drawing."""
    page.locator("[data-outline]").evaluate("box => { box.open = true; }")
    page.locator("[data-outline] tbody").get_by_role("button", name=element, exact=True).first.click()


def saved(page: Any) -> None:
    page.wait_for_selector("[data-modeler][data-dirty=false]")


def draft(page: Any, key: str) -> Any:
    return page.request.get(f"/sop/{key}/konsep", headers={"Accept": "application/json"}).json()


def test_a_drawing_of_the_catalogue_is_saved_as_it_was(open_browser: Open) -> None:
    analyst = open_browser("analis")
    drawing(analyst, KEY)
    accessible(analyst)
    choose(analyst, "Menyusun laporan pembuatan akun SPLP")
    write(analyst, "keterangan", "dua rangkap")
    saved(analyst)
    accessible(analyst)
    analyst.get_by_role("button", name="Urungkan").click()
    analyst.wait_for_function("() => document.querySelector('[data-act=undo]').disabled")
    saved(analyst)
    analyst.wait_for_selector("[data-verdict][data-valid=true]")

    def model(text: bytes) -> list[str]:
        every = [one for one in etree.fromstring(text).iter(etree.Element) if str(one.tag).startswith(MODEL)]
        return sorted(f"{one.tag} {sorted(one.attrib.items())} {(one.text or '').strip()}" for one in every)

    original = (ROOT / "bpmn" / f"{KEY}.bpmn").read_bytes()
    assert model(draft(analyst, KEY)["xml"].encode()) == model(original)


def test_nothing_is_lost_when_the_server_is_away_and_the_tab_closes(open_browser: Open) -> None:
    analyst = open_browser("analis")
    drawing(analyst, KEY)
    analyst.evaluate(AWAY)
    choose(analyst, "Selesai")
    write(analyst, "name", "Akun diterima")
    analyst.get_by_text("Perubahan aman di peramban ini").wait_for()
    analyst.goto("/")
    assert "Akun diterima" not in draft(analyst, KEY)["xml"]
    drawing(analyst, KEY)
    analyst.get_by_text("telah dipulihkan").wait_for()
    saved(analyst)
    assert "Akun diterima" in draft(analyst, KEY)["xml"]

    colleague = open_browser("analis")
    drawing(colleague, KEY)
    choose(colleague, "Mulai")
    write(colleague, "name", "Mulai di loket")
    saved(colleague)
    choose(analyst, "Akun diterima")
    write(analyst, "name", "Akun sampai")
    analyst.get_by_role("button", name="Simpan versi saya sebagai salinan").click()
    analyst.wait_for_url(f"**/{KEY}-salinan-*/rancang")
    analyst.wait_for_selector("[data-ready]")
    choose(analyst, "Akun sampai")
    assert "Mulai di loket" in draft(analyst, KEY)["xml"]


def pick(page: Any, wanted: str) -> None:
    """Presses Tab until what `wanted` selects has the focus."""
    for _ in range(80):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {wanted}")


def type_in(page: Any, field: str, words: str) -> None:
    """Tabs on to a field of the panel and types; a list chooses what begins with the words."""
    pick(page, f"[data-field='{field}']")
    page.keyboard.type(words)


def add(page: Any, kind: str, name: str, lane: str) -> None:
    """Adds an element after the chosen one, as the panel offers it, by keys alone."""
    type_in(page, "tambah-jenis", kind)
    type_in(page, "tambah-nama", name)
    type_in(page, "tambah-lajur", lane)
    pick(page, "[data-field=tambah-lakukan]")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text=f"{name} ditambahkan sesudah").wait_for(state="attached")


def canvas(page: Any) -> None:
    """Gives the canvas the focus, from wherever in the panel it is."""
    page.keyboard.press("Escape")
    assert page.evaluate("() => Boolean(document.activeElement.closest('[data-canvas]'))")


def draw_by_keys(page: Any) -> None:
    """Three activities, a gateway that leads back, and a timer that is thrown away again; no mouse."""
    pick(page, "[data-canvas] svg")
    page.keyboard.press("n")
    page.keyboard.press("a")
    add(page, "Kegiatan", "Menyampaikan permohonan", "Pemohon")
    add(page, "Kegiatan", "Memeriksa berkas", "Petugas")
    add(page, "Kegiatan", "Menyampaikan hasil", "Petugas")
    canvas(page)
    page.keyboard.press("b")
    page.keyboard.press("a")
    add(page, "Gerbang keputusan", "Berkas lengkap?", "Petugas")
    type_in(page, "sambung-ke", "Menyampaikan permohonan")
    pick(page, "[data-field=sambung-lakukan]")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="tersambung ke Menyampaikan permohonan").wait_for(state="attached")
    for place, words in enumerate(["lengkap", "tidak lengkap"], start=1):
        pick(page, f".modeler-ways li:nth-child({place}) button")
        page.keyboard.press("Enter")
        page.keyboard.type(words)
        canvas(page)
        page.keyboard.press("b")
        page.keyboard.press("p")
    page.get_by_role("button", name="Cari elemen").focus()
    page.keyboard.press("Enter", delay=100)  # held as a finger holds it: its end must not close what its begin opened
    page.wait_for_function("() => document.activeElement.closest('.djs-search-container')")
    page.keyboard.type("Memeriksa berkas")
    page.locator(".djs-search-result").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    type_in(page, "batas-waktu", "2 hari")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="Pengatur waktu dipasang").wait_for(state="attached")
    pick(page, "[data-field=hapus]")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="dihapus. Terpilih: Memeriksa berkas").wait_for(state="attached")
    type_in(page, "pindah-ke", "Pemohon")
    pick(page, "[data-field=pindah-lakukan]")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="pindah ke lajur Pemohon").wait_for(state="attached")
    pick(page, ".modeler-ways button")
    page.keyboard.press("Enter")
    type_in(page, "alur-ke", "Selesai")
    pick(page, "[data-field=alur-ke-lakukan]")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="Alur kini dari Memeriksa berkas ke Selesai").wait_for(state="attached")
    canvas(page)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("b")
    page.keyboard.press("a")
    page.keyboard.type("Catatan")
    type_in(page, "tambah-nama", "Lihat naskah")
    page.keyboard.press("Enter")
    page.locator("[data-said]", has_text="Lihat naskah ditambahkan sesudah").wait_for(state="attached")


def test_a_new_sop_is_drawn_by_keys_refused_cured_reviewed_deployed_and_run(open_browser: Open) -> None:
    analyst = open_browser("analis")
    analyst.goto("/sop/baru")
    analyst.get_by_label("Nama SOP").fill("SOP Izin Keramaian (contoh)")
    analyst.get_by_label("Kunci SOP").fill(NEW)
    analyst.get_by_label("Kosong: pelaksana").check()
    analyst.get_by_label("Pelaksana, satu baris satu").fill("Pemohon\nPetugas")
    analyst.get_by_role("button", name="Buat dan mulai merancang").click()
    analyst.wait_for_selector("[data-ready]")
    draw_by_keys(analyst)
    saved(analyst)
    analyst.get_by_text("Belum dapat diterapkan.").wait_for()
    analyst.get_by_role("link", name="Tinjau dan terapkan").click()
    assert analyst.get_by_role("button", name="Ajukan untuk ditinjau").is_disabled()
    analyst.goto(f"/sop/{NEW}/rancang")
    analyst.wait_for_selector("[data-ready]")

    for activity in ("Menyampaikan permohonan", "Memeriksa berkas", "Menyampaikan hasil"):
        choose(analyst, activity)
        write(analyst, "waktu", "1 Hari")
        analyst.get_by_role("button", name="Buat dari mutu baku dan gerbang").click()
        analyst.get_by_role("link", name="Sunting formulir").wait_for()
    analyst.locator("[data-cure=sop_lanes]").first.click()
    assert field(analyst, "peran").evaluate("field => field === document.activeElement")
    write(analyst, "peran", "trenggalek-kabid-aptika")
    saved(analyst)
    analyst.wait_for_selector("[data-verdict][data-valid=true]")
    accessible(analyst)
    analyst.get_by_role("link", name="Tinjau dan terapkan").click()
    analyst.get_by_role("button", name="Ajukan untuk ditinjau").click()
    analyst.get_by_text("Menunggu peninjau lain").wait_for()

    leader = open_browser("pimpinan")
    leader.goto(f"/sop/{NEW}/tinjau")
    leader.get_by_role("button", name="Setujui").click()
    leader.get_by_text("Rancangan disetujui.").wait_for()
    analyst.reload()
    analyst.get_by_label("Nomor SOP").fill("065/contoh/2026")
    analyst.get_by_label("Tanggal efektif").fill(TODAY)
    analyst.get_by_label("Alasan perubahan").fill("SOP baru")
    analyst.on("dialog", lambda asked: asked.accept())
    analyst.get_by_role("button", name="Terapkan", exact=True).click()
    analyst.get_by_text("Rancangan diterapkan sebagai versi baru.").wait_for()

    citizen = open_browser("warga")
    citizen.goto(f"/layanan/{NEW}/ajukan")
    citizen.wait_for_selector(".fjs-form")  # where the button stays
    citizen.get_by_role("button", name="Kirim permohonan").click()
    citizen.wait_for_url("**/tanda-terima")
    citizen.get_by_role("link", name="Menyampaikan permohonan").click()
    citizen.wait_for_selector(".fjs-form")
    for box in citizen.locator("[data-form] input[type=checkbox]").all():
        box.check()
    citizen.get_by_role("button", name="Selesaikan").click()
    citizen.wait_for_url("**/permohonan")
    work(open_browser(FIELD), "lengkap")
    work(open_browser(FIELD), "Selesaikan")
    citizen.goto("/permohonan")
    citizen.locator("main .badge", has_text="Selesai").first.wait_for()


def test_a_drawing_is_laid_out_anew_and_brought_back(open_browser: Open) -> None:
    analyst = open_browser("analis")
    drawing(analyst, KEY)
    before = draft(analyst, KEY)["xml"]
    spoilt = re.sub(r"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", "", before, flags=re.DOTALL)
    csrf = analyst.evaluate("() => JSON.parse(document.querySelector('#setup').textContent).csrf")
    headers = {"X-CSRF-Token": csrf, "If-Match": draft(analyst, KEY)["etag"], "Content-Type": "application/json"}
    assert analyst.request.put(f"/sop/{KEY}/konsep", data={"xml": spoilt}, headers=headers).ok
    drawing(analyst, KEY)
    analyst.get_by_text("gambarnya dibuat otomatis").wait_for()
    saved(analyst)
    assert "BPMNShape" in draft(analyst, KEY)["xml"]
    box = analyst.locator(".djs-shape[data-element-id=kegiatan_4]")
    place = box.get_attribute("transform")
    choose(analyst, "Mengecek kelengkapan surat permohonan")
    analyst.keyboard.press("Escape")
    for _ in range(12):
        analyst.keyboard.press("ArrowRight")
    moved = box.get_attribute("transform")
    assert moved != place
    analyst.once("dialog", lambda asked: asked.accept())
    analyst.get_by_role("button", name="Tata ulang").first.click()
    analyst.get_by_text("Gambar ditata ulang.").first.wait_for()
    assert box.get_attribute("transform") == place
    analyst.get_by_role("button", name="Kembalikan gambar semula").click()
    analyst.get_by_text("Gambar kembali seperti semula.").first.wait_for()
    assert box.get_attribute("transform") == moved
    saved(analyst)


def test_a_new_id_goes_everywhere(open_browser: Open) -> None:
    analyst = open_browser("analis")
    drawing(analyst, KEY)
    choose(analyst, "Mengecek kelengkapan surat permohonan")
    write(analyst, "id", "periksa_surat")
    analyst.locator("[data-element-id=periksa_surat]").first.wait_for()
    saved(analyst)
    analyst.wait_for_selector("[data-verdict][data-valid=true]")
    found = draft(analyst, KEY)
    assert 'keputusan_periksa_surat = "tidak lengkap"' in found["xml"].replace("&#34;", '"').replace("&quot;", '"')
    assert f"{KEY}.periksa_surat" in found["forms"]
    assert f"{KEY}.kegiatan_4" not in found["forms"]
    assert "pelaksana_4" in found["xml"]
    choose(analyst, "Mengecek kelengkapan surat permohonan")
    write(analyst, "id", "kegiatan_5")
    analyst.get_by_text("Id kegiatan_5 sudah dipakai elemen lain.").wait_for()


def test_simulations(open_browser: Open) -> None:
    analyst = open_browser("analis")
    drawing(analyst, KEY)
    analyst.get_by_role("button", name="Simulasi token").click()
    analyst.locator(".bts-palette:not(.hidden)").wait_for()
    assert analyst.locator(".bts-entry[title='Ulang dari awal']").count() == 1
    accessible(analyst)
    analyst.get_by_role("button", name="Simulasi token").click()
    analyst.get_by_role("button", name="Simulasi waktu layanan").click()
    analyst.get_by_label("Jumlah permohonan").fill("50")
    analyst.get_by_label("Orang: Kadis Kominfo").fill("2")
    ways = analyst.get_by_role("group", name="Surat permohonan lengkap?")
    assert [ways.get_by_label(one, exact=True).input_value() for one in ("lengkap", "tidak lengkap")] == ["50", "50"]
    ways.get_by_label("tidak lengkap", exact=True).fill("0")
    ways.get_by_label("lengkap", exact=True).fill("100")
    analyst.get_by_role("button", name="Jalankan simulasi").click()
    analyst.get_by_role("heading", name="Beban pelaksana").wait_for()
    analyst.get_by_text("Tabel: Kegiatan").click()
    row = analyst.get_by_role("row", name="Mengecek kelengkapan surat permohonan")
    assert row.get_by_role("cell").nth(1).inner_text() == "1"  # nobody is sent back
    accessible(analyst)
    analyst.get_by_label("Orang: Kadis Kominfo").fill("0")
    analyst.get_by_role("button", name="Jalankan simulasi").click()
    analyst.locator("dialog .alert-warning").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_and_in_the_dark(open_browser: Open, scheme: str) -> None:
    page = open_browser("analis", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    drawing(page, KEY)
    choose(page, "Surat permohonan lengkap?")
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
