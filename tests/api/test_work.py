"""The main job over HTTP: start, work every task to the end, read back, verify; races, ETags and repeated requests."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from bench.driver import Count, watched
from engine.clock import TestClock
from engine.context import Context
from engine.storage.attachments import path_of
from forms.load import parse_form
from forms.sample import valid_data
from scripts.seed import forms_of

KEY = "prosedur-pembuatan-akun-splp"


def _data(http: Any, task: dict[str, Any], who: str) -> dict[str, Any]:
    form = parse_form(json.dumps(http.get(f"/tasks/{task['id']}/form", who).json).encode())
    data = valid_data(form, None, 1)
    return {name: value for name, value in data.items() if not name.startswith("output_")}


def _performer(task: dict[str, Any]) -> str:
    return "warga" if task["role"] == "pemohon" else str(task["role"])


def _complete(http: Any, task: dict[str, Any], **headers: str) -> Any:
    who = _performer(task)
    return http.post(f"/tasks/{task['id']}/complete", who, json={"data": _data(http, task, who)}, headers=headers)


def test_a_request_runs_from_start_to_end(http: Any, started: dict[str, Any]) -> None:
    assert started["status"] == "running"
    assert started["registration_number"].startswith("TRENGGALEK-KOMINFO-2026-")
    tasks = started["tasks"]
    for _ in range(40):
        if not tasks:
            break
        answer = _complete(http, tasks[0])
        assert answer.status_code == 200, answer.json
        tasks = answer.json["tasks"]
    assert answer.json["status"] == "completed"
    history = http.get(f"/instances/{started['id']}/history?limit=1000", "auditor").json["items"]
    assert [entry["seq"] for entry in history] == list(range(1, len(history) + 1))
    assert {"instance_started", "element_entered", "task_completed", "flow_taken"} <= {one["type"] for one in history}
    done = next(entry for entry in history if entry["type"] == "task_completed" and entry["actor"]["person"] != "warga")
    assert {"person", "name", "post", "unit", "agency"} <= done["actor"].keys()
    verdict = http.post(f"/instances/{started['id']}/verify?mode=execute", "auditor").json
    assert (verdict["valid"], verdict["execution"]) == (True, "agrees")


def test_the_loser_of_a_race_gets_409_and_an_old_etag_412(http: Any, started: dict[str, Any]) -> None:
    task = started["tasks"][0]
    etag = http.get(f"/tasks/{task['id']}", "warga").headers["ETag"]
    assert http.post(f"/tasks/{task['id']}/complete", "warga", json={"data": {}}, headers={"If-Match": '"no"'}
                     ).status_code == 412  # fmt: skip
    answer = _complete(http, task, **{"If-Match": etag})
    assert answer.status_code == 200
    assert answer.json["tasks"][0]["lane"]
    again = http.post(f"/tasks/{task['id']}/complete", "warga", json={"data": {}})
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")


def test_a_repeated_request_with_its_key_gives_the_same_answer_once(http: Any) -> None:
    body, key = {"definition": KEY, "variables": {}}, {"Idempotency-Key": "permohonan-1"}
    first = http.post("/instances", "warga", json=body, headers=key)
    assert http.post("/instances", "warga", json=body, headers=key).json == first.json
    assert len(http.get("/instances", "warga").json["items"]) == 1
    other = http.post("/instances", "warga", json={**body, "version": 1}, headers=key)
    assert other.status_code == 409
    assert http.post("/instances", "warga", json=body, headers={"Idempotency-Key": "a b"}).status_code == 422


def test_claim_unclaim_assign_and_delegate(http: Any, started: dict[str, Any]) -> None:
    task = _complete(http, started["tasks"][0]).json["tasks"][0]
    who, path = _performer(task), f"/tasks/{task['id']}"
    assert http.post(f"{path}/claim", "analis").status_code == 404
    claimed = http.post(f"{path}/claim", who)
    assert claimed.status_code == 200
    assert http.get(path, who).json["assignee"] == who
    assert http.post(f"{path}/unclaim", who).json["assignee_id"] is None
    assert http.post(f"{path}/assign", "admin", json={"username": who}).status_code == 422  # no reason
    assigned = http.post(f"{path}/assign", "admin", json={"username": who, "reason": "piket"})
    assert assigned.status_code == 200
    delegated = http.post(f"{path}/delegate", who, json={"username": "pimpinan", "instruction": "Tindak lanjuti."})
    assert delegated.status_code == 200
    assert [one["id"] for one in http.get("/tasks?assignee=me", "pimpinan").json["items"]] == [task["id"]]
    assert http.post(f"{path}/complete", who, json={"data": {}}).status_code == 403


def test_drafts_comments_and_files(http: Any, started: dict[str, Any]) -> None:
    path = f"/tasks/{started['tasks'][0]['id']}"
    assert http.put(f"{path}/draft", "warga", json={"data": {"catatan_kegiatan_1": "nanti"}}).status_code == 200
    assert http.post(f"{path}/comments", "warga", json={"text": "Mohon dicek."}).status_code == 204
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
    stored = http.post(f"{path}/attachments", "warga", data={"file": (BytesIO(pdf), "../../surat.pdf")})
    assert (stored.status_code, stored.json["name"]) == (201, "surat.pdf")
    shown = http.get(path, "warga").json
    assert shown["draft"] == {"catatan_kegiatan_1": "nanti"}
    assert [comment["text"] for comment in shown["comments"]] == ["Mohon dicek."]
    assert [one["id"] for one in shown["attachments"]] == [stored.json["id"]]
    read = http.get(f"/attachments/{stored.json['id']}", "warga")
    assert read.data == pdf
    assert read.headers["Content-Disposition"].startswith("attachment;")
    assert http.get(f"/attachments/{stored.json['id']}", "pimpinan").status_code == 404


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"%PDF-1.4 forged")])
def test_a_file_that_is_not_what_was_handed_in_is_not_given_out(
    http: Any, started: dict[str, Any], service: Context, damage: Callable[[Path], object]
) -> None:
    letter = {"file": (BytesIO(b"%PDF-1.4\n%%EOF"), "surat.pdf")}
    stored = http.post(f"/tasks/{started['tasks'][0]['id']}/attachments", "warga", data=letter).json
    damage(path_of(service.settings.data_dir, stored["sha256"]))
    read = http.get(f"/attachments/{stored['id']}", "warga")
    assert (read.status_code, read.json["code"]) == (503, "storage_unavailable")
    assert stored["sha256"] in read.json["detail"]


def test_a_return_says_why(http: Any, started: dict[str, Any]) -> None:
    task = started["tasks"][0]
    while task["element_id"] != "kegiatan_4":
        task = _complete(http, task).json["tasks"][0]
    path, who = f"/tasks/{task['id']}/complete", _performer(task)
    back = {"keputusan_kegiatan_4": "tidak lengkap"}
    for silent in ({}, {"catatan_kegiatan_4": "  "}):
        refused = http.post(path, who, json={"data": back | silent})
        assert (refused.status_code, refused.mimetype) == (422, "application/problem+json")
        assert [error["field"] for error in refused.json["errors"]] == ["catatan_kegiatan_4"]
    returned = http.post(path, who, json={"data": back | {"catatan_kegiatan_4": "KTP belum ada"}})
    assert [one["element_id"] for one in returned.json["tasks"]] == ["kegiatan_1"]


def test_interventions_need_an_administrator_and_a_reason(http: Any, started: dict[str, Any]) -> None:
    path = f"/instances/{started['id']}"
    assert http.post(f"{path}/suspend", "admin", json={}).status_code == 422
    assert http.post(f"{path}/suspend", "warga", json={"reason": "x"}).status_code == 403
    assert http.post(f"{path}/suspend", "pimpinan", json={"reason": "x"}).status_code == 404
    assert http.post(f"{path}/suspend", "admin", json={"reason": "uji"}).json["status"] == "suspended"
    assert http.post(f"{path}/suspend", "admin", json={"reason": "uji"}).status_code == 409
    assert http.post(f"{path}/resume", "admin", json={"reason": "uji"}).json["status"] == "running"
    assert http.post(f"{path}/cancel", "admin", json={"reason": "uji"}).json["status"] == "cancelled"
    assert http.get(path, "warga").json["status"] == "cancelled"


def test_lists_page_by_cursor_without_gaps_or_repeats(http: Any) -> None:
    for _ in range(5):
        http.post("/instances", "warga", json={"definition": KEY, "variables": {}})
    for path in ("/instances", "/tasks"):
        seen: list[str] = []
        cursor = ""
        for _ in range(4):
            page = http.get(f"{path}?limit=2{cursor}", "warga").json
            seen += [item["id"] for item in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert len(seen) == len(set(seen)) == 5


def test_the_public_sees_where_a_request_is_and_nothing_else(http: Any, started: dict[str, Any]) -> None:
    assert KEY in [one["key"] for one in http.get("/public/services").json["items"]]
    seen = http.get(f"/public/track/{started['registration_number']}")
    assert seen.status_code == 200
    assert "Demo Warga" not in seen.get_data(as_text=True)
    assert http.get("/public/track/TIDAK-ADA-1").status_code == 404
    assert http.post("/public/requests", json={"definition": KEY}).status_code == 401
    asked = http.post("/public/requests", "warga", json={"definition": KEY, "variables": {}})
    assert (asked.status_code, asked.json["status"]) == (201, "running")


def test_due_timers_fire_before_the_test_clock_answers(http: Any, started: dict[str, Any], clock: TestClock) -> None:
    task = _complete(http, started["tasks"][0]).json["tasks"][0]
    moved = http.post("/test-clock", json={"advance": "P60D"})
    assert (moved.status_code, moved.json["fired"] > 0) == (200, True)
    late = http.get("/tasks?overdue=true", _performer(task)).json["items"]
    assert [one["id"] for one in late] == [task["id"]]
    types = [one["type"] for one in http.get(f"/instances/{started['id']}/history?limit=1000", "auditor").json["items"]]
    assert "timer_fired" in types
    back = http.post("/test-clock", json={"now": "2026-03-05T08:00:00+07:00"})
    assert back.json["now"] == "2026-03-05T01:00:00.000000Z"
    assert clock.now().year == 2026


def test_a_completion_takes_at_most_six_statements_and_one_commit(
    http: Any, started: dict[str, Any], service: Context
) -> None:
    task = started["tasks"][0]
    data = _data(http, task, "warga")
    _complete(http, http.post("/instances", "warga", json={"definition": KEY}).json["tasks"][0])  # compiled by now
    count = Count()
    with watched(service.database.engine, count.note):
        answer = http.post(f"/tasks/{task['id']}/complete", "warga", json={"data": data})
    assert answer.status_code == 200
    assert 3 <= len(count.statements) <= 6, count.statements
    assert count.commits == 1


def test_a_diagram_comes_with_its_forms_and_decisions(http: Any) -> None:
    dmn = (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="tarif_uji" name="Tarif" '
        b'namespace="urn:uji"><decision id="tarif" name="Tarif"><variable name="Tarif"/>'
        b"<literalExpression><text>1 + 1</text></literalExpression></decision></definitions>"
    )
    xml = http.get(f"/definitions/{KEY}/bpmn", "analis").data
    forms = {key: http.get(f"/definitions/{KEY}/forms/{key}", "analis").data for key in forms_of(KEY)}
    forms[f"{KEY}.mulai"] += b"\n"  # another form makes another version
    files = {
        "bpmn": (BytesIO(xml), "x.bpmn"), "decisions": (BytesIO(dmn), "tarif.dmn"),
        "forms": [(BytesIO(form), f"{key}.json") for key, form in forms.items()],
    }  # fmt: skip
    answer = http.post("/definitions", "analis", data=files)
    assert (answer.status_code, answer.json["version"], answer.json["created"]) == (201, 2, True)
    assert http.get(f"/definitions/{KEY}/versions/1", "analis").json["versions"] == [1, 2]
    assert "tarif_uji" in [one["key"] for one in http.get("/decisions", "analis").json["items"]]
