"""The life of a draft over the API: begun, filled, handed in, reviewed by another, deployed for a later day."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.commands.create_definition_draft import create_definition_draft
from engine.commands.return_definition_draft import return_definition_draft
from engine.commands.submit_definition_draft import submit_definition_draft
from engine.context import Context
from engine.notifications.settings import ChannelSettings, SmtpSettings
from engine.storage.people import actor_by_username
from engine.storage.tables import outbox, persons

KEY = "izin-uji"
PATH = f"/drafts/{KEY}"


@pytest.fixture
def draft(http: Any) -> dict[str, Any]:
    answer = http.post(PATH, "analis", json={"name": "IZIN UJI"})
    assert answer.status_code == 200, answer.json
    body: dict[str, Any] = answer.json
    return body


def test_from_nothing_to_a_version(http: Any, draft: dict[str, Any]) -> None:
    assert http.post(f"{PATH}/submit", "analis", json={"note": "x"}).json["status"] == "in_review"
    assert http.post(f"{PATH}/approve", "analis", json={"version": 1}).status_code == 403
    assert http.post(f"{PATH}/return", "pimpinan", json={"version": 1, "reason": "waktu"}).json["status"] == "draft"
    http.post(f"{PATH}/submit", "analis", json={})
    assert http.post(f"{PATH}/approve", "pimpinan", json={"version": 2}).status_code == 412
    assert http.post(f"{PATH}/approve", "pimpinan", json={"version": 1}).json["status"] == "approved"
    body = {"number": "1/2026", "effective_on": "2026-03-06", "reason": "baru"}
    assert http.post(f"{PATH}/deploy", "pimpinan", json=body).status_code == 403
    deployed = http.post(f"{PATH}/deploy", "analis", json=body)
    assert (deployed.status_code, deployed.json["version"]) == (201, 1)
    assert http.get(PATH, "analis").status_code == 404
    assert http.get(f"/definitions/{KEY}", "analis").status_code == 404  # not in force yet
    version = http.get(f"/definitions/{KEY}/versions/1", "analis").json
    assert version["effective_at"] == "2026-03-05T17:00:00.000000Z"
    acts = [one["type"] for one in http.get(f"/definitions/{KEY}/acts", "auditor").json["items"]]
    assert acts[0] == "definition_deployed"
    assert http.get(f"/definitions/{KEY}/acts", "warga").status_code == 403


def test_drawn_from_nothing_and_laid_out_anew(http: Any) -> None:
    body = {"name": "IZIN KOSONG", "performers": ["Pemohon", "Loket"]}
    assert http.post("/drafts/izin-kosong", "analis", json=body).status_code == 200
    assert http.post("/drafts/izin-lain", "analis", json=body | {"performers": []}).status_code == 422
    drawn = http.get("/drafts/izin-kosong/bpmn", "analis").get_data()
    anew = http.post("/definitions/layout", "analis", data=drawn, content_type="application/xml")
    assert (anew.status_code, anew.content_type) == (200, "application/xml")
    assert b"".join(anew.get_data().split()) == b"".join(drawn.split())


def test_forms_and_decisions(http: Any, draft: dict[str, Any]) -> None:
    headers = {"If-Match": draft["etag"]}
    saved = http.put(f"{PATH}/forms/uji", "analis", json={"components": []}, headers=headers)
    assert saved.status_code == 200
    assert http.put(f"{PATH}/forms/uji", "analis", json={}, headers=headers).status_code == 412
    assert http.get(f"{PATH}/forms/uji", "analis").json == {"components": []}
    assert http.put(f"{PATH}/decisions/uji", "analis", data=b"<x/>", content_type="application/xml").status_code == 200
    assert http.get(f"{PATH}/decisions/uji", "analis").data == b"<x/>"
    assert http.get(PATH, "analis").json["decisions"] == ["uji"]
    assert http.post(f"{PATH}/submit", "analis", json={}).status_code == 422
    for path in ("forms/uji", "decisions/uji"):
        assert http.call("DELETE", f"{PATH}/{path}", "analis").status_code == 200
        assert http.get(f"{PATH}/{path}", "analis").status_code == 404


@pytest.mark.parametrize("who", ["admin", "auditor", "pimpinan", "warga", "trenggalek-kabid-aptika"])
def test_who_may_not(http: Any, draft: dict[str, Any], who: str) -> None:
    assert http.post("/drafts/lain", who, json={"name": "LAIN"}).status_code == 403
    assert http.get(PATH, who).status_code == 403
    assert http.put(f"{PATH}/forms/uji", who, json={}).status_code == 403
    assert http.call("DELETE", f"{PATH}/forms/{KEY}.mulai", who).status_code == 403
    assert http.post(f"{PATH}/submit", who, json={}).status_code == 403
    body = {"number": "1/2026", "effective_on": "2026-03-06", "reason": "baru"}
    assert http.post(f"{PATH}/deploy", who, json=body).status_code == 403
    if who != "pimpinan":
        assert http.post(f"{PATH}/approve", who, json={"version": 1}).status_code == 403
        assert http.post(f"{PATH}/return", who, json={"version": 1, "reason": "x"}).status_code == 403


def test_mails_go_to_who_must_act_next(service: Context) -> None:
    smtp = SmtpSettings("127.0.0.1", 25, "alur@dinas.example")
    mailing = replace(service, settings=replace(service.settings, channels=ChannelSettings(smtp=smtp)))
    with service.database.write() as connection:
        connection.execute(update(persons).values(email=persons.c.username + "@dinas.example"))
        now = service.clock.now()
        analyst, leader = (actor_by_username(connection, one, now) for one in ("analis", "pimpinan"))
    create_definition_draft(mailing, analyst, KEY, name="IZIN UJI")
    submit_definition_draft(mailing, analyst, KEY)
    return_definition_draft(mailing, leader, KEY, "waktu terlalu longgar")
    with service.database.read() as connection:
        sent = connection.execute(select(outbox.c.recipient, outbox.c.subject, outbox.c.body)).all()
    assert {(one.recipient, one.subject) for one in sent} == {
        ("pimpinan@dinas.example", "Rancangan SOP menunggu tinjauan: IZIN UJI"),
        ("analis@dinas.example", "Rancangan SOP dikembalikan: IZIN UJI"),
    }
    assert all(f"/sop/{KEY}" in one.body for one in sent)
