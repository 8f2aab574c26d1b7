"""People and a small SOP for the tests of commands."""

import pytest
from sqlalchemy import insert

from beginnings import Beginnings
from engine.assignment import ADMIN, ANALYST, AUDITOR, WORKER, Actor, HeldPost, effective_roles
from engine.commands.seed_calendar import seed_calendar
from engine.context import Context
from engine.storage.tables import agencies, persons, roles
from tests_support import MakeActor


def seed(context: Context) -> None:
    """The calendar of the joint decrees, one agency and the roles of the account SOP."""
    seed_calendar(context)
    with context.database.write() as connection:
        connection.execute(insert(agencies).values(id=1, code="kominfo", name="Dinas Uji", zone="Asia/Jakarta"))
        connection.execute(insert(roles), [
            {"key": "trenggalek-kabid-aptika", "name": "Kabid", "superior_role": "trenggalek-kadis-kominfo"},
            {"key": "trenggalek-kadis-kominfo", "name": "Kadis", "superior_role": None},
        ])  # fmt: skip


@pytest.fixture
def service(context: Context, beginnings: Beginnings) -> Context:
    """The seeded service."""
    beginnings.seed(context, seed)
    return context


@pytest.fixture
def actor(service: Context) -> MakeActor:
    """Makes a stored person who holds roles by one post; kind is pegawai or warga."""

    def make(username: str, *held: str, kind: str = "pegawai") -> Actor:
        with service.database.write() as connection:
            statement = insert(persons).values(username=username, name=f"Demo {username}", kind=kind)
            person_id = connection.execute(statement.returning(persons.c.id)).scalar_one()
        post = HeldPost(1, f"Jabatan {username}", "Unit Uji", 1, "Dinas Uji", "definitif", None, frozenset(held))
        posts = (post,) if kind == "pegawai" else ()
        return Actor(person_id, username, f"Demo {username}", kind, posts, effective_roles(kind, frozenset(held)))

    return make


@pytest.fixture
def warga(actor: MakeActor) -> Actor:
    """A citizen."""
    return actor("warga", kind="warga")


@pytest.fixture
def admin(actor: MakeActor) -> Actor:
    """An administrator."""
    return actor("admin", ADMIN)


@pytest.fixture
def analyst(actor: MakeActor) -> Actor:
    """An analyst."""
    return actor("analis", ANALYST)


@pytest.fixture
def auditor(actor: MakeActor) -> Actor:
    """An auditor."""
    return actor("auditor", AUDITOR)


@pytest.fixture
def worker(actor: MakeActor) -> Actor:
    """A connected system."""
    return actor("pekerja", WORKER)
