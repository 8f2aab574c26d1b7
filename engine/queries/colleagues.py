"""To whom an actor may think of handing a task over: the active employees of the actor's own agencies."""

from typing import Any

from engine.assignment import EMPLOYEE_KIND, Actor
from engine.context import Context
from engine.storage.people import active_people


def colleagues(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """`{username, name, post, unit}` of every colleague, by name; the actor is not among them."""
    mine = {post.agency_id for post in actor.posts}
    with context.database.read() as connection:
        people = active_people(connection, context.clock.now())
    found = [
        {"username": person.username, "name": person.name, "post": post.title, "unit": post.unit}
        for person in people
        if person.kind == EMPLOYEE_KIND and person.person_id != actor.person_id
        for post in person.posts[:1]
        if post.agency_id in mine
    ]
    return sorted(found, key=lambda one: str(one["name"]))
