"""The preview of a decree is the command's own computation: what it says is what then happens, page by page."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.change_agency import change_agency
from engine.commands.change_calendar import change_calendar
from engine.commands.complete_task import complete_task
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.errors import Forbidden, InvalidInput, NotFound
from engine.queries import calendar_preview
from engine.queries.calendar_preview import preview_decree, preview_office
from engine.queries.calendar_year import calendar_year, list_decrees
from engine.storage.history import entries
from engine.storage.tables import history, instances
from tests_support import ACCOUNT, deploy_sop

LEAVE = [{"date": "2026-03-06", "until": "2026-03-09", "name": "Hari Uji", "category": "daerah"}]


@pytest.fixture
def requests(service: Context, warga: Actor) -> list[str]:
    """Five requests: four at the first task, one at the second."""
    deploy_sop(service, ACCOUNT)
    started = [start_instance(service, warga, ACCOUNT, {}) for _ in range(5)]
    complete_task(service, warga, started[0]["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    return [one["id"] for one in started]


def moved_in_history(service: Context, instance_id: str) -> list[tuple[str, str]]:
    """From when to when the tasks of a request were re-timed, by its history."""
    with service.database.read() as connection:
        events = [one for one in entries(connection, instance_id) if one.type == "task_rescheduled"]
    data = [json.loads(one.data) for one in events]
    return [(one["old_due_at"], one["due_at"]) for one in data]


def shown_moves(page: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {
        one["instance_id"]: [(move["old_due_at"], move["due_at"]) for move in one["moves"] if move["kind"] == "task"]
        for one in page["items"]
    }


def test_what_the_preview_says_is_what_then_happens(service: Context, admin: Actor, requests: list[str]) -> None:
    suspend_instance(service, admin, requests[4], "uji")
    said = preview_decree(service, admin, LEAVE, decree="Uji 1")
    assert said["examined"] == 5
    with service.database.read() as connection:
        assert connection.execute(select(history.c.seq).where(history.c.type == "task_rescheduled")).first() is None
    assert change_calendar(service, admin, LEAVE, decree="Uji 1")["recomputing"] == 5
    assert {tuple(moved_in_history(service, one)) for one in requests} == {()}
    assert (recompute_deadlines(service), recompute_deadlines(service)) == (5, 0)
    shown = shown_moves(said)
    assert {one: moved_in_history(service, one) for one in requests} == shown
    work = list_decrees(service, admin, limit=1)["items"][0]["recomputation"]
    assert (work["moved"], work["examined"], work["failed"], bool(work["finished_at"])) == (5, 5, 0, True)
    assert preview_decree(service, admin, LEAVE, decree="Uji 2")["items"] == []


def test_a_preview_is_bounded_and_goes_on_behind_its_cursor(
    service: Context, admin: Actor, requests: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_preview, "EXAMINED", 2)
    seen, cursor, pages = [], None, 0
    while True:
        page = preview_decree(service, admin, LEAVE, decree="Uji", cursor=cursor)
        assert page["examined"] <= 2
        seen += [one["instance_id"] for one in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
        if cursor is None:
            break
    assert (sorted(seen), pages) == (sorted(requests), 3)
    monkeypatch.setattr(calendar_preview, "SHOWN", 1)
    assert preview_decree(service, admin, LEAVE, decree="Uji")["examined"] == 1


def test_the_past_stays_in_the_preview_too(
    service: Context, admin: Actor, requests: list[str], clock: TestClock
) -> None:
    clock.advance(timedelta(days=60))
    assert preview_decree(service, admin, LEAVE, decree="Uji")["items"] == []


def test_office_hours_are_previewed_as_they_are_changed(service: Context, admin: Actor, requests: list[str]) -> None:
    late = {"week": {"monday": ["10:00-12:00"]}, "ramadan": {"monday": ["10:00-12:00"]}}
    said = preview_office(service, admin, "kominfo", {"office": late})
    assert change_agency(service, admin, "kominfo", {"office": late}, "uji")["recomputing"] == 5
    recompute_deadlines(service)
    assert len(said["items"]) == 5
    assert shown_moves(said) == {one: moved_in_history(service, one) for one in requests}
    assert preview_office(service, admin, "kominfo", {"office": late, "name": "Lain"})["examined"] == 0
    with pytest.raises(NotFound):
        preview_office(service, admin, "tidak-ada", {})


def test_a_secret_request_shows_its_moments_only(service: Context, admin: Actor, requests: list[str]) -> None:
    with service.database.write() as connection:
        connection.execute(instances.update().values(confidentiality="rahasia"))
    items = preview_decree(service, admin, LEAVE, decree="Uji")["items"]
    assert len(items) == 5
    assert {one["registration_number"] for one in items} == {None}
    assert {move["element_id"] for one in items for move in one["moves"]} == {None}


def test_previews_are_the_administrators_and_refuse_what_the_command_refuses(
    service: Context, admin: Actor, auditor: Actor
) -> None:
    with pytest.raises(Forbidden):
        preview_decree(service, auditor, LEAVE, decree="Uji")
    with pytest.raises(Forbidden):
        preview_office(service, auditor, "kominfo", {})
    for wrong, decree in (([], "Uji"), (LEAVE, " "), ([LEAVE[0] | {"agency_id": 4711}], "Uji")):
        with pytest.raises(InvalidInput):
            preview_decree(service, admin, wrong, decree=decree)
        with pytest.raises(InvalidInput):
            change_calendar(service, admin, wrong, decree=decree)


def test_a_year_shows_the_last_word_of_each_day(service: Context, admin: Actor) -> None:
    change_calendar(service, admin, LEAVE, decree="Uji 1")
    again = [{"date": "2026-03-09", "category": "dicabut"}]
    change_calendar(service, admin, [again[0] | {"agency_id": 1}], decree="Uji 2")
    national, own = calendar_year(service, 2026), calendar_year(service, 2026, "kominfo")
    march = {day["date"]: day["kind"] for day in national["months"][2]["days"]}
    assert (march["2026-03-06"], march["2026-03-07"], march["2026-03-09"]) == ("daerah", "daerah", "daerah")
    assert own["working_days"] == national["working_days"] + 1
    assert own["ramadan"] == ["2026-02-19", "2026-03-20"]
    listed = list_decrees(service, admin, limit=2)
    assert [one["decree"] for one in listed["items"]] == ["Uji 2", "Uji 1"]
    assert listed["items"][0]["changes"][0]["agency"] == "Dinas Uji"
    rest = list_decrees(service, admin, cursor=listed["next_cursor"])
    assert (rest["items"][0]["version"], rest["next_cursor"]) == (1, None)
