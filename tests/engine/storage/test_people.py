"""The actor of a token: who, with which posts today, in one SELECT."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bench.driver import Count, watched
from engine.storage import people, personnel
from engine.storage.tables import roles
from engine.storage.unit_of_work import Database
from engine.tokens import fingerprint

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.write() as connection:
        yield connection


def _person(connection: Connection, username: str, **more: Any) -> int:
    values = {"username": username, "name": f"Demo {username}", "kind": "pegawai", "active": True, **more}
    return personnel.insert_person(connection, values)


def _post(connection: Connection, zone: str = "Asia/Jakarta", *granted: str) -> int:
    agency = personnel.insert_agency(connection, {"code": f"a{zone[-4:].lower()}", "name": "Dinas Demo", "zone": zone})
    for role in granted:
        connection.execute(insert(roles).values(key=role, name=role))
    values = {"agency_id": agency, "unit": "Bidang Demo", "title": "Kepala Bidang", "superior_id": None}
    return personnel.insert_post(connection, values, granted)


def _assign(connection: Connection, person: int, post: int, since: date, until: date | None = None, **more: Any) -> int:
    values = {"person_id": person, "post_id": post, "kind": "definitif", "valid_from": since, "valid_until": until}
    return personnel.insert_assignment(connection, values | more)


def _token(connection: Connection, person: int, life: timedelta = timedelta(days=1)) -> int:
    return personnel.insert_token(connection, person, fingerprint("secret"), "", NOW, NOW + life)


def test_a_token_gives_the_person_with_posts_and_roles_in_one_statement(database: Database) -> None:
    with database.write() as connection:
        person, post = _person(connection, "budi-demo"), _post(connection, "Asia/Jakarta", "kabid", "penandatangan")
        _assign(connection, person, post, date(2025, 1, 1))
        second = _person(connection, "ani-demo")
        _assign(connection, second, post, date(2025, 1, 1))
        _token(connection, person)
    count = Count()
    with watched(database.engine, count.note), database.glance() as connection:
        actor = people.actor_by_token(connection, fingerprint("secret"), NOW, NOW)
    assert actor is not None
    assert (actor.username, actor.roles) == ("budi-demo", {"kabid", "penandatangan", "pegawai"})
    assert [(held.title, held.unit, held.agency) for held in actor.posts] == [
        ("Kepala Bidang", "Bidang Demo", "Dinas Demo")
    ]
    assert len(count.statements) == 1


@pytest.mark.parametrize(
    ("zone", "since", "until", "at", "holds"),
    [
        ("Asia/Jakarta", date(2026, 3, 2), None, datetime(2026, 3, 1, 17, 0, tzinfo=UTC), True),  # 2 March 00:00 WIB
        ("Asia/Jakarta", date(2026, 3, 2), None, datetime(2026, 3, 1, 16, 59, tzinfo=UTC), False),
        ("Asia/Jayapura", date(2026, 3, 2), None, datetime(2026, 3, 1, 15, 0, tzinfo=UTC), True),  # two hours earlier
        ("Asia/Jakarta", date(2026, 1, 1), date(2026, 3, 2), datetime(2026, 3, 2, 16, 59, tzinfo=UTC), True),
        ("Asia/Jakarta", date(2026, 1, 1), date(2026, 3, 2), datetime(2026, 3, 2, 17, 0, tzinfo=UTC), False),
        ("Asia/Jayapura", date(2026, 1, 1), date(2026, 3, 2), datetime(2026, 3, 2, 16, 0, tzinfo=UTC), False),
        ("Asia/Jakarta", date(2020, 1, 1), date(2020, 3, 2), NOW, False),
        ("Asia/Jakarta", date(2030, 1, 1), None, NOW, False),
    ],
)
def test_an_assignment_counts_on_the_days_of_its_agency(
    connection: Connection, zone: str, since: date, until: date | None, at: datetime, holds: bool
) -> None:
    person, post = _person(connection, "plt-demo"), _post(connection, zone, "kabid")
    _assign(connection, person, post, since, until, kind="plt", letter_number="800/1/2026")
    actor = people.actor_by_username(connection, "plt-demo", at)
    assert ("kabid" in actor.roles) is holds
    assert [held.kind for held in actor.posts] == (["plt"] if holds else [])
    assert [found.username for found in people.holders(connection, "kabid", at)] == (["plt-demo"] if holds else [])


def test_expired_revoked_and_inactive_open_nothing(connection: Connection) -> None:
    person = _person(connection, "budi-demo")
    token = _token(connection, person, timedelta(hours=1))
    secret = fingerprint("secret")
    assert people.actor_by_token(connection, secret, NOW, NOW) is not None
    assert people.actor_by_token(connection, secret, NOW, NOW + timedelta(hours=1)) is None
    assert people.actor_by_token(connection, fingerprint("other"), NOW, NOW) is None
    personnel.update_person(connection, person, {"active": False})
    assert people.actor_by_token(connection, secret, NOW, NOW) is None
    personnel.update_person(connection, person, {"active": True})
    personnel.revoke(connection, NOW, token_id=token)
    assert people.actor_by_token(connection, secret, NOW, NOW) is None


def test_two_posts_and_no_post(connection: Connection) -> None:
    person, post = _person(connection, "budi-demo"), _post(connection, "Asia/Jakarta", "kabid")
    second = _post(connection, "Asia/Makassar", "sekdis")
    _assign(connection, person, post, date(2025, 1, 1))
    _assign(connection, person, second, date(2025, 1, 1), date(2026, 12, 31), kind="plh", letter_number="1")
    _person(connection, "warga-demo", kind="warga")
    budi, warga = people.active_people(connection, NOW)
    assert (budi.roles, [held.kind for held in budi.posts]) == ({"kabid", "sekdis", "pegawai"}, ["definitif", "plh"])
    assert (warga.roles, warga.posts) == ({"pemohon"}, ())
