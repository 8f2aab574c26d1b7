"""Agencies, posts and roles as administrators look for them, page by page, and one of each in full."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, or_, select, tuple_

from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.office_hours import OfficeHours
from engine.people import require_administrator
from engine.queries.cursor import decode, encode, page_of
from engine.storage import people
from engine.storage.tables import agencies, assignments, persons, post_roles, posts, roles


def list_agencies(
    context: Context, actor: Actor | None, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of agencies by name: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    held = select(func.count()).select_from(posts).where(posts.c.agency_id == agencies.c.id).scalar_subquery()
    query = select(agencies, held.label("posts")).order_by(agencies.c.name, agencies.c.id).limit(limit + 1)
    if q:
        words = q.strip()
        query = query.where(
            agencies.c.name.icontains(words, autoescape=True) | agencies.c.code.icontains(words, autoescape=True)
        )
    if cursor:
        name, last_id = decode(cursor, str, int)
        query = query.where(tuple_(agencies.c.name, agencies.c.id) > tuple_(name, last_id))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.name, row.id), lambda row: _agency(row) | {"posts": row.posts})


def agency(context: Context, actor: Actor | None, code: str) -> dict[str, Any]:
    """One agency with its office hours as they are in force. Raises Forbidden, NotFound."""
    require_administrator(actor)
    with context.database.read() as connection:
        row = people.agency_row(connection, code)
    if row is None:
        raise NotFound(f"Expected the agency '{code}' to exist, but it does not.")
    hours = OfficeHours.from_json(row.office) if row.office else OfficeHours()
    return _agency(row) | {"hours": hours.to_json()}


def _agency(row: Row[Any]) -> dict[str, Any]:
    return {"id": row.id, "code": row.code, "name": row.name, "zone": row.zone, "office": row.office}


def agency_names(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """`{id, code, name}` of every agency, to choose from. Raises Forbidden."""
    require_administrator(actor)
    with context.database.read() as connection:
        rows = connection.execute(select(agencies.c.id, agencies.c.code, agencies.c.name).order_by(agencies.c.name))
        return [dict(row._mapping) for row in rows]


_post = select(posts, agencies.c.code.label("agency_code"), agencies.c.name.label("agency")).join(
    agencies, agencies.c.id == posts.c.agency_id
)


def search_posts(
    context: Context, actor: Actor | None, *, q: str | None = None, agency_code: str | None = None,
    role: str | None = None, limit: int = 50, cursor: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One page of posts by title, each with its roles and who holds it today. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    query = _post.order_by(posts.c.title, posts.c.id).limit(limit + 1)
    if q:
        words = q.strip()
        query = query.where(or_(
            posts.c.title.icontains(words, autoescape=True), posts.c.unit.icontains(words, autoescape=True)
        ))  # fmt: skip
    if agency_code:
        query = query.where(agencies.c.code == agency_code)
    if role:
        query = query.where(exists().where(post_roles.c.post_id == posts.c.id, post_roles.c.role == role))
    if cursor:
        title, last_id = decode(cursor, str, int)
        query = query.where(tuple_(posts.c.title, posts.c.id) > tuple_(title, last_id))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
        page = rows[:limit]
        items = _posts(connection, page, context.clock.now())
    return {"items": items, "next_cursor": encode(page[-1].title, page[-1].id) if len(rows) > limit else None}


def post(context: Context, actor: Actor | None, post_id: int) -> dict[str, Any]:
    """One post with its roles, its holders of today and the line above it. Raises Forbidden, NotFound."""
    require_administrator(actor)
    with context.database.read() as connection:
        row = connection.execute(_post.where(posts.c.id == post_id)).one_or_none()
        if row is None:
            raise NotFound(f"Expected the post {post_id} to exist, but there is none.")
        found = _posts(connection, [row], context.clock.now())[0]
        above = people.superiors_of(connection, post_id)
        named = connection.execute(select(posts.c.id, posts.c.title).where(posts.c.id.in_(above)))
        titles = {one.id: one.title for one in named}
    return found | {"superiors": [{"id": one, "title": titles[one]} for one in above]}


def _posts(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    given = defaultdict(list)
    wanted = select(post_roles).where(post_roles.c.post_id.in_(ids)).order_by(post_roles.c.role)
    for one in connection.execute(wanted):
        given[one.post_id].append(one.role)
    holders = select(assignments.c.person_id).where(assignments.c.post_id.in_(ids)).distinct()
    active = select(persons.c.id).where(persons.c.id.in_(holders), persons.c.active.is_(True))
    held = defaultdict(list)
    for actor in people.people_by_id(connection, list(connection.execute(active).scalars()), now).values():
        for mine in actor.posts:
            held[mine.id].append({"username": actor.username, "name": actor.name, "kind": mine.kind})
    return [
        {
            "id": row.id, "agency_code": row.agency_code, "agency": row.agency, "unit": row.unit, "title": row.title,
            "superior_id": row.superior_id, "roles": given[row.id], "holders": held[row.id],
        }
        for row in rows
    ]  # fmt: skip


def search_roles(
    context: Context, actor: Actor | None, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of roles by key, each with how many posts give it. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    giving = select(func.count()).select_from(post_roles).where(post_roles.c.role == roles.c.key).scalar_subquery()
    query: Select[Any] = select(roles, giving.label("posts")).order_by(roles.c.key).limit(limit + 1)
    if q:
        words = q.strip()
        query = query.where(
            roles.c.key.icontains(words, autoescape=True) | roles.c.name.icontains(words, autoescape=True)
        )
    if cursor:
        query = query.where(roles.c.key > decode(cursor, str)[0])
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.key,), lambda row: dict(row._mapping))


def role(context: Context, actor: Actor | None, key: str) -> dict[str, Any]:
    """One role: key, name, superior. Raises Forbidden, NotFound."""
    require_administrator(actor)
    with context.database.read() as connection:
        row = people.role_row(connection, key)
    if row is None:
        raise NotFound(f"Expected the role '{key}' to exist, but it does not.")
    return dict(row._mapping)
