"""Takes docs/screenshots: every page of the demo installation, in a headless Chromium. Run by `make screenshots`.

A server of its own over a fresh database with the catalogue and demo requests; nothing of it stays. Needs what
requirements-dev.txt names and a Chromium.
"""

import logging
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from api.app import create_app
from api.bootstrap import build_context
from api.config import Config
from engine.demo import PASSWORD
from scripts.demo_requests import seed_requests
from scripts.seed import ROOT, seed_everything

TARGET = ROOT / "docs" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--hide-scrollbars"]  # fmt: skip
REQUESTS, MONTHS = 240, 4
SOP, LONG = "prosedur-pembuatan-akun-splp", "pelayanan-cuti-di-luar-tanggungan-negara-cltn"
TALLEST = 2_400  # pixels of a picture
PATIENCE = 30_000  # milliseconds
Act = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the page `path` as `who` sees it, after `act`."""

    name: str
    words: str
    path: str
    who: str | None = None
    act: Act | None = None
    width: int = 1280
    dark: bool = False


def follow(selector: str) -> Act:
    """Follows the first link that matches."""

    def act(page: Page) -> None:
        page.goto(page.locator(selector).first.get_attribute("href") or "/")

    return act


def press(selector: str) -> Act:
    """Presses the first button that matches."""
    return lambda page: page.locator(selector).first.click()


def in_turn(*acts: Act) -> Act:
    """One act after the other, each on the settled page."""

    def act(page: Page) -> None:
        for one in acts:
            one(page)
            settle(page)

    return act


def settle(page: Page) -> None:
    """Waits until nothing loads and every canvas is drawn."""
    page.wait_for_load_state("networkidle")
    if page.locator("[data-diagram][aria-busy=true]").count():
        page.wait_for_selector("[data-diagram][aria-busy=false]")
    if page.locator(".djs-container").count():
        page.wait_for_selector(".djs-container .djs-shape")
    page.evaluate("document.fonts.ready")


HEAD, CITIZEN = "trenggalek-kadis-kominfo", "warga-3"
DRAWING = press("main button:has-text('Buat rancangan')")
FIRST_TASK = follow("main table a[href^='/tugas/']")
FIRST_REQUEST = follow("main table a[href^='/audit/']")
SHOTS = (
    Shot("warga-layanan", "Citizens: the services", "/"),
    Shot("warga-layanan-ponsel", "Citizens: the services on a phone, dark", "/", width=360, dark=True),
    Shot("warga-layanan-satu", "Citizens: one service", f"/layanan/{SOP}"),
    Shot("warga-ajukan", "Citizens: asking for it", f"/layanan/{SOP}/ajukan", CITIZEN),
    Shot("warga-permohonan", "Citizens: own requests", "/permohonan", CITIZEN),
    Shot("warga-tanda-terima", "Citizens: receipt", "/permohonan", CITIZEN, follow("main a[href$='/tanda-terima']")),
    Shot("warga-lacak", "Citizens: tracking", "/permohonan", CITIZEN, follow("main a[href^='/lacak/']")),
    Shot("warga-lacak-ponsel", "Citizens: tracking on a phone", "/permohonan", CITIZEN,
         follow("main a[href^='/lacak/']"), width=360),
    Shot("masuk", "Logging in", "/masuk"),
    Shot("staf-tugas", "Staff: the inbox", "/tugas", HEAD),
    Shot("staf-tugas-ponsel", "Staff: the inbox on a phone, dark", "/tugas", HEAD, width=360, dark=True),
    Shot("staf-tugas-satu", "Staff: a task", "/tugas", HEAD, FIRST_TASK),
    Shot("staf-tugas-satu-gelap", "Staff: a task, dark", "/tugas", HEAD, FIRST_TASK, dark=True),
    Shot("staf-mulai", "Staff: starting an SOP", "/mulai", HEAD),
    Shot("analis-sop", "Analysts: the register of SOPs", "/sop", "analis"),
    Shot("analis-sop-satu", "Analysts: one SOP", f"/sop/{SOP}", "analis"),
    Shot("analis-sop-versi", "Analysts: one version", f"/sop/{LONG}/versi/1", "analis"),
    Shot("analis-sop-baru", "Analysts: a new SOP", "/sop/baru", "analis"),
    Shot("analis-rancang", "Analysts: the modeler", f"/sop/{SOP}", "analis", DRAWING),
    Shot("analis-rancang-panjang", "Analysts: the modeler, a long SOP", f"/sop/{LONG}", "analis", DRAWING),
    Shot("analis-periksa", "Analysts: what the rules say, and review", f"/sop/{SOP}/tinjau", "analis"),
    Shot("analis-formulir", "Analysts: the form editor", f"/sop/{SOP}/formulir/{SOP}.kegiatan_4", "analis"),
    Shot("analis-impor", "Analysts: import", "/sop/impor", "analis"),
    Shot("analis-dokumen", "Analysts: the official document", f"/sop/{SOP}/dokumen", "analis"),
    Shot("auditor-cari", "Auditors: search", "/audit", "auditor"),
    Shot("auditor-putar", "Auditors: replay", "/audit", "auditor", FIRST_REQUEST),
    Shot("auditor-keaslian", "Auditors: verification", "/audit", "auditor",
         in_turn(FIRST_REQUEST, press("button:has-text('Periksa keaslian')"))),
    Shot("auditor-administrasi", "Auditors: acts of administration", "/admin/riwayat", "auditor"),
    Shot("laporan", "Reports: compliance", "/laporan", "auditor"),
    Shot("laporan-peta", "Reports: heatmap", f"/laporan/sop/{SOP}/peta", "auditor"),
    Shot("pimpinan", "Leaders: the dashboard", "/pimpinan", "pimpinan"),
    Shot("pimpinan-gelap", "Leaders: the dashboard, dark", "/pimpinan", "pimpinan", dark=True),
    Shot("pimpinan-ponsel", "Leaders: the dashboard on a phone", "/pimpinan", "pimpinan", width=360),
    Shot("admin", "Administrators: overview", "/admin", "admin"),
    Shot("admin-instansi", "Administrators: agencies", "/admin/instansi", "admin"),
    Shot("admin-orang", "Administrators: people", "/admin/orang", "admin"),
    Shot("admin-orang-satu", "Administrators: one person", f"/admin/orang/{HEAD}", "admin"),
    Shot("admin-jabatan", "Administrators: posts", "/admin/jabatan", "admin"),
    Shot("admin-penugasan", "Administrators: acting assignments", "/admin/penugasan", "admin"),
    Shot("admin-kalender", "Administrators: the calendar", "/admin/kalender", "admin"),
    Shot("admin-keputusan", "Administrators: a decree", "/admin/kalender/keputusan", "admin"),
    Shot("admin-token", "Administrators: tokens", "/admin/token", "admin"),
    Shot("admin-kendala", "Administrators: incidents", "/admin/kendala", "admin"),
    Shot("admin-antrean", "Administrators: queues and workers", "/admin/antrean", "admin"),
    Shot("admin-pengaturan", "Administrators: settings", "/admin/pengaturan", "admin"),
    Shot("admin-riwayat", "Administrators: acts of administration", "/admin/riwayat", "admin"),
)


def take(browser: Browser, site: str, shots: tuple[Shot, ...]) -> Iterator[Shot]:
    """Takes the pictures one after the other; each person logs in once."""
    cookies: dict[str | None, list[object]] = {}
    for shot in shots:
        context = browser.new_context(
            base_url=site, locale="id-ID", viewport={"width": shot.width, "height": 860},
            color_scheme="dark" if shot.dark else "light", reduced_motion="reduce",
        )  # fmt: skip
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if shot.who in cookies:
            context.add_cookies(cookies[shot.who])  # type: ignore[arg-type]
        elif shot.who is not None:
            _log_in(page, shot.who)
            cookies[shot.who] = list(context.cookies())
        page.goto(shot.path)
        settle(page)
        if shot.act is not None:
            shot.act(page)
            settle(page)
        height = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        page.set_viewport_size({"width": shot.width, "height": max(height, 640)})
        page.screenshot(path=TARGET / f"{shot.name}.jpg", type="jpeg", quality=78)
        context.close()
        yield shot


def _log_in(page: Page, who: str) -> None:
    page.goto("/masuk")
    page.fill("#username", who)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "/masuk" not in url)


@contextmanager
def demo_site(folder: Path) -> Iterator[str]:
    """The address of a server over a fresh demo database."""
    config = Config(f"sqlite:///{folder / 'alur.db'}", "a secret of pictures", folder, demo=True)
    context = build_context(config, migrate=True)
    seed_everything(context)
    seed_requests(context, REQUESTS, months=MONTHS, seed=1)
    server = make_server("127.0.0.1", 0, create_app(config, context), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def main() -> int:
    """Takes all pictures, or those whose names begin with an argument, and writes the page that shows them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        print("Expected a Chromium, but found none; on Debian: apt-get install chromium.", file=sys.stderr)
        return 1
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    wanted = tuple(sys.argv[1:])
    shots = tuple(shot for shot in SHOTS if shot.name.startswith(wanted or ""))
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo_site(Path(folder)) as site, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=FLAGS)
        for shot in take(browser, site, shots):
            print(shot.name, flush=True)
        browser.close()
    (TARGET / "README.md").write_text(_index(), encoding="utf-8")
    return 0


def _index() -> str:
    head = "# Screenshots\n\nMade by `make screenshots` from a demo installation: people and requests are data demo.\n"
    return head + "".join(f"\n## {shot.words}\n\n![{shot.words}]({shot.name}.jpg)\n" for shot in SHOTS)


if __name__ == "__main__":
    sys.exit(main())
