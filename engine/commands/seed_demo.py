"""Fills a demo installation with agencies, roles, posts and invented persons; what is there already stays."""

from collections.abc import Sequence
from datetime import date

from engine.context import Context
from engine.demo import HOUSE_CODE, HOUSE_NAME, PASSWORD, SYSTEM_ROLES, DemoPerson, RoleRow, demo_people
from engine.errors import WrongState
from engine.passwords import hash_password
from engine.storage import people, personnel
from engine.storage.history import append_administration
from engine.storage.unit_of_work import Connection

SINCE = date(2020, 1, 1)  # demo posts are held from long ago, so that a test clock may go back


def seed_demo(context: Context, rows: Sequence[RoleRow]) -> list[str]:
    """Creates what is missing and returns the user names of the persons created. All have the published demo password.

    Raises:
        WrongState: this is no demo installation; demo persons would be open doors elsewhere.
    """
    if not context.settings.demo:
        raise WrongState("Expected demo mode (ALUR_DEMO=1) for demo persons, but this installation is a real one.")
    wanted = demo_people(rows)
    password_hash = hash_password(PASSWORD)

    with context.database.write() as connection:
        known = people.usernames(connection)
        missing = [person for person in wanted if person.username not in known]
        _seed_agencies(connection, rows)
        _seed_roles(connection, rows)
        for person in missing:
            _seed_person(connection, person, password_hash)
        if missing:
            data = {"persons": [person.username for person in missing]}
            append_administration(connection, None, "demo_seeded", data, context.clock.now())
    return [person.username for person in missing]


def _seed_agencies(connection: Connection, rows: Sequence[RoleRow]) -> None:
    wanted = {HOUSE_CODE: HOUSE_NAME} | {row.agency_code: row.agency_name for row in rows if row.agency_code}
    for code, name in wanted.items():
        if people.agency_id(connection, code) is None:
            personnel.insert_agency(connection, {"code": code, "name": name})


def _seed_roles(connection: Connection, rows: Sequence[RoleRow]) -> None:
    wanted = {key: (name, "") for key, name in SYSTEM_ROLES.items()}
    wanted |= {row.role: (row.post_title, row.superior_role) for row in rows}
    known = people.existing_roles(connection, wanted)
    for key, (name, superior) in wanted.items():
        if key not in known:
            personnel.put_role(connection, key, {"name": name, "superior_role": superior or None})


def _seed_person(connection: Connection, person: DemoPerson, password_hash: str) -> None:
    values = {"username": person.username, "name": person.name, "kind": person.kind, "active": True, "demo": True}
    person_id = personnel.insert_person(connection, values | {"password_hash": password_hash})
    agency_id = people.agency_id(connection, person.agency_code)
    if agency_id is None:
        return
    post = {"agency_id": agency_id, "unit": person.unit, "title": person.title, "superior_id": None}
    post_id = personnel.insert_post(connection, post, person.roles)
    personnel.insert_assignment(
        connection, {"person_id": person_id, "post_id": post_id, "kind": "definitif", "valid_from": SINCE}
    )
