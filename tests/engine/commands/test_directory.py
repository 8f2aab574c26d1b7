"""Looking for people, posts, roles and assignments: search, paging, overlaps and ends."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from engine.assignment import Actor
from engine.commands.assign_post import assign_post
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.end_assignment import end_assignment
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.queries.acting import AssignmentFilter, list_assignments
from engine.queries.directory import PeopleFilter, person, search_people
from engine.queries.organisation import list_agencies, search_posts, search_roles
from engine.storage.tables import agencies

ROLE = "trenggalek-kabid-aptika"


@pytest.fixture
def office(service: Context, admin: Actor) -> dict[str, Any]:
    """Five people, two posts in two agencies."""
    with service.database.write() as connection:
        values = {"id": 2, "code": "dinkes", "name": "Dinas Kesehatan", "zone": "Asia/Jayapura"}
        connection.execute(insert(agencies).values(**values))
    first = create_post(service, admin, agency_code="kominfo", title="Kepala Bidang", unit="Aptika", roles=[ROLE])
    second = create_post(service, admin, agency_code="dinkes", title="Kepala Puskesmas")
    for number in range(5):
        create_person(service, admin, username=f"demo-{number}", name=f"Demo Orang {number}")
    assign_post(service, admin, username="demo-1", post_id=first["id"])
    assign_post(service, admin, username="demo-2", post_id=second["id"])
    return {"first": first["id"], "second": second["id"]}


def names(found: dict[str, Any]) -> list[str]:
    return [one["username"] for one in found["items"]]


def test_people_are_found_by_name_post_agency_and_kind(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    def search(**filters: Any) -> list[str]:
        return names(search_people(service, admin, PeopleFilter(**filters)))

    assert search(q="orang 3") == ["demo-3"]
    assert search(q="puskesmas") == ["demo-2"]
    assert search(q="100%") == []
    assert search(agency="kominfo") == ["demo-1"]
    assert search(kind="warga") == []
    assert search(state="aktif") == ["admin", *(f"demo-{number}" for number in range(5))]
    for wrong in ({"kind": "hantu"}, {"state": "entah"}):
        with pytest.raises(InvalidInput):
            search(**wrong)


def test_people_come_page_by_page(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    seen, cursor = [], None
    for _ in range(3):
        found = search_people(service, admin, PeopleFilter(), limit=2, cursor=cursor)
        seen += names(found)
        cursor = found["next_cursor"]
    assert cursor is None
    assert seen == ["admin", *(f"demo-{number}" for number in range(5))]
    with pytest.raises(InvalidInput):
        search_people(service, admin, PeopleFilter(), cursor="palsu")


def test_one_person_with_past_and_present_posts(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    assign_post(
        service, admin, username="demo-1", post_id=office["second"], kind="plt", letter_number="800/1",
        valid_from=date(2026, 1, 1), valid_until=date(2026, 1, 31),
    )  # fmt: skip
    shown = person(service, admin, "demo-1")
    assert [(one["title"], one["when"]) for one in shown["assignments"]] == [
        ("Kepala Bidang", "now"), ("Kepala Puskesmas", "past"),
    ]  # fmt: skip
    assert shown["roles"] == ["pegawai", ROLE]
    with pytest.raises(NotFound):
        person(service, admin, "tidak-ada")


def test_posts_with_their_roles_and_holders(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    found = search_posts(service, admin, role=ROLE)["items"]
    assert [(one["title"], one["roles"]) for one in found] == [("Kepala Bidang", [ROLE])]
    assert found[0]["holders"] == [{"username": "demo-1", "name": "Demo Orang 1", "kind": "definitif"}]
    first = search_posts(service, admin, limit=1)
    rest = search_posts(service, admin, limit=1, cursor=first["next_cursor"])
    assert [one["id"] for one in first["items"] + rest["items"]] == [office["first"], office["second"]]
    assert rest["next_cursor"] is None
    assert [one["id"] for one in search_posts(service, admin, q="aptika")["items"]] == [office["first"]]
    assert [one["id"] for one in search_posts(service, admin, agency_code="dinkes")["items"]] == [office["second"]]


def test_roles_and_agencies_by_words(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    assert [(one["key"], one["posts"]) for one in search_roles(service, admin, q="kabid")["items"]] == [(ROLE, 1)]
    page = search_roles(service, admin, limit=1)
    assert len(search_roles(service, admin, cursor=page["next_cursor"])["items"]) == 1
    first = list_agencies(service, admin, limit=1)
    assert [one["name"] for one in first["items"]] == ["Dinas Kesehatan"]
    rest = list_agencies(service, admin, cursor=first["next_cursor"])
    assert [(one["code"], one["posts"]) for one in rest["items"]] == [("kominfo", 1)]
    assert list_agencies(service, admin, q="tidak ada")["items"] == []


def test_overlaps_and_ends_of_acting_assignments(service: Context, admin: Actor, office: dict[str, Any]) -> None:
    def lend(who: str, first: date, last: date) -> int:
        given = assign_post(service, admin, username=who, post_id=office["first"], kind="plh",
                            letter_number=f"800/{who}", valid_from=first, valid_until=last)  # fmt: skip
        return int(given["id"])

    def show(what: str, **more: Any) -> list[str]:
        return names(list_assignments(service, admin, AssignmentFilter(what, **more)))

    lend("demo-3", date(2026, 3, 1), date(2026, 3, 10))
    assert show("overlapping") == []  # the holder for good is represented, not doubled
    second = lend("demo-4", date(2026, 3, 10), date(2026, 5, 1))
    lend("demo-0", date(2026, 5, 2), date(2026, 6, 1))
    assert show("overlapping") == ["demo-4", "demo-3"]
    assert show("ending") == ["demo-3"]
    assert show("acting") == ["demo-0", "demo-4", "demo-3"]
    assert show("acting", q="800/demo-0") == ["demo-0"]
    assert show("all", post_id=office["second"]) == ["demo-2"]
    end_assignment(service, admin, second, valid_until=date(2026, 3, 9), reason="dicabut")
    assert show("overlapping") == []
    page = list_assignments(service, admin, AssignmentFilter("all"), limit=2)
    rest = list_assignments(service, admin, AssignmentFilter("all"), cursor=page["next_cursor"])
    assert len(page["items"]) + len(rest["items"]) == 5
    assert {one["when"] for one in rest["items"] + page["items"]} == {"now", "future", "withdrawn"}
    for wrong in ("palsu", "WyJ4IiwgMV0"):
        with pytest.raises(InvalidInput):
            list_assignments(service, admin, AssignmentFilter(), cursor=wrong)
    with pytest.raises(InvalidInput):
        list_assignments(service, admin, AssignmentFilter("entah"))
