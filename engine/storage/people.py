"""Persons, posts, roles, assignments, tokens and failed logins as rows; the actor of a request in one SELECT.

Decides nothing about rights (engine/assignment.py does) and hashes nothing (engine/passwords.py, engine/tokens.py do).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, or_, select

from engine.assignment import Actor, HeldPost, effective_roles
from engine.errors import NotFound
from engine.storage.prepared import Prepared
from engine.storage.tables import agencies, assignments, login_failures, persons, post_roles, posts, roles, tokens

_held = (
    persons.outerjoin(
        assignments,
        (assignments.c.person_id == persons.c.id)
        & (assignments.c.valid_from <= bindparam("tomorrow"))
        & or_(assignments.c.valid_until.is_(None), assignments.c.valid_until >= bindparam("yesterday")),
    )
    .outerjoin(posts, posts.c.id == assignments.c.post_id)
    .outerjoin(agencies, agencies.c.id == posts.c.agency_id)
    .outerjoin(post_roles, post_roles.c.post_id == posts.c.id)
)
_columns = (
    persons.c.id, persons.c.username, persons.c.name, persons.c.kind,
    assignments.c.id.label("assignment_id"), assignments.c.kind.label("assignment_kind"), assignments.c.letter_number,
    assignments.c.valid_from, assignments.c.valid_until,
    posts.c.id.label("post_id"), posts.c.title, posts.c.unit, posts.c.agency_id,
    agencies.c.name.label("agency"), agencies.c.zone, post_roles.c.role,
)  # fmt: skip
_order = (persons.c.username, assignments.c.id, post_roles.c.role)
_by_token = Prepared(
    select(*_columns)
    .select_from(_held.join(tokens, tokens.c.person_id == persons.c.id))
    .where(
        tokens.c.hash == bindparam("hash"),
        tokens.c.expires_at > bindparam("moment"),
        tokens.c.revoked_at.is_(None),
        persons.c.active.is_(True),
    )
    .order_by(*_order)
)
_active = select(*_columns).select_from(_held).where(persons.c.active.is_(True)).order_by(*_order)
_any: Select[Any] = select(*_columns).select_from(_held).order_by(*_order)
_by_username = _active.where(persons.c.username == bindparam("username"))
_by_role = _active.where(
    persons.c.id.in_(
        select(assignments.c.person_id)
        .join(post_roles, post_roles.c.post_id == assignments.c.post_id)
        .where(post_roles.c.role == bindparam("holds"))
    )
)


def actor_by_token(connection: Connection, token_hash: str, now: datetime, wall: datetime) -> Actor | None:
    """The active person whose unrevoked token, unexpired at `wall`, has this SHA-256, with the posts held at `now`."""
    actors = _actors(_by_token.rows(connection, _days(now) | {"hash": token_hash, "moment": wall}), now)
    return actors[0] if actors else None


def actor_by_username(connection: Connection, username: str, now: datetime) -> Actor:
    """The active person of this user name.

    Raises:
        NotFound: nobody active has it.
    """
    actor = _one(connection, _by_username, now, username=username)
    if actor is None:
        raise NotFound(f"Expected an active person with the user name '{username}', but there is none.")
    return actor


def active_people(connection: Connection, now: datetime) -> list[Actor]:
    """Every active person with the posts and roles of this moment, by user name."""
    return _actors(connection.execute(_active, _days(now)), now)


def people_by_id(connection: Connection, ids: Sequence[int], now: datetime) -> dict[int, Actor]:
    """The persons with these row ids, active or not, with the posts and roles of this moment, by id."""
    found = connection.execute(_any.where(persons.c.id.in_(ids)), _days(now))
    return {person.person_id: person for person in _actors(found, now)}


def holders(connection: Connection, role: str, now: datetime) -> list[Actor]:
    """The active persons who hold `role` at `now` by a post."""
    found = _actors(connection.execute(_by_role, _days(now) | {"holds": role}), now)
    return [actor for actor in found if role in actor.roles]


def _days(now: datetime) -> dict[str, Any]:
    """A day of slack on both sides: which day it is depends on the zone of each agency, decided per row."""
    return {"yesterday": (now - timedelta(days=1)).date(), "tomorrow": (now + timedelta(days=1)).date()}


def _one(connection: Connection, query: Select[Any], now: datetime, **values: Any) -> Actor | None:
    actors = _actors(connection.execute(query, _days(now) | values), now)
    return actors[0] if actors else None


def _actors(rows: Iterable[Row[Any]], now: datetime) -> list[Actor]:
    """Groups rows (person x assignment x role, ordered by person and assignment) into actors."""
    people: dict[int, Row[Any]] = {}
    held: dict[int, dict[int, tuple[Row[Any], set[str]]]] = {}
    for row in rows:
        people.setdefault(row.id, row)
        mine = held.setdefault(row.id, {})
        if row.assignment_id is not None and _valid_today(row, now):
            _, granted = mine.setdefault(row.assignment_id, (row, set()))
            if row.role is not None:
                granted.add(row.role)
    return [_actor(row, held[person_id].values()) for person_id, row in people.items()]


def _valid_today(row: Row[Any], now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(row.zone)).date()
    return bool(row.valid_from <= today and (row.valid_until is None or today <= row.valid_until))


def _actor(person: Row[Any], held: Iterable[tuple[Row[Any], set[str]]]) -> Actor:
    held_posts = tuple(
        HeldPost(
            row.post_id, row.title, row.unit, row.agency_id, row.agency, row.assignment_kind, row.letter_number,
            frozenset(granted),
        )
        for row, granted in held
    )  # fmt: skip
    granted = frozenset(role for post in held_posts for role in post.roles)
    return Actor(
        person.id, person.username, person.name, person.kind, held_posts, effective_roles(person.kind, granted)
    )


# --- looking up -----------------------------------------------------------------------------------------------------


def agency_id(connection: Connection, code: str) -> int | None:
    """The row id of the agency with this code."""
    return connection.execute(select(agencies.c.id).where(agencies.c.code == code)).scalar_one_or_none()


def agency_row(connection: Connection, code: str) -> Row[Any] | None:
    """The stored agency with this code."""
    return connection.execute(select(agencies).where(agencies.c.code == code)).one_or_none()


def local_day(connection: Connection, agency_id: int, now: datetime) -> date:
    """Which day it is at `now` (aware) where the agency is."""
    zone = connection.execute(select(agencies.c.zone).where(agencies.c.id == agency_id)).scalar_one()
    return now.astimezone(ZoneInfo(zone)).date()


def person_row(connection: Connection, username: str) -> Row[Any] | None:
    """The stored person, active or not, with the password hash."""
    return connection.execute(select(persons).where(persons.c.username == username)).one_or_none()


def usernames(connection: Connection) -> set[str]:
    """Every user name there is, of inactive persons too."""
    return set(connection.execute(select(persons.c.username)).scalars())


def post_row(connection: Connection, post_id: int) -> Row[Any] | None:
    """The stored post."""
    return connection.execute(select(posts).where(posts.c.id == post_id)).one_or_none()


def roles_of_post(connection: Connection, post_id: int) -> list[str]:
    """The roles that a post gives, by key."""
    query = select(post_roles.c.role).where(post_roles.c.post_id == post_id).order_by(post_roles.c.role)
    return list(connection.execute(query).scalars())


def superiors_of(connection: Connection, post_id: int) -> list[int]:
    """The ids of the posts above a post, nearest first; stops where a line would go round."""
    line: list[int] = []
    while (row := post_row(connection, post_id)) is not None and row.superior_id not in (None, *line):
        post_id = row.superior_id
        line.append(post_id)
    return line


def existing_roles(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of `keys` that are known roles."""
    return set(connection.execute(select(roles.c.key).where(roles.c.key.in_(list(keys)))).scalars())


def role_row(connection: Connection, key: str) -> Row[Any] | None:
    """The stored role."""
    return connection.execute(select(roles).where(roles.c.key == key)).one_or_none()


def superior_role(connection: Connection, role: str) -> str | None:
    """The role that is told when a deadline of `role` is missed and that may hand its tasks over."""
    return connection.execute(select(roles.c.superior_role).where(roles.c.key == role)).scalar_one_or_none()


def all_roles(connection: Connection) -> Sequence[Row[Any]]:
    """Every role with its name and superior, by key."""
    return connection.execute(select(roles).order_by(roles.c.key)).all()


def all_posts(connection: Connection) -> Sequence[Row[Any]]:
    """Every post with the code of its agency and one row per role it grants."""
    return connection.execute(
        select(posts, agencies.c.code.label("agency_code"), agencies.c.name.label("agency"), post_roles.c.role)
        .join(agencies)
        .outerjoin(post_roles, post_roles.c.post_id == posts.c.id)
        .order_by(posts.c.id, post_roles.c.role)
    ).all()


# --- failed logins --------------------------------------------------------------------------------------------------


def count_login_failures(connection: Connection, username: str, address: str, since: datetime) -> tuple[int, int, int]:
    """Logins that failed since `since`: of this user name, from this address, and of how many user names from there."""
    here = login_failures.c.address == address
    row = connection.execute(
        select(
            func.count().filter(login_failures.c.username == username).label("name"),
            func.count().filter(here).label("address"),
            func.count(login_failures.c.username.distinct()).filter(here).label("names"),
        ).where(
            login_failures.c.at > since,
            or_(login_failures.c.username == username, here),
        )
    ).one()
    return row.name, row.address, row.names


def record_login_failure(connection: Connection, username: str, address: str, at: datetime) -> None:
    """Remembers one failed login."""
    connection.execute(insert(login_failures).values(username=username, address=address, at=at))


def forget_login_failures(connection: Connection, username: str, older_than: datetime) -> None:
    """Drops what throttling no longer needs: everything of a name that logged in, and what is too old to count."""
    connection.execute(
        login_failures.delete().where(or_(login_failures.c.username == username, login_failures.c.at < older_than))
    )
