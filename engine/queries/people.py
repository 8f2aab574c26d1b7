"""Who there is: persons with today's posts and roles, posts, roles, agencies."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.people import require_administrator
from engine.storage import people


def describe(actor: Actor) -> dict[str, Any]:
    """A person as the API shows one."""
    return {
        "id": actor.person_id, "username": actor.username, "name": actor.name, "kind": actor.kind,
        "posts": [
            {
                "id": post.id, "title": post.title, "unit": post.unit, "agency": post.agency, "kind": post.kind,
                "letter_number": post.letter_number, "roles": sorted(post.roles),
            }
            for post in actor.posts
        ],
        "roles": sorted(actor.roles),
    }  # fmt: skip


def list_people(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """Every active person, by user name. For administrators and the operator (None).

    Raises:
        Forbidden: anybody else.
    """
    require_administrator(actor)
    with context.database.read() as connection:
        return [describe(person) for person in people.active_people(connection, context.clock.now())]


def list_posts(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """Every post with the roles it gives.

    Raises:
        Forbidden: not an administrator.
    """
    require_administrator(actor)
    posts: dict[int, dict[str, Any]] = {}
    with context.database.read() as connection:
        for row in people.all_posts(connection):
            post = posts.setdefault(row.id, {
                "id": row.id, "agency_code": row.agency_code, "agency": row.agency, "unit": row.unit,
                "title": row.title, "superior_id": row.superior_id, "roles": [],
            })  # fmt: skip
            if row.role is not None:
                post["roles"].append(row.role)
    return list(posts.values())


def list_roles(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """Every role with its name and superior.

    Raises:
        Forbidden: not an administrator.
    """
    require_administrator(actor)
    with context.database.read() as connection:
        return [dict(row._mapping) for row in people.all_roles(connection)]
