"""What hangs on the Flask app: the service's context, and Flask-SQLAlchemy/Flask-Migrate over the same metadata.

Requests use `context().database` (engine.storage.unit_of_work); `db` is there for `flask db …` and for extensions that
expect it.
"""

from typing import Any, cast

from flask import Flask, current_app
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy

from engine.context import Context
from engine.storage.migrate import MIGRATIONS
from engine.storage.tables import metadata

db = SQLAlchemy(metadata=metadata)
migrate = Migrate(directory=str(MIGRATIONS))


def context() -> Context:
    """The service behind the current app."""
    return cast(Context, current_app.extensions["alur"])


def register(app: Flask, service: Context) -> None:
    """Hangs `service` and the database extensions on `app`."""
    app.extensions["alur"] = service
    address = service.database.engine.url.render_as_string(hide_password=False)
    app.config["SQLALCHEMY_DATABASE_URI"] = address  # names the driver, unlike the setting
    db.init_app(app)
    migrate.init_app(app, db)


def _configure(config: Any) -> Any:
    config.attributes["engine"] = context().database.engine  # with our settings for SQLite
    return config


migrate.configure(_configure)
