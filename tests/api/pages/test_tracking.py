"""Tracking without script: who has it, what is late, what is asked of the applicant, how it ended; no names."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from engine.clock import TestClock
from engine.commands.cancel_instance import cancel_instance
from engine.commands.deploy_definition import deploy_definition
from engine.context import Context
from engine.storage.people import actor_by_username
from pages_support import Visitor
from scripts.seed import CATALOGUE, forms_of

KEY = "prosedur-pembuatan-akun-splp"
NUMBER = "TRENGGALEK-KOMINFO-2026-000001"
Visit = Callable[[], Visitor]


def _ask(warga: Visitor) -> str:
    warga.get(f"/layanan/{KEY}/ajukan")
    location: str = warga.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun SPLP"}).location
    return location.split("/")[2]


def test_the_applicant_is_led_to_the_own_step_and_others_to_the_login(visitor: Visit) -> None:
    warga = visitor().log_in("warga")
    _ask(warga)
    body = warga.get(f"/lacak/{NUMBER}").text
    assert "Langkah ini menunggu Anda:" in body and "sisa " in body
    task = warga.link(r"/tugas/[^\"]+")
    assert warga.get(task).status_code == 200
    somebody = visitor()
    body = somebody.get(f"/lacak/{NUMBER.lower()}").text
    assert "Permohonan ini menunggu pemohon." in body
    assert f'href="/masuk?lanjut=/lacak/{NUMBER.lower()}"' in body.replace("%2F", "/")
    assert "/tugas/" not in body and "Demo Warga" not in body
    assert "Langkah ini menunggu Anda:" not in visitor().log_in("admin").get(f"/lacak/{NUMBER}").text

    warga.get(task)
    warga.post(f"{task}/selesai", {"kelengkapan": "butir_1"})
    body = somebody.get(f"/lacak/{NUMBER}").text
    assert "Sekarang pada Kadis Kominfo" in body
    assert "menunggu pemohon" not in body


def test_what_is_late_is_said(visitor: Visit, clock: TestClock) -> None:
    _ask(visitor().log_in("warga"))
    clock.set(datetime(2026, 3, 10, 1, 0, tzinfo=UTC))
    body = visitor().get(f"/lacak/{NUMBER}").text
    assert "1 langkah terlambat" in body
    assert body.count("terlambat</span>") >= 2


def test_the_end_its_reason_and_the_survey_are_for_the_applicant(visitor: Visit, service: Context) -> None:
    warga = visitor().log_in("warga")
    instance_id = _ask(warga)
    with service.database.read() as connection:
        admin = actor_by_username(connection, "admin", service.clock.now())
    cancel_instance(service, admin, instance_id, "Diajukan dua kali")
    body = warga.get(f"/lacak/{NUMBER}").text
    assert "Permohonan ini dibatalkan." in body and "Diajukan dua kali" in body
    assert f"/permohonan/{instance_id}/penilaian" in body
    for other in (visitor(), visitor().log_in("analis")):
        body = other.get(f"/lacak/{NUMBER}").text
        assert "Permohonan ini dibatalkan." in body
        assert "Diajukan dua kali" not in body and instance_id not in body


def test_the_diagram_page_has_the_table_and_is_public_as_the_service_is(visitor: Visit) -> None:
    _ask(visitor().log_in("warga"))
    somebody = visitor()
    body = somebody.get(f"/lacak/{NUMBER}/diagram").text
    assert body.count('aria-current="step"') == 1
    assert body.count("belum") >= 6
    assert somebody.get(f"/sop/{KEY}/1/diagram.bpmn").content_type.startswith("application/xml")
    assert somebody.get(f"/sop/{KEY}/9/diagram.bpmn").status_code == 404
    assert somebody.get("/lacak/TIDAK-ADA-1/diagram").status_code == 404


def test_a_secret_request_is_found_by_its_applicant_only(visitor: Visit, service: Context) -> None:
    xml = (Path(CATALOGUE) / f"{KEY}.bpmn").read_bytes().replace(b'kerahasiaan="biasa"', b'kerahasiaan="rahasia"')
    deploy_definition(service, None, xml, forms=forms_of(KEY))
    warga = visitor().log_in("warga")
    _ask(warga)
    assert "Langkah ini menunggu Anda:" in warga.get(f"/lacak/{NUMBER}").text
    for other in (visitor(), visitor().log_in("admin"), visitor().log_in("auditor")):
        assert other.get(f"/lacak/{NUMBER}").status_code == 404
        assert other.get(f"/lacak/{NUMBER}/diagram").status_code == 404
    assert visitor().get(f"/sop/{KEY}/2/diagram.bpmn").status_code == 401
