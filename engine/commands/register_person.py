"""Citizens register themselves, where the site lets them. Throttled by address like logins.

With a mail server the address is confirmed: a one-time password goes there, and who exchanges it has read it. Without
one, the account opens with the password that was typed.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from engine.context import Context
from engine.errors import Conflict, Forbidden, TooManyAttempts
from engine.notifications.message import OutboxMessage
from engine.notifications.texts import registration_mail
from engine.passwords import hash_password, new_password
from engine.people import Registration, registration
from engine.site import registers
from engine.storage import people, personnel
from engine.storage.history import append_administration
from engine.storage.locks import serialise
from engine.storage.outbox import enqueue_messages
from engine.storage.site import load_site
from engine.storage.unit_of_work import Connection, Row

LIFE = timedelta(days=1)
WINDOW = timedelta(minutes=15)
PER_ADDRESS, PER_MAIL = 10, 3
_ZONE = ZoneInfo("Asia/Jakarta")


def register_person(context: Context, given: dict[str, Any], address: str) -> dict[str, Any]:
    """Makes a citizen's account of `username`, `name`, `email`, `phone`, `password` and `consent`.

    Args:
        address: where the attempt comes from, as the web server sees it.

    Returns:
        `{username, confirmation}`: "email" when a one-time password was sent there, else "none".

    Raises:
        Forbidden: the site takes no registrations. InvalidInput: what was typed does not fit, naming every field.
        TooManyAttempts: too many from this address. Conflict: the user name is taken.
    """
    confirms, now = context.settings.channels.smtp is not None, context.wall.now()
    _require_open(context)
    wanted = registration(given, confirms=confirms)
    source, whom = f"daftar {address}"[:64], f"daftar {wanted.email or wanted.username}"[:80]
    _admit(context, whom, source)
    password = new_password() if confirms else str(given["password"])
    values = {"password_hash": hash_password(password), "password_once_until": now + LIFE if confirms else None}

    with context.database.write() as connection:
        serialise(connection, f"person {wanted.username}")
        people.record_login_failure(connection, whom, source, now)
        known = people.person_row(connection, wanted.username)
        free = known is None or (confirms and _unconfirmed(known, wanted))
        if free:
            _store(connection, known, wanted, values)
            append_administration(connection, None, "person_registered", _facts(wanted, confirms), context.clock.now())
        if free and confirms:
            enqueue_messages(connection, [_mail(context, wanted, password, now + LIFE)], None, context.clock.now())
    if not free:
        raise Conflict(f"Expected a new user name, but '{wanted.username}' exists.",
                       [{"field": "username", "message": "Nama pengguna ini sudah dipakai."}])  # fmt: skip
    return {"username": wanted.username, "confirmation": "email" if confirms else "none"}


def _require_open(context: Context) -> None:
    with context.database.read() as connection:
        if not registers(load_site(connection), demo=context.settings.demo):
            raise Forbidden("Expected a site that takes registrations, but accounts are given by its administrators.")


def _admit(context: Context, whom: str, source: str) -> None:
    """Counted beside the failed logins, under names that no person can have."""
    with context.database.read() as connection:
        since = context.wall.now() - WINDOW
        by_mail, by_address, _ = people.count_login_failures(connection, whom, source, since)
    if by_mail >= PER_MAIL or by_address >= PER_ADDRESS:
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyAttempts(f"Expected fewer registrations; wait {minutes} minutes, then try again.")


def _unconfirmed(known: Row[Any], wanted: Registration) -> bool:
    """Whether this is somebody who never got in, asking again: the new password goes to the same address only."""
    waiting = known.active and known.kind == "warga" and known.password_once_until is not None
    return bool(waiting and known.email == wanted.email)


def _store(connection: Connection, known: Row[Any] | None, wanted: Registration, password: dict[str, Any]) -> None:
    if known is not None:
        personnel.update_person(connection, known.id, password)
        return
    contact = {"email": wanted.email, "phone": wanted.phone}
    person = {"username": wanted.username, "name": wanted.name, "kind": "warga", "demo": False, "active": True}
    personnel.insert_person(connection, person | contact | password)


def _facts(wanted: Registration, confirms: bool) -> dict[str, Any]:
    """What the record keeps, which nobody can delete: no name, no address."""
    return {"username": wanted.username, "consent": True, "confirmation": "email" if confirms else "none"}


def _mail(context: Context, wanted: Registration, password: str, until: datetime) -> OutboxMessage:
    url = f"{context.settings.public_url}/masuk"
    text = registration_mail(wanted.username, password, until, url, _ZONE)
    return OutboxMessage(uuid4().hex, "email", wanted.email or "", text.subject, text.text, {"html": text.html})
