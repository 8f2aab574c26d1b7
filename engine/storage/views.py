"""Saved views of the task list as rows; every statement names the person whose they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.storage.tables import saved_views


def views_of(connection: Connection, person_id: int) -> Sequence[Row[Any]]:
    """The views of a person, by name."""
    query = select(saved_views).where(saved_views.c.person_id == person_id).order_by(saved_views.c.name)
    return connection.execute(query).all()


def insert_view(connection: Connection, person_id: int, values: Mapping[str, Any]) -> int:
    """Inserts a view and returns its row id."""
    statement = insert(saved_views).values(person_id=person_id, **values).returning(saved_views.c.id)
    return int(connection.execute(statement).scalar_one())


def update_view(connection: Connection, person_id: int, view_id: int, values: Mapping[str, Any]) -> None:
    """Writes `values` to a view of this person."""
    mine = (saved_views.c.person_id == person_id) & (saved_views.c.id == view_id)
    connection.execute(update(saved_views).where(mine).values(**values))


def forget_default(connection: Connection, person_id: int) -> None:
    """No view of this person is the default any more."""
    mine = (saved_views.c.person_id == person_id) & saved_views.c.is_default
    connection.execute(update(saved_views).where(mine).values(is_default=False))


def delete_view_row(connection: Connection, person_id: int, view_id: int) -> bool:
    """Deletes a view of this person; False when there is none."""
    mine = (saved_views.c.person_id == person_id) & (saved_views.c.id == view_id)
    return connection.execute(delete(saved_views).where(mine)).rowcount == 1
