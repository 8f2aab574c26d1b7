"""Acts of administration: agencies, posts, roles, passwords, tokens; each is recorded with old and new values."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import ADMIN, Actor
from engine.clock import TestClock
from engine.commands.assign_post import assign_post
from engine.commands.change_agency import change_agency
from engine.commands.change_calendar import change_calendar
from engine.commands.change_password import change_password
from engine.commands.change_person import change_person
from engine.commands.change_post import change_post
from engine.commands.change_role import change_role
from engine.commands.create_agency import create_agency
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.issue_token import issue_token
from engine.commands.log_in import log_in
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.reset_password import LIFE, reset_password
from engine.commands.revoke_tokens import revoke_tokens
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import Forbidden, InvalidInput, NotFound, PasswordChangeDue, Unauthenticated
from engine.office_hours import OfficeHours, OfficeHoursRefused
from engine.queries.acting import AssignmentFilter, list_assignments
from engine.queries.directory import PeopleFilter, person, search_people
from engine.queries.organisation import agency, list_agencies, post, search_posts, search_roles
from engine.queries.tokens import list_tokens
from engine.reexecution import reexecute
from engine.storage import calendars, history
from engine.storage.people import actor_by_username
from engine.storage.tables import instances, tasks
from tests_support import ACCOUNT, MakeActor, deploy_sop

ROLE, HEAD = "trenggalek-kabid-aptika", "trenggalek-kadis-kominfo"


def acts(service: Context) -> list[tuple[str, dict[str, Any]]]:
    """What the administration's history says, in order."""
    with service.database.read() as connection:
        return [(one.type, json.loads(one.data)) for one in history.entries(connection, history.ADMINISTRATION)]


@pytest.fixture
def hired(service: Context, admin: Actor) -> dict[str, Any]:
    """A post below another, and its holder."""
    above = create_post(service, admin, agency_code="kominfo", title="Kepala Dinas", roles=[HEAD])
    own = create_post(service, admin, agency_code="kominfo", title="Kepala Bidang", roles=[ROLE],
                      superior_id=above["id"])  # fmt: skip
    create_person(service, admin, username="demo-budi", name="Demo Budi", password="kata sandi lama")
    assign_post(service, admin, username="demo-budi", post_id=own["id"])
    return {"above": above["id"], "own": own["id"]}


def test_a_post_changes_and_its_holder_has_the_new_roles_at_once(
    service: Context, admin: Actor, hired: dict[str, Any]
) -> None:
    change_post(service, admin, hired["own"], {"title": "Kabid Aptika", "roles": [HEAD], "unit": ""}, "Perda 3/2026")
    with service.database.read() as connection:
        budi = actor_by_username(connection, "demo-budi", service.clock.now())
    assert (HEAD in budi.roles, ROLE in budi.roles) == (True, False)
    type_, data = acts(service)[-1]
    assert type_ == "post_changed"
    assert data["old"] == {"title": "Kepala Bidang", "roles": [ROLE]}
    assert data["new"] == {"title": "Kabid Aptika", "roles": [HEAD]}
    assert data["reason"] == "Perda 3/2026"


def test_no_post_stands_above_itself(service: Context, admin: Actor, hired: dict[str, Any]) -> None:
    for wrong in (hired["above"], hired["own"]):
        with pytest.raises(InvalidInput) as refused:
            change_post(service, admin, hired["above"], {"superior_id": wrong}, "uji")
        assert refused.value.errors[0]["field"] == "superior_id"
    with pytest.raises(NotFound):
        change_post(service, admin, hired["above"], {"superior_id": 4711}, "uji")
    with pytest.raises(NotFound):
        change_post(service, admin, hired["above"], {"roles": ["tidak-ada"]}, "uji")
    assert post(service, admin, hired["own"])["superiors"] == [{"id": hired["above"], "title": "Kepala Dinas"}]


def test_a_role_gets_another_superior(service: Context, admin: Actor) -> None:
    change_role(service, admin, ROLE, {"superior_role": None}, "tanpa eskalasi")
    assert acts(service)[-1] == (
        "role_changed",
        {"key": ROLE, "reason": "tanpa eskalasi", "old": {"superior_role": HEAD}, "new": {"superior_role": None}},
    )
    with pytest.raises(InvalidInput):
        change_role(service, admin, ROLE, {"superior_role": ROLE}, "uji")
    for key, changes in (("tidak-ada", {"name": "x"}), (ROLE, {"superior_role": "tidak-ada"})):
        with pytest.raises(NotFound):
            change_role(service, admin, key, changes, "uji")


def test_a_change_without_effect_is_no_event(service: Context, admin: Actor, hired: dict[str, Any]) -> None:
    before = len(acts(service))
    change_role(service, admin, ROLE, {"superior_role": HEAD}, "sama saja")
    change_post(service, admin, hired["own"], {"title": "Kepala Bidang"}, "sama saja")
    change_agency(service, admin, "kominfo", {"name": "Dinas Uji"}, "sama saja")
    assert len(acts(service)) == before


def test_a_one_time_password_is_good_for_nothing_but_an_own_one(
    service: Context, admin: Actor, hired: dict[str, Any]
) -> None:
    token = issue_token(service, admin, "demo-budi")
    once = reset_password(service, admin, "demo-budi", "lupa")
    assert list_tokens(service, admin, username="demo-budi")["items"] == []
    with pytest.raises(Unauthenticated):
        log_in(service, "demo-budi", "kata sandi lama", "-")
    with pytest.raises(PasswordChangeDue):
        log_in(service, "demo-budi", once["password"], "-")
    with pytest.raises(Unauthenticated):
        change_password(service, "demo-budi", "salah sama sekali", "kata sandi baru", "-")
    for wrong in ("pendek", once["password"]):
        with pytest.raises(InvalidInput):
            change_password(service, "demo-budi", once["password"], wrong, "-")
    change_password(service, "demo-budi", once["password"], "kata sandi baru", "-")
    assert log_in(service, "demo-budi", "kata sandi baru", "-")["token"] != token["token"]
    with pytest.raises(Unauthenticated):
        change_password(service, "demo-budi", once["password"], "sekali lagi saja", "-")
    written = json.dumps(acts(service))
    assert once["password"] not in written
    assert [type_ for type_, _ in acts(service)][-2:] == ["password_reset", "password_changed"]


def test_a_one_time_password_runs_out(hired: dict[str, Any], service: Context, admin: Actor) -> None:
    clock = TestClock(service.wall.now())
    later = Context(service.database, service.clock, service.settings, wall=clock)
    once = reset_password(later, admin, "demo-budi", "lupa")
    clock.advance(LIFE + timedelta(seconds=1))
    with pytest.raises(Unauthenticated):
        log_in(later, "demo-budi", once["password"], "-")
    with pytest.raises(Unauthenticated):
        change_password(later, "demo-budi", once["password"], "kata sandi baru", "-")


def test_every_token_of_a_person_ends_at_once(service: Context, admin: Actor, hired: dict[str, Any]) -> None:
    for _ in range(2):
        issue_token(service, admin, "demo-budi")
    assert revoke_tokens(service, admin, "demo-budi", "laptop hilang")["revoked"] == 2
    assert list_tokens(service, admin, username="demo-budi")["items"] == []
    both = list_tokens(service, admin, username="demo-budi", valid=False, limit=1)
    assert both["next_cursor"] and not both["items"][0]["valid"]
    rest = list_tokens(service, admin, username="demo-budi", valid=False, cursor=both["next_cursor"])
    assert len(rest["items"]) == 1
    with pytest.raises(NotFound):
        revoke_tokens(service, admin, "tidak-ada", "uji")


def test_nobody_deactivates_oneself(service: Context, admin: Actor, hired: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        change_person(service, admin, "admin", {"active": False}, "uji")
    change_person(service, admin, "demo-budi", {"active": False}, "pensiun")
    assert acts(service)[-1][1]["old"] == {"active": True}
    found = search_people(service, admin, PeopleFilter(state="nonaktif"))
    assert [one["username"] for one in found["items"]] == ["demo-budi"]


SIX_DAYS = {
    "week": {day: ["07:00-14:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")},
    "ramadan": {day: ["08:00-13:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")},
    "count_first_day": False,
}


def test_other_office_hours_move_open_deadlines_and_leave_the_past_alone(
    service: Context, admin: Actor, warga: Actor
) -> None:
    deploy_sop(service, ACCOUNT)
    started = start_instance(service, warga, ACCOUNT, {})
    before = agency(service, admin, "kominfo")["hours"]
    with service.database.read() as connection:
        version = calendars.current_version(connection)
        due = connection.execute(select(tasks.c.due_at)).scalar_one()
    changed = change_agency(service, admin, "kominfo", {"office": SIX_DAYS}, "Perbup 5/2026")
    assert (changed["version"], changed["recomputing"]) == (version + 1, 1)
    recompute_deadlines(service)
    assert agency(service, admin, "kominfo")["hours"] == SIX_DAYS != before
    with service.database.read() as connection:
        assert connection.execute(select(tasks.c.due_at)).scalar_one() != due
        old, new = (calendars.calendar_at(connection, 1, one) for one in (version, version + 1))
        assert (old.office_hours, old.is_working_day(date(2026, 5, 9))) == (OfficeHours(), False)
        assert new.is_working_day(date(2026, 5, 9))
        entries = history.entries(connection, started["id"])
        agency_id = connection.execute(select(instances.c.agency_id)).scalar_one()
        assert reexecute(service, connection, agency_id, entries) is None
    assert acts(service)[-1][1]["new"] == {"office": SIX_DAYS}
    back = change_agency(service, admin, "kominfo", {"office": None, "zone": "Asia/Jayapura"}, "kembali")
    assert back["version"] == version + 2
    with service.database.read() as connection:
        assert calendars.calendar_at(connection, 1, version + 2).zone == "Asia/Jayapura"
        assert calendars.calendar_at(connection, 1, version + 1).zone == "Asia/Jakarta"


def test_hours_and_zones_that_make_no_sense_are_refused(service: Context, admin: Actor) -> None:
    for office in ({"week": {}}, {"week": {"monday": ["16:00-08:00"]}}, {"hari": {}}, {"week": {"monday": "pagi"}}):
        with pytest.raises(OfficeHoursRefused):
            change_agency(service, admin, "kominfo", {"office": office}, "uji")
    with pytest.raises(InvalidInput):
        change_agency(service, admin, "kominfo", {"zone": "Europe/Berlin"}, "uji")
    with pytest.raises(InvalidInput):
        create_agency(service, admin, code="lain", name="Lain", zone="UTC")
    with pytest.raises(NotFound):
        change_agency(service, admin, "tidak-ada", {"name": "Lain"}, "uji")


def test_a_decree_may_name_a_span_of_days(service: Context, admin: Actor) -> None:
    span = {"date": "2026-12-28", "until": "2026-12-30", "name": "Uji", "category": "daerah"}
    changed = change_calendar(service, admin, [span], decree="Uji 1")
    with service.database.read() as connection:
        calendar = calendars.calendar_at(connection, 1, changed["version"])
    assert [day.day for day in sorted(calendar.holidays) if calendar.holidays[day] == "Uji"] == [28, 29, 30]
    for wrong in (
        {"date": "2026-12-30", "until": "2026-12-28", "name": "Uji", "category": "daerah"},
        {"date": "2026-01-01", "until": "2026-12-28", "name": "Uji", "category": "daerah"},
        {"date": "2026-12-28", "name": "", "category": "daerah"}, {"date": "besok", "name": "Uji"},
        {"date": "2026-12-28", "category": "ramadan"}, {"date": "9999-12-28", "name": "Uji"},
        {"date": "2026-12-28", "name": "Uji", "category": "pasar"},
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            change_calendar(service, admin, [wrong], decree="Uji 2")
        assert refused.value.errors[0]["field"].startswith("changes.0.")


def test_only_administrators_do_any_of_this(service: Context, actor: MakeActor, hired: dict[str, Any]) -> None:
    for who in (actor("demo-ani", ROLE), actor("demo-dua", "alur-auditor", ADMIN)):
        for act in (
            lambda who=who: change_agency(service, who, "kominfo", {"name": "x"}, "uji"),
            lambda who=who: change_post(service, who, hired["own"], {"title": "x"}, "uji"),
            lambda who=who: change_role(service, who, ROLE, {"name": "x"}, "uji"),
            lambda who=who: reset_password(service, who, "demo-budi", "uji"),
            lambda who=who: revoke_tokens(service, who, "demo-budi", "uji"),
            lambda who=who: list_tokens(service, who, username="demo-budi"), lambda who=who: list_tokens(service, who),
            lambda who=who: search_people(service, who, PeopleFilter()), lambda who=who: person(service, who, "admin"),
            lambda who=who: list_agencies(service, who), lambda who=who: search_posts(service, who),
            lambda who=who: search_roles(service, who), lambda who=who: post(service, who, hired["own"]),
            lambda who=who: agency(service, who, "kominfo"),
            lambda who=who: list_assignments(service, who, AssignmentFilter()),
        ):  # fmt: skip
            with pytest.raises(Forbidden):
                act()
    ani = actor("demo-tri", ROLE)
    issue_token(service, ani, "demo-tri")
    assert len(list_tokens(service, ani, username="demo-tri")["items"]) == 1
    assert revoke_tokens(service, ani, "demo-tri", "ganti")["revoked"] == 1
