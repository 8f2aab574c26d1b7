"""Fixtures of the fault drills: an installation over an empty database; figures that `make soak` writes down."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool

from bench.alur import Alur
from bench.places import ROOT
from bench.report import machine, put_section


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, on SQLite and then on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'alur.db'}"
        return
    yield from _postgres(request.getfixturevalue("postgres_url"))


@pytest.fixture
def postgres_empty_url(postgres_url: str) -> Iterator[str]:
    """The address of a PostgreSQL database without tables."""
    yield from _postgres(postgres_url)


def _postgres(server: str) -> Iterator[str]:
    name = f"drill_{uuid4().hex}"
    server = server.replace("postgresql://", "postgresql+psycopg://", 1)
    admin = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield sqlalchemy.make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def alur(empty_url: str, tmp_path: Path) -> Iterator[Alur]:
    """An installation with people and the SPLP account SOP."""
    installation = Alur(empty_url, tmp_path / "data")
    yield installation
    installation.context.database.engine.dispose()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A directory on a file system of 24 MiB of its own: room for the database and its write-ahead log."""
    directory = Path(tempfile.mkdtemp(prefix="alur-disk-"))
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(directory)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode != 0:
        directory.rmdir()
        pytest.skip("a small file system can be mounted by root only")
    yield directory
    subprocess.run(["umount", "--lazy", str(directory)], check=True)
    directory.rmdir()


_FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> list[str]:
    """Lines of the table "Faults" in docs/benchmarks.md: `| drill | database | what was seen |`."""
    return request.config.stash.setdefault(_FIGURES, [])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """After `make soak` the figures go into the page; the short drills of `make test` write nothing."""
    lines = session.config.stash.get(_FIGURES, [])
    if lines and session.config.getoption("-m") == "soak":
        table = "\n".join(["| drill | database | seen |", "|---|---|---|", *lines])
        about = f"Written by `make soak`, {datetime.now(UTC):%d %B %Y}. {machine()}."
        put_section(ROOT / "docs" / "benchmarks.md", "Faults", f"{about}\n\n{table}\n")
