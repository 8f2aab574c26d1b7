"""The citizen's path in a real browser: a draft with its upload, tracking, the survey; on a phone, and for axe."""

from typing import Any

import pytest

from browser_support import KEY, Open, accessible, ask, drawn
from engine.commands.cancel_instance import cancel_instance
from engine.context import Context
from engine.storage.people import actor_by_username

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
LETTER = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"}
WIDTH = "document.documentElement.scrollWidth"


def test_a_draft_keeps_its_upload_until_it_is_sent(open_browser: Open) -> None:
    citizen = open_browser("warga")
    citizen.goto(f"/layanan/{KEY}/ajukan")
    citizen.wait_for_selector(".fjs-form")
    citizen.get_by_label("Perihal permohonan").fill("Akun")
    citizen.set_input_files("[data-form] input[type=file]", [LETTER])
    citizen.get_by_role("button", name="Simpan konsep").click()
    citizen.wait_for_url("**/konsep/*")
    citizen.get_by_role("button", name="Hapus berkas surat.pdf").wait_for()
    citizen.get_by_label("Perihal permohonan").fill("Akun SPLP")
    citizen.locator("[data-saved]", has_text="Konsep tersimpan.").wait_for()
    accessible(citizen)
    link = citizen.url

    phone = open_browser("warga", color_scheme="dark", **PHONE)
    phone.goto(link)
    phone.get_by_text("surat.pdf (sudah terunggah)").wait_for()
    assert phone.get_by_label("Perihal permohonan").input_value() == "Akun SPLP"
    accessible(phone)
    assert phone.evaluate(WIDTH) <= 360
    phone.get_by_role("button", name="Kirim permohonan").click()
    phone.wait_for_url("**/tanda-terima")
    assert phone.get_by_text("surat.pdf").count() == 1


def test_tracking_and_the_survey_on_a_phone(open_browser: Open, service: Context) -> None:
    citizen = open_browser("warga", color_scheme="dark", **PHONE)
    number = ask(citizen)
    assert citizen.evaluate(WIDTH) <= 360
    instance_id = citizen.url.split("/")[-2]
    citizen.goto(f"/lacak/{number}")
    accessible(citizen)
    assert citizen.evaluate(WIDTH) <= 360
    citizen.get_by_role("link", name="Lihat pada diagram SOP").click()
    drawn(citizen)
    accessible(citizen)
    assert citizen.evaluate(WIDTH) <= 360

    with service.database.read() as connection:
        admin = actor_by_username(connection, "admin", service.clock.now())
    cancel_instance(service, admin, instance_id, "uji")
    citizen.goto(f"/lacak/{number}")
    accessible(citizen)
    citizen.get_by_role("link", name="Beri penilaian").click()
    accessible(citizen)
    assert citizen.evaluate(WIDTH) <= 360
    for question in citizen.locator("fieldset").all():
        question.locator("label").last.click()
    citizen.get_by_role("button", name="Kirim penilaian").click()
    citizen.get_by_text("Terima kasih. Penilaian Anda sudah kami terima.").wait_for()
    accessible(citizen)


def test_a_slow_phone_works_with_plain_fields_at_once(open_browser: Open) -> None:
    phone = open_browser("warga", **PHONE)
    phone.add_init_script("Object.defineProperty(navigator, 'connection', {value: {effectiveType: '2g'}})")
    fetched: list[str] = []
    phone.on("request", lambda sent: fetched.append(sent.url))
    number = ask(phone)
    assert [one for one in fetched if "/static/form.js" in one]
    assert not [one for one in fetched if "/static/rich_form-" in one]
    phone.goto(f"/lacak/{number}/diagram")
    phone.get_by_role("button", name="Muat diagram").click()
    drawn(phone)
    phone.goto(f"/layanan/{KEY}/ajukan")
    phone.get_by_label("Perihal permohonan").fill("Tanpa sinyal")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Kirim permohonan").click()
    phone.get_by_text("Tidak tersambung ke layanan.").wait_for()
    assert phone.get_by_label("Perihal permohonan").input_value() == "Tanpa sinyal"


def test_what_is_typed_before_the_script_comes_stays(open_browser: Open) -> None:
    citizen = open_browser("warga")
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    citizen.route("**/static/rich_form-*.js", hold)
    with citizen.expect_request("**/static/rich_form-*.js"):
        citizen.goto(f"/layanan/{KEY}/ajukan")
    subject = citizen.get_by_label("Perihal permohonan")
    subject.fill("Diketik lebih dahulu")
    held[0].continue_()
    citizen.wait_for_selector(".fjs-form")
    assert subject.input_value() == "Diketik lebih dahulu"
    assert citizen.evaluate("document.activeElement.value") == "Diketik lebih dahulu"
