"""Creates a person: an employee, a citizen or an external account. Posts are given by `assign_post`."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import Conflict
from engine.passwords import hash_password
from engine.storage import people, personnel
from engine.storage.history import append_administration


def create_person(
    context: Context,
    actor: Actor | None,
    *,
    username: str,
    name: str,
    kind: str = "pegawai",
    email: str | None = None,
    phone: str | None = None,
    password: str | None = None,
    demo: bool = False,
) -> dict[str, Any]:
    """Creates an active person; without `password` only API tokens and single sign-on work.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidInput: a field of the wrong shape.
        Conflict: the user name is taken.
    """
    rules.require_administrator(actor)
    username, name, kind = rules.username(username), rules.text("name", name, 200), rules.kind(kind)
    contact = {
        "email": None if email is None else rules.text("email", email, 254),
        "phone": None if phone is None else rules.text("phone", phone, 30),
    }
    password_hash = None if password is None else hash_password(password)

    with context.database.write() as connection:
        if people.person_row(connection, username) is not None:
            raise Conflict(f"Expected a new user name, but '{username}' exists.")
        data = {"username": username, "name": name, "kind": kind, "demo": demo}
        personnel.insert_person(connection, {**data, **contact, "password_hash": password_hash, "active": True})
        append_administration(connection, actor, "person_created", data, context.clock.now())
    return data
