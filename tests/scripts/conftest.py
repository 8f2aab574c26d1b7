"""The command line in this process, over a fresh installation on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, make_url

from scripts import seed
from scripts.alur import main

KEY = "prosedur-pembuatan-akun-splp"


@pytest.fixture
def new_url(request: pytest.FixtureRequest) -> Iterator[Callable[[str, Path], str]]:
    """Makes addresses of empty databases: `new_url("sqlite", folder)`."""
    made: list[str] = []

    def make(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            return f"sqlite:///{folder / 'alur.db'}"
        server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
        name = f"cli_{uuid4().hex[:8]}"
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        made.append(name)
        return server.set(database=name).render_as_string(hide_password=False)

    yield make
    if made:
        server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
            for name in made:
                connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database."""
    return str(request.param)


@pytest.fixture
def alur(
    kind: str, new_url: Callable[[str, Path], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    """Runs `alur …` in demo mode with one SOP in the catalogue: `alur("people", "--json")`."""
    catalogue = tmp_path / "bpmn"
    catalogue.mkdir()
    (catalogue / f"{KEY}.bpmn").write_bytes((seed.CATALOGUE / f"{KEY}.bpmn").read_bytes())
    lines = (seed.CATALOGUE / "roles.csv").read_text().splitlines(keepends=True)
    wanted = [line for line in lines if line.startswith(("role,", "pemohon,", "trenggalek-"))]
    (catalogue / "roles.csv").write_text("".join(wanted))
    monkeypatch.setattr(seed, "CATALOGUE", catalogue)
    data = tmp_path / "var"
    data.mkdir()
    environment = {"ALUR_DATA_DIR": str(data), "ALUR_DATABASE_URL": new_url(kind, data), "ALUR_DEMO": "1"}

    def run(*arguments: str, **more: Any) -> Result:
        more["env"] = {**environment, **more.pop("env", {})}
        return CliRunner().invoke(main, [*arguments], **more)

    return run
