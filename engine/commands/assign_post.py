"""Gives a person a post: for good (definitif), or lent for a period as Plt./Plh.."""

from datetime import date
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration


def assign_post(
    context: Context,
    actor: Actor | None,
    *,
    username: str,
    post_id: int,
    valid_from: date | None = None,
    valid_until: date | None = None,
    kind: str = "definitif",
    letter_number: str | None = None,
) -> dict[str, Any]:
    """Assigns the post from `valid_from` (default: today in the agency's zone) until `valid_until` (inclusive).

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: no such person or post.
        InvalidInput: the period ends before it starts; an acting assignment without letter number or last day.
    """
    rules.require_administrator(actor)
    letter_number = rules.assignment_terms(kind, letter_number, valid_until)
    now = context.clock.now()

    with context.database.write() as connection:
        person, post = people.person_row(connection, username), people.post_row(connection, post_id)
        if person is None or post is None:
            what = f"person '{username}'" if person is None else f"post {post_id}"
            raise NotFound(f"Expected the {what} to exist, but there is none.")
        valid_from = valid_from or people.local_day(connection, post.agency_id, now)
        rules.period(valid_from, valid_until)
        period = {"valid_from": valid_from, "valid_until": valid_until}
        terms = {"person_id": person.id, "post_id": post_id, "kind": kind, "letter_number": letter_number}
        assignment_id = personnel.insert_assignment(connection, terms | period)
        data = {
            "id": assignment_id, "username": username, "post_id": post_id, "title": post.title, "kind": kind,
            "letter_number": letter_number,
        } | {name: day and day.isoformat() for name, day in period.items()}  # fmt: skip
        append_administration(connection, actor, "post_assigned", data, now)
    return data
