"""Flask-SQLAlchemy and Flask-Migrate look at the same tables and database as the service."""

from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from api.app import create_app
from api.config import read_config
from api.extensions import db
from engine.context import Context
from engine.storage.migrate import differences
from engine.storage.tables import metadata, persons


def test_one_metadata_and_one_database(new_app: Flask, service: Context) -> None:
    assert db.metadata is metadata
    with new_app.app_context():
        counted = db.session.execute(select(func.count()).select_from(persons)).scalar_one()
    with service.database.read() as connection:
        assert counted == connection.execute(select(func.count()).select_from(persons)).scalar_one() > 0


def test_flask_migrate_upgrades_an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALUR_DATA_DIR", str(tmp_path))
    app = create_app(read_config())
    with app.app_context():
        upgrade()
    assert differences(app.extensions["alur"].database.engine) == []
