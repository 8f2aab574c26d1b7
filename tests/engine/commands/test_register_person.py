"""Citizens register themselves: where the site lets them, throttled, confirmed by mail where there is a mail server."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.assignment import APPLICANT, Actor
from engine.clock import TestClock
from engine.commands.change_password import change_password
from engine.commands.change_person import change_person
from engine.commands.change_setting import change_setting
from engine.commands.log_in import log_in
from engine.commands.register_person import LIFE, PER_ADDRESS, PER_MAIL, register_person
from engine.context import Context
from engine.errors import Conflict, Forbidden, InvalidInput, PasswordChangeDue, TooManyAttempts, Unauthenticated
from engine.notifications.settings import ChannelSettings, SmtpSettings
from engine.storage.people import actor_by_username
from engine.storage.tables import history, outbox

PASSWORD = "kalimat pendek saja"
WANTED: dict[str, Any] = {
    "username": "siti.contoh", "name": "Siti Contoh", "email": "siti@contoh.id", "password": PASSWORD, "consent": True,
}  # fmt: skip


@pytest.fixture
def site(service: Context, admin: Actor) -> Context:
    """A site that takes registrations; no demo."""
    change_setting(service, admin, "registration", "open", "uji")
    return service


@pytest.fixture
def mailing(site: Context, clock: TestClock) -> Context:
    """The same with a mail server."""
    smtp = SmtpSettings("127.0.0.1", 25, "alur@contoh.id", security="none")
    channels = ChannelSettings(smtp=smtp, clock=clock)
    return replace(site, settings=replace(site.settings, channels=channels), wall=clock)


def mailed(context: Context) -> list[str]:
    """The one-time passwords in the outbox, oldest first."""
    with context.database.read() as connection:
        bodies = connection.execute(select(outbox.c.body).where(outbox.c.channel == "email")).scalars()
        return [body.split("Kata sandi sekali pakai: ")[1].split()[0] for body in bodies]


def test_an_account_without_a_mail_server(site: Context) -> None:
    assert register_person(site, WANTED, "10.0.0.1") == {"username": "siti.contoh", "confirmation": "none"}
    assert log_in(site, "siti.contoh", PASSWORD, "10.0.0.1")["token"]
    with site.database.read() as connection:
        who = actor_by_username(connection, "siti.contoh", site.clock.now())
        record = connection.execute(select(history.c.data).where(history.c.type == "person_registered")).scalar_one()
    assert (who.kind, set(who.roles)) == ("warga", {APPLICANT})
    assert "Siti" not in record and "@" not in record
    with pytest.raises(Conflict) as refusal:
        register_person(site, WANTED | {"email": "lain@contoh.id"}, "10.0.0.2")
    assert [one["field"] for one in refusal.value.errors] == ["username"]


def test_only_where_the_site_takes_registrations(service: Context, admin: Actor) -> None:
    with pytest.raises(Forbidden):
        register_person(service, WANTED, "10.0.0.1")
    demo = replace(service, settings=replace(service.settings, demo=True))
    assert register_person(demo, WANTED, "10.0.0.1")["username"] == "siti.contoh"
    change_setting(service, admin, "registration", "closed", "uji")
    with pytest.raises(Forbidden):
        register_person(demo, WANTED | {"username": "lain"}, "10.0.0.1")
    with pytest.raises(InvalidInput):
        change_setting(service, admin, "registration", "mungkin", "uji")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "Siti"}, "username"), ({"name": " "}, "name"), ({"email": "siti"}, "email"),
        ({"email": "a@b.id\nBcc: c@d.id"}, "email"), ({"email": ""}, "email"), ({"phone": "nol"}, "phone"),
        ({"password": "pendek"}, "password"), ({"consent": False}, "consent"), ({"consent": "ya"}, "consent"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(site: Context, change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        register_person(site, WANTED | change, "10.0.0.1")
    assert [one["field"] for one in refusal.value.errors] == [field]
    assert register_person(site, WANTED | {"email": "", "phone": "0812-3456-7890"}, "10.0.0.1")


def test_an_address_is_confirmed_by_a_one_time_password(mailing: Context, clock: TestClock) -> None:
    made = register_person(mailing, WANTED | {"password": None}, "10.0.0.1")
    assert made["confirmation"] == "email"
    clock.advance(LIFE + timedelta(minutes=1))
    with pytest.raises(Unauthenticated):  # too late
        log_in(mailing, "siti.contoh", mailed(mailing)[0], "10.0.0.1")
    register_person(mailing, WANTED, "10.0.0.1")  # the same name and address again
    with pytest.raises(Conflict):
        register_person(mailing, WANTED | {"email": "lain@contoh.id"}, "10.0.0.1")
    secret = mailed(mailing)[1]
    with pytest.raises(PasswordChangeDue):
        log_in(mailing, "siti.contoh", secret, "10.0.0.1")
    change_password(mailing, "siti.contoh", secret, PASSWORD, "10.0.0.1")
    assert log_in(mailing, "siti.contoh", PASSWORD, "10.0.0.1")["token"]
    with pytest.raises(Conflict):  # an account in use is never renewed
        register_person(mailing, WANTED, "10.0.0.3")


def test_a_closed_account_stays_closed(mailing: Context, admin: Actor) -> None:
    register_person(mailing, WANTED, "10.0.0.1")
    change_person(mailing, admin, "siti.contoh", {"active": False}, "uji")
    with pytest.raises(Conflict):
        register_person(mailing, WANTED, "10.0.0.1")


def test_registrations_are_throttled(mailing: Context, clock: TestClock) -> None:
    for number in range(PER_MAIL):
        register_person(mailing, WANTED | {"username": f"siti-{number}"}, f"10.0.0.{number}")
    with pytest.raises(TooManyAttempts):
        register_person(mailing, WANTED, "10.0.0.9")
    for number in range(PER_ADDRESS):
        who = {"username": f"budi-{number}", "email": f"budi{number}@contoh.id"}
        register_person(mailing, WANTED | who, "10.0.1.1")
    with pytest.raises(TooManyAttempts):
        register_person(mailing, WANTED | {"username": "tuti", "email": "tuti@contoh.id"}, "10.0.1.1")
    with pytest.raises(Unauthenticated):  # logins from there are counted apart
        log_in(mailing, "warga", "salah sekali", "10.0.1.1")
    clock.advance(timedelta(minutes=16))
    assert register_person(mailing, WANTED, "10.0.1.1")
