"""Saved views and acts on many tasks through the API."""

from datetime import timedelta
from typing import Any

import pytest

from engine.clock import TestClock

HEAD, FIELD = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika"


@pytest.fixture
def task(http: Any, started: dict[str, Any]) -> str:
    """A task that waits for the head of the office."""
    done = http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga",
                     json={"data": {"kelengkapan": ["butir_1"]}})  # fmt: skip
    return str(done.json["tasks"][0]["id"])


def test_views_belong_to_one_person(http: Any) -> None:
    made = http.post("/task-views", HEAD, json={"name": "Mendesak", "filters": {"due_within_hours": 24}})
    assert made.status_code == 201
    view = made.json
    assert http.get("/task-views", HEAD).json["items"] == [view]
    assert http.get("/task-views", FIELD).json["items"] == []
    path = f"/task-views/{view['id']}"
    assert http.call("PATCH", path, FIELD, json={"name": "x"}).status_code == 404
    assert http.call("DELETE", path, FIELD).status_code == 404
    assert http.call("PATCH", path, HEAD, json={"default": True}).json == view | {"default": True}
    assert http.call("DELETE", path, HEAD).status_code == 204
    assert http.get("/task-views", HEAD).json["items"] == []


def test_one_default_replaces_the_other(http: Any) -> None:
    for name in ("satu", "dua"):
        http.post("/task-views", HEAD, json={"name": name, "filters": {"assignee": "me"}, "default": True})
    assert {one["name"]: one["default"] for one in http.get("/task-views", HEAD).json["items"]} == {
        "dua": True, "satu": False,
    }  # fmt: skip


def test_fifty_views_are_enough(http: Any) -> None:
    answers = [http.post("/task-views", HEAD, json={"name": f"ke-{one}"}).status_code for one in range(51)]
    assert answers == [201] * 50 + [422]


@pytest.mark.parametrize(
    "filters", [{"sort": "acak"}, {"due_within_hours": 0}, {"lain": 1}, {"overdue": "ya"}, {"q": "x" * 201}]
)
def test_a_view_of_nothing_that_can_be_filtered_is_refused(http: Any, filters: dict[str, Any]) -> None:
    assert http.post("/task-views", HEAD, json={"name": "x", "filters": filters}).status_code == 422


def test_each_task_has_its_own_outcome(http: Any, task: str) -> None:
    body = {"action": "claim", "tasks": [{"id": task}, {"id": "tidak-ada"}]}
    outcomes = http.post("/tasks/bulk", HEAD, json=body).json["items"]
    assert [(one["id"], one["done"], one["code"]) for one in outcomes] == [
        (task, True, None), ("tidak-ada", False, "not_found"),
    ]  # fmt: skip
    assert http.get(f"/tasks/{task}", HEAD).json["assignee"] == HEAD


def test_a_task_that_changed_since_it_was_seen_is_left_alone(http: Any, task: str) -> None:
    seen = http.get(f"/tasks/{task}", HEAD).json["etag"]
    http.post(f"/tasks/{task}/claim", HEAD)
    body = {"action": "delegate", "tasks": [{"id": task, "etag": seen}], "username": FIELD, "text": "Tolong"}
    assert http.post("/tasks/bulk", HEAD, json=body).json["items"][0]["code"] == "precondition_failed"
    assert http.get(f"/tasks/{task}", HEAD).json["assignee"] == HEAD


@pytest.mark.parametrize("who", [FIELD, "auditor", "warga", "admin"])
def test_bulk_gives_no_right_that_one_task_would_not(http: Any, task: str, who: str) -> None:
    outcome = http.post("/tasks/bulk", who, json={"action": "claim", "tasks": [{"id": task}]}).json["items"][0]
    alone = http.post(f"/tasks/{task}/claim", who)
    assert outcome["done"] is False
    assert outcome["code"] == alone.json["code"]


@pytest.mark.parametrize("body", [{"action": "assign"}, {"action": "delegate", "username": FIELD}])
def test_handing_over_needs_somebody_and_an_instruction(http: Any, task: str, body: dict[str, Any]) -> None:
    assert http.post("/tasks/bulk", HEAD, json={**body, "tasks": [{"id": task}]}).status_code == 422


def test_a_cursor_of_another_order_is_refused(http: Any, task: str) -> None:
    http.post(f"/tasks/{task}/claim", HEAD)
    for _ in range(2):
        started = http.post("/instances", "warga", json={"definition": "prosedur-pembuatan-akun-splp"}).json
        http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga", json={"data": {"kelengkapan": ["butir_1"]}})
    cursor = http.get("/tasks?sort=-name&limit=1", HEAD).json["next_cursor"]
    assert http.get(f"/tasks?sort=-name&limit=1&cursor={cursor}", HEAD).status_code == 200
    assert http.get(f"/tasks?sort=name&limit=1&cursor={cursor}", HEAD).status_code == 422
    assert http.get(f"/tasks?limit=1&cursor={cursor}", HEAD).status_code == 422


def test_other_orders_sort_what_is_due_first_and_say_so(
    http: Any, task: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, head = "prosedur-pembuatan-akun-splp", [task]
    for _ in range(3):
        clock.advance(timedelta(minutes=1))
        started = http.post("/instances", "warga", json={"definition": path}).json
        done = http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga",
                         json={"data": {"kelengkapan": ["butir_1"]}})  # fmt: skip
        head.append(done.json["tasks"][0]["id"])
    due = [one["id"] for one in http.get("/tasks", HEAD).json["items"]]
    newest = http.get("/tasks?sort=-opened_at", HEAD).json
    assert ([one["id"] for one in newest["items"]], newest["sorted_within"]) == (head[::-1], None)
    monkeypatch.setattr("engine.queries.inbox.WITHIN", 2)
    first = http.get("/tasks?sort=-opened_at&limit=1", HEAD).json
    second = http.get(f"/tasks?sort=-opened_at&limit=1&cursor={first['next_cursor']}", HEAD).json
    shown = [one["id"] for page in (first, second) for one in page["items"]]
    assert (set(shown), shown) == (set(due[:2]), sorted(shown, key=head.index, reverse=True))
    assert (first["sorted_within"], second["next_cursor"]) == (2, None)
    assert len(http.get("/tasks?sort=-due_at", HEAD).json["items"]) == 4  # by deadline everything is in reach
