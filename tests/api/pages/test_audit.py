"""The auditor's pages: search, replay as a table, verification, exports; and that others have none of it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from engine.context import Context
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


@pytest.fixture
def auditor(visitor: Visit) -> Visitor:
    """An auditor on the replay page of a request that was just made."""
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    citizen.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun baru"})
    person = visitor().log_in("auditor")
    person.get("/audit?q=000001")
    person.get(person.link(r"/audit/[0-9a-f]{32}"))
    return person


def test_replay_shows_every_entry_with_who_when_and_what_changed(auditor: Visitor) -> None:
    assert "Permohonan dimulai" in auditor.body
    assert "Demo Warga" in auditor.body
    assert "Kamis, 5 Maret 2026 08.00 WIB" in auditor.body
    assert "Akun baru" in auditor.body


def test_verification_says_that_the_history_holds(auditor: Visitor) -> None:
    where = auditor.link(r"/bahasa/en\?lanjut=(/audit/[^\"]+)").rpartition("=")[2]
    body = auditor.post(f"{where}/verifikasi").text
    assert "Riwayat asli dan utuh" in body
    assert "Dijalankan ulang: hasilnya sama" in body


def test_verification_says_when_an_entry_was_forged(auditor: Visitor, service: Context) -> None:
    where = auditor.link(r"/bahasa/en\?lanjut=(/audit/[^\"]+)").rpartition("=")[2]
    with service.database.engine.begin() as connection:
        for name in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        connection.execute(text("UPDATE history SET data = '{}' WHERE seq = 1 AND type = 'instance_started'"))
    assert "TIDAK dapat dipercaya" in auditor.post(f"{where}/verifikasi").text


@pytest.mark.parametrize("format_", ["jsonl", "csv", "xes"])
def test_exports_are_downloads(auditor: Visitor, format_: str) -> None:
    answer = auditor.get(f"/audit/ekspor.{format_}")
    assert answer.status_code == 200
    assert f"riwayat.{format_}" in answer.headers["Content-Disposition"]
    assert "TRENGGALEK" in answer.text or "instance_started" in answer.text


@pytest.mark.parametrize("who", ["warga", "trenggalek-kadis-kominfo"])
def test_others_have_no_audit(visitor: Visit, who: str) -> None:
    answer = visitor().log_in(who).get("/audit")
    assert answer.status_code == 403
    assert "Tidak berhak" in answer.text


def test_the_operations_page_is_the_administrators(visitor: Visit) -> None:
    assert visitor().log_in("admin").get("/admin/kendala").status_code == 200
    assert visitor().log_in("auditor").get("/admin/kendala").status_code == 403


def test_pages_work_and_say_what_they_need_when_nothing_was_built(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("api.pages.assets.DIST", tmp_path)
    answer = Visitor(make_app()).get("/")
    assert answer.status_code == 200
    assert "<script" not in answer.text
