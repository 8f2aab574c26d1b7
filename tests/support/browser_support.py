"""What tests in a real browser share: axe, the canvas, and the steps of people that many stories begin with."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.assignment import Actor
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.storage.people import actor_by_username

KEY = "prosedur-pembuatan-akun-splp"
HEAD, FIELD, STAFF = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika", "trenggalek-pejabat-fungsional-aptika"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']"

Open = Callable[..., Any]


def accessible(page: Any) -> None:
    """Fails on any violation of WCAG 2.2 AA that axe can see."""
    page.evaluate(_axe())
    found = page.evaluate(
        f"async () => (await axe.run(document, {{runOnly: {RULES}, resultTypes: ['violations']}})).violations"
        ".map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))])"
    )
    assert found == [], (page.url, found)


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def drawn(page: Any) -> None:
    """Waits for the canvas, and sees that the watermark of its makers is visible."""
    page.wait_for_selector("[data-diagram][aria-busy=false] .djs-shape")
    assert page.locator(".bjs-powered-by").is_visible()


def ask(citizen: Any) -> str:
    """Asks for the service and gives the registration number."""
    citizen.goto(f"/layanan/{KEY}/ajukan")
    citizen.get_by_label("Perihal permohonan").fill("Akun untuk aplikasi perizinan")
    accessible(citizen)
    citizen.get_by_role("button", name="Kirim permohonan").click()
    citizen.wait_for_url("**/tanda-terima")
    number: str = citizen.locator("dd strong").inner_text()
    return number


def person(service: Context, username: str) -> Actor:
    """A demo person, to act without a browser."""
    with service.database.read() as connection:
        found = actor_by_username(connection, username, service.clock.now())
    assert found is not None
    return found


def request_at(service: Context, *doers: str, subject: str = "Akun") -> str:
    """A request by the citizen whose first tasks these people have done, none by browser; its number."""
    view = start_instance(service, person(service, "warga"), KEY, {"perihal": subject})
    for username in doers:
        task_id = view["tasks"][0]["id"]
        view = complete_task(service, person(service, username), task_id, {"kelengkapan": ["butir_1"]})
    return str(view["registration_number"])


def work(page: Any, button: str, *, complete: bool = True, note: str = "", look: bool = True) -> None:
    """Opens the first task of the inbox, fills in its form and presses `button`; axe takes a `look` at it."""
    page.goto("/tugas")
    page.locator("main table a").first.click()
    page.wait_for_selector(".fjs-form")
    drawn(page)
    if complete:
        for box in page.locator("[data-form] input[type=checkbox]").all():
            box.check()
    if note:
        page.get_by_label("Catatan").fill(note)
    if look:
        accessible(page)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url("**/tugas")


def tab_to(page: Any, name: str) -> None:
    """Presses Tab until the element of this name has the focus."""
    focused = "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim().replace(/\\*$/, '')"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == name:
            return
    pytest.fail(f"Tab never reached '{name}'")
