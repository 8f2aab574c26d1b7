"""What came to a person lately: derived from tasks and history, with read marks on the server."""

from datetime import timedelta
from typing import Any

import pytest

from engine.clock import TestClock

KEY = "prosedur-pembuatan-akun-splp"
HEAD, FIELD = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika"


@pytest.fixture
def task(http: Any, started: dict[str, Any]) -> str:
    """A task that came to the head of the office."""
    done = http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga",
                     json={"data": {"kelengkapan": ["butir_1"]}})  # fmt: skip
    return str(done.json["tasks"][0]["id"])


def kinds(http: Any, who: str) -> list[str]:
    return [one["kind"] for one in http.get("/notifications", who).json["items"]]


def unread(http: Any, who: str) -> int:
    return int(http.get("/notifications/unread", who).json["unread"])


def test_a_new_task_comes_to_its_role_and_to_nobody_else(http: Any, task: str) -> None:
    one = http.get("/notifications", HEAD).json["items"][0]
    assert (one["id"], one["kind"], one["task_id"], one["read"]) == (f"new:{task}", "new", task, False)
    assert one["name"] == "Mendisposisi surat permohonan"
    assert unread(http, HEAD) == 1
    for who in (FIELD, "analis", "auditor"):
        assert kinds(http, who) == []
        assert unread(http, who) == 0


def test_a_disposition_and_comments_come_with_their_words(http: Any, task: str, clock: TestClock) -> None:
    clock.advance(timedelta(minutes=1))
    http.post(f"/tasks/{task}/delegate", HEAD, json={"username": FIELD, "instruction": "Tolong periksa"})
    clock.advance(timedelta(minutes=1))
    http.post(f"/tasks/{task}/comments", HEAD, json={"text": 'Sebelum Jumat "token":"1"'})
    http.post(f"/tasks/{task}/comments", FIELD, json={"text": "Baik"})  # one's own is no news
    found = http.get("/notifications", FIELD).json["items"]
    assert [(one["kind"], one["text"]) for one in found] == [
        ("task_commented", 'Sebelum Jumat "token":"1"'), ("task_delegated", "Tolong periksa"), ("new", None),
    ]  # fmt: skip
    assert found[0]["by"]["person"] == HEAD
    assert kinds(http, HEAD) == []  # it has left


def test_what_is_late_comes_to_the_performer_and_the_superior(
    http: Any, task: str, clock: TestClock
) -> None:
    http.post(f"/tasks/{task}/complete", HEAD, json={"data": {"kelengkapan": ["butir_1"]}})
    clock.advance(timedelta(days=7))
    http.tokens.clear()  # they age by the same clock
    assert "late" in kinds(http, FIELD)
    superiors = [one["superior_role"] for one in http.get("/roles", "admin").json["items"] if one["key"] == FIELD]
    assert superiors == [HEAD]
    assert kinds(http, HEAD) == ["escalated"]


def test_the_applicant_hears_of_the_end(http: Any, started: dict[str, Any]) -> None:
    http.post(f"/instances/{started['id']}/cancel", "admin", json={"reason": "dobel"})
    assert kinds(http, "warga") == ["ended"]


def test_marks_are_kept(http: Any, task: str, clock: TestClock) -> None:
    assert http.post("/notifications/read", HEAD, json={"ids": [f"new:{task}"]}).status_code == 204
    assert http.post("/notifications/read", HEAD, json={"ids": [f"new:{task}"]}).status_code == 204
    assert unread(http, HEAD) == 0
    assert http.get("/notifications", HEAD).json["items"][0]["read"] is True
    clock.advance(timedelta(days=7))
    http.tokens.clear()  # they age by the same clock
    assert unread(http, HEAD) == 1  # the same task, late by now
    assert http.post("/notifications/read", HEAD, json={}).status_code == 204
    assert unread(http, HEAD) == 0
    assert all(one["read"] for one in http.get("/notifications", HEAD).json["items"])


def test_pages_go_on_where_the_last_one_ended(http: Any, task: str, clock: TestClock) -> None:
    clock.advance(timedelta(days=7))
    http.tokens.clear()  # they age by the same clock
    first = http.get("/notifications?limit=1", HEAD).json
    second = http.get(f"/notifications?limit=1&cursor={first['next_cursor']}", HEAD).json
    assert [one["kind"] for one in first["items"] + second["items"]] == ["late", "new"]
    assert second["next_cursor"] is None
    assert http.get("/notifications?cursor=palsu", HEAD).status_code == 422


def test_after_thirty_days_it_is_no_news(http: Any, task: str, clock: TestClock) -> None:
    clock.advance(timedelta(days=31))
    http.tokens.clear()
    assert kinds(http, HEAD) == ["late"]
    assert unread(http, HEAD) == 1


@pytest.mark.parametrize("body", [{"ids": []}, {"ids": ["x" * 121]}, {"ids": "semua"}, {"ids": ["x"] * 101}])
def test_marks_of_nothing_known_are_refused(http: Any, body: dict[str, Any]) -> None:
    assert http.post("/notifications/read", HEAD, json=body).status_code == 422


def test_a_comment_on_a_waiting_task_comes_to_its_role_until_somebody_takes_it(
    http: Any, task: str, clock: TestClock
) -> None:
    clock.advance(timedelta(minutes=1))
    assert http.post(f"/tasks/{task}/comments", "admin", json={"text": "Mohon diambil"}).status_code == 204
    first = http.get("/notifications", HEAD).json["items"][0]
    assert (first["kind"], first["text"], first["by"]["person"]) == ("task_commented", "Mohon diambil", "admin")
    assert [kinds(http, who) for who in ("admin", FIELD, "warga")] == [[], [], []]
    http.post(f"/tasks/{task}/claim", HEAD)
    assert first["id"] in [one["id"] for one in http.get("/notifications", HEAD).json["items"]]


def test_the_applicant_reads_what_is_meant_for_them_only(http: Any, task: str, started: dict[str, Any]) -> None:
    path = f"/tasks/{task}/comments"
    http.post(path, HEAD, json={"text": "Hanya untuk kantor"})
    http.post(path, HEAD, json={"text": "KTP Anda buram", "for_applicant": True})
    found = http.get("/notifications", "warga").json["items"]
    assert [(one["kind"], one["text"], one["task_id"]) for one in found] == [("told", "KTP Anda buram", None)]
    assert kinds(http, HEAD) == ["new"]  # one's own words are no news
    own = f"/tasks/{started['tasks'][0]['id']}/comments"
    assert http.post(own, "warga", json={"text": "x", "for_applicant": True}).status_code == 409  # done already
    refused = http.post(path, HEAD, json={"text": "x", "for_applicant": "ya"})
    assert [error["field"] for error in refused.json["errors"]] == ["for_applicant"]
    assert http.post(f"/instances/{started['id']}/verify", "auditor").json["problems"] == []
