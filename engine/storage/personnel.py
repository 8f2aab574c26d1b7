"""Writes of people data: agencies, roles, posts, persons, assignments, tokens; commands record the acts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, delete, insert, select, update

from engine.storage.tables import agencies, assignments, persons, post_roles, posts, roles, tokens


def _insert(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    return int(connection.execute(insert(table).values(**values).returning(table.c.id)).scalar_one())


def insert_agency(connection: Connection, values: Mapping[str, Any]) -> int:
    """Inserts an agency (code, name, zone) and returns its row id."""
    return _insert(connection, agencies, values)


def update_agency(connection: Connection, agency_id: int, values: Mapping[str, Any]) -> None:
    """Writes `values` (name, zone, office) to an agency."""
    connection.execute(update(agencies).where(agencies.c.id == agency_id).values(**values))


def insert_person(connection: Connection, values: Mapping[str, Any]) -> int:
    """Inserts a person and returns the row id."""
    return _insert(connection, persons, values)


def update_person(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Writes `values` to a person."""
    connection.execute(update(persons).where(persons.c.id == person_id).values(**values))


def insert_post(connection: Connection, values: Mapping[str, Any], granted: Sequence[str]) -> int:
    """Inserts a post that gives the roles `granted`, and returns its row id."""
    post_id = _insert(connection, posts, values)
    if granted:
        connection.execute(insert(post_roles), [{"post_id": post_id, "role": role} for role in granted])
    return post_id


def update_post(connection: Connection, post_id: int, values: Mapping[str, Any]) -> None:
    """Writes `values` (title, unit, superior_id) to a post."""
    connection.execute(update(posts).where(posts.c.id == post_id).values(**values))


def replace_post_roles(connection: Connection, post_id: int, granted: Sequence[str]) -> None:
    """Makes `granted` the whole set of roles that a post gives."""
    connection.execute(delete(post_roles).where(post_roles.c.post_id == post_id))
    if granted:
        connection.execute(insert(post_roles), [{"post_id": post_id, "role": role} for role in granted])


def put_role(connection: Connection, key: str, values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Inserts the role or changes its name and superior; returns the old values, or None when it is new."""
    old = connection.execute(select(roles.c.name, roles.c.superior_role).where(roles.c.key == key)).one_or_none()
    if old is None:
        connection.execute(insert(roles).values(key=key, **values))
        return None
    connection.execute(update(roles).where(roles.c.key == key).values(**values))
    return dict(old._mapping)


def insert_assignment(connection: Connection, values: Mapping[str, Any]) -> int:
    """Inserts an assignment of a person to a post and returns its row id."""
    return _insert(connection, assignments, values)


def assignment_row(connection: Connection, assignment_id: int) -> Row[Any] | None:
    """The stored assignment."""
    return connection.execute(select(assignments).where(assignments.c.id == assignment_id)).one_or_none()


def end_assignment_on(connection: Connection, assignment_id: int, valid_until: date) -> None:
    """Sets the last day of an assignment."""
    connection.execute(update(assignments).where(assignments.c.id == assignment_id).values(valid_until=valid_until))


def insert_token(
    connection: Connection, person_id: int, fingerprint: str, name: str, created_at: datetime, expires_at: datetime
) -> int:
    """Inserts a token by its fingerprint and returns its row id."""
    return _insert(
        connection, tokens,
        {"person_id": person_id, "hash": fingerprint, "name": name, "created_at": created_at, "expires_at": expires_at},
    )  # fmt: skip


def token_row(connection: Connection, token_id: int) -> Row[Any] | None:
    """The stored token with the user name of its person."""
    columns: Sequence[Column[Any]] = (tokens.c.revoked_at, tokens.c.person_id, persons.c.username)
    query = select(*columns).join(persons, persons.c.id == tokens.c.person_id).where(tokens.c.id == token_id)
    return connection.execute(query).one_or_none()


def revoke(connection: Connection, at: datetime, *, token_id: int | None = None, person_id: int | None = None) -> int:
    """Revokes one token, or every token of a person; returns how many were valid until now."""
    condition = tokens.c.id == token_id if token_id is not None else tokens.c.person_id == person_id
    statement = update(tokens).where(condition, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
    return connection.execute(statement).rowcount


def revoke_by_hash(connection: Connection, at: datetime, fingerprint: str) -> None:
    """Revokes the token with this fingerprint."""
    connection.execute(update(tokens).where(tokens.c.hash == fingerprint).values(revoked_at=at))
