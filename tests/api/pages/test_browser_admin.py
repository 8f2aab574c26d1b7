"""Administration in a real browser: somebody is hired and works, a decree moves what it said, keyboard, phone, axe."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from browser_support import HEAD, Open, accessible, request_at, tab_to
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.context import Context
from engine.storage.tables import tasks

pytestmark = pytest.mark.browser
PAGES = (
    "/admin", "/admin/orang", "/admin/orang-baru", f"/admin/orang/{HEAD}", "/admin/jabatan", "/admin/jabatan-baru",
    "/admin/jabatan/1", "/admin/penugasan?tampil=all", "/admin/penugasan-baru", f"/admin/penugasan-baru?orang={HEAD}",
    f"/admin/penugasan-baru?orang={HEAD}&jabatan=1", "/admin/penugasan/1", "/admin/instansi", "/admin/instansi-baru",
    "/admin/instansi/alur", "/admin/peran", "/admin/peran-baru", f"/admin/peran/{HEAD}", "/admin/kalender",
    "/admin/kalender/keputusan", "/admin/kendala", "/admin/antrean", "/admin/token", "/admin/pengaturan",
    "/admin/riwayat", "/akun", "/kata-sandi",
)  # fmt: skip


@pytest.fixture
def waiting(service: Context) -> str:
    """A request that waits for the head of the office; its registration number."""
    return request_at(service, "warga")


def test_somebody_is_hired_stands_in_for_the_head_and_sees_the_work(open_browser: Open, waiting: str) -> None:
    admin = open_browser("admin")
    admin.goto("/admin/orang")
    admin.get_by_role("link", name="Orang baru").click()
    admin.get_by_label("Nama lengkap").fill("Demo Pegawai Baru")
    admin.get_by_label("Nama pengguna").fill("demo-baru")
    admin.get_by_role("button", name="Buat orang").click()
    admin.get_by_text("belum punya kata sandi").wait_for()
    admin.get_by_role("link", name="Beri jabatan").click()
    admin.get_by_placeholder("Nama jabatan atau unit").fill("Kepala Dinas Komunikasi")
    admin.get_by_role("button", name="Cari").click()
    admin.locator("main .list-group a").first.click()
    admin.get_by_label("Sebagai").select_option("plh")
    admin.get_by_label("Nomor surat perintah").fill("800/17/2026")
    admin.get_by_label("Hari terakhir").fill("2026-03-12")
    accessible(admin)
    admin.get_by_role("button", name="Beri jabatan").click()
    admin.get_by_text("Jabatan diberikan").wait_for()
    admin.on("dialog", lambda question: question.accept())
    password = admin.locator("section", has=admin.get_by_role("heading", name="Kata sandi sekali pakai"))
    password.get_by_label("Alasan").fill("akun baru")
    password.get_by_role("button").click()
    once = admin.locator(".secret").inner_text()
    accessible(admin)

    new = open_browser()
    new.goto("/masuk")
    new.get_by_label("Nama pengguna").fill("demo-baru")
    new.get_by_label("Kata sandi").fill(once)
    new.locator("main button").click()
    new.get_by_text("hanya berlaku sekali").wait_for()
    accessible(new)
    new.get_by_label("Kata sandi sekali pakai").fill(once)
    new.get_by_label("Kata sandi baru", exact=True).fill("kata sandi saya sendiri")
    new.get_by_label("Ulangi kata sandi baru").fill("kata sandi saya sendiri")
    new.get_by_role("button", name="Ganti kata sandi").click()
    new.goto("/tugas")
    new.get_by_text(waiting).first.wait_for()
    assert new.get_by_text("Plh.").count() >= 1


def due(service: Context) -> Any:
    """When the open task is due."""
    with service.database.read() as connection:
        return connection.execute(select(tasks.c.due_at).where(tasks.c.status == "open")).scalar_one()


def test_a_decree_moves_exactly_what_its_preview_showed(open_browser: Open, service: Context, waiting: str) -> None:
    before = due(service)
    admin = open_browser("admin")
    admin.goto("/admin/kalender")
    admin.get_by_role("link", name="Keputusan baru").click()
    admin.get_by_label("Nomor keputusan").fill("Keputusan Bupati Uji 1/2026")
    admin.get_by_label("Tanggal 1").fill("2026-03-06")
    admin.get_by_label("Sampai 1").fill("2026-03-09")
    admin.get_by_label("Jenis 1").select_option("daerah")
    admin.get_by_label("Nama 1").fill("Hari Jadi (data demo)")
    accessible(admin)
    admin.get_by_role("button", name="Pratinjau tenggat").click()
    admin.get_by_text("Belum ada yang disimpan").wait_for()
    accessible(admin)
    assert due(service) == before
    said = admin.locator("main table time").evaluate_all("all => all.map(one => one.dateTime)")
    admin.get_by_role("button", name="Simpan dan geser tenggat").click()
    admin.get_by_text("Dihitung ulang: 0 dari 1 permohonan").wait_for()
    accessible(admin)
    recompute_deadlines(service)
    admin.get_by_role("link", name="Muat ulang").click()
    admin.get_by_text("1 permohonan mendapat tenggat lain").wait_for()
    moved = [at.isoformat(timespec="milliseconds").replace("+00:00", "Z") for at in (before, due(service))]
    assert [re.sub(r"\.\d+", "", one)[:19] for one in said] == [re.sub(r"\.\d+", "", one)[:19] for one in moved]
    assert admin.get_by_text("Hari Jadi (data demo)").count() >= 1


def test_an_intervention_by_keyboard_alone(open_browser: Open, waiting: str) -> None:
    admin = open_browser("admin")
    admin.goto(f"/admin/kendala?q={waiting}")
    tab_to(admin, waiting)
    admin.keyboard.press("Enter")
    admin.get_by_role("heading", name="Posisi sekarang").wait_for()
    accessible(admin)
    admin.locator("#f-alasan-suspend").focus()
    admin.keyboard.type("menunggu putusan")
    admin.keyboard.press("Tab")
    admin.keyboard.press("Enter")
    admin.get_by_text("Belum ada yang diubah").wait_for()
    accessible(admin)
    tab_to(admin, "Terapkan")
    admin.keyboard.press("Enter")
    admin.get_by_text("Intervensi dilakukan").wait_for()
    assert admin.get_by_text("Tertahan").count() >= 1


@pytest.mark.parametrize(
    "settings",
    [{"viewport": {"width": 1280, "height": 800}},
     {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}],
    ids=["desk", "phone"],
)  # fmt: skip
def test_every_page_is_accessible_and_fits(open_browser: Open, waiting: str, settings: dict[str, Any]) -> None:
    admin = open_browser("admin", **settings)
    wide = []
    for path in PAGES:
        answer = admin.goto(path)
        assert answer.status == 200, path
        accessible(admin)
        if admin.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_people_are_found_while_typing(open_browser: Open) -> None:
    admin = open_browser("admin")
    admin.goto("/admin/orang")
    admin.get_by_placeholder("Nama, nama pengguna atau jabatan").fill("auditor perkara")
    admin.wait_for_url(lambda url: "perkara" in url)
    admin.get_by_role("link", name="Demo Auditor Perkara Rahasia").wait_for()
    assert admin.locator("#daftar tbody tr").count() == 1
