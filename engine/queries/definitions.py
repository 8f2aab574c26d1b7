"""Deployed definitions: newest versions as a list, versions of one, the stored bytes."""

from typing import Any

from sqlalchemy import Row, func, select

from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.queries.cursor import decode, page_of
from engine.storage.definitions import by_id, find_id, in_force
from engine.storage.tables import definitions


def list_definitions(
    context: Context, *, q: str | None = None, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """The version in force of every definition by key: `{items, next_cursor}`. Raises InvalidInput: foreign cursor."""
    newest = (
        select(definitions.c.key, func.max(definitions.c.version).label("version"))
        .where(in_force(context.clock.now()))
        .group_by(definitions.c.key)
        .subquery()
    )
    query = (
        select(definitions)
        .join(newest, (newest.c.key == definitions.c.key) & (newest.c.version == definitions.c.version))
        .order_by(definitions.c.key)
        .limit(limit + 1)
    )
    if q:
        query = query.where(definitions.c.name.icontains(q.strip(), autoescape=True))
    if cursor:
        query = query.where(definitions.c.key > decode(cursor, str)[0])
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.key,), definition_item)


def definition_item(row: Row[Any]) -> dict[str, Any]:
    """A definition row as the API shows it."""
    return {
        "key": row.key, "version": row.version, "name": row.name, "profile": row.profile, "hash": row.hash,
        "confidentiality": row.confidentiality, "start_role": row.start_role, "start_kind": row.start_kind,
        "deployed_at": moment(row.deployed_at), "deployed_by": row.deployed_by,
        "effective_at": moment(row.effective_at) if row.effective_at else None,
    }  # fmt: skip


def definition(context: Context, key: str, version: int | None = None) -> dict[str, Any]:
    """One version (the one in force by default) with the numbers of all versions and its form keys. Raises NotFound."""
    with context.database.read() as connection:
        found = find_id(connection, key, version, at=context.clock.now())
        row = connection.execute(select(definitions).where(definitions.c.id == found)).one()
        versions = connection.execute(
            select(definitions.c.version).where(definitions.c.key == key).order_by(definitions.c.version)
        ).scalars().all()  # fmt: skip
        forms = sorted(by_id(connection, found).forms)
    return definition_item(row) | {"versions": list(versions), "forms": forms, "roles": row.roles}


def definition_xml(context: Context, key: str, version: int | None = None) -> bytes:
    """The diagram exactly as it was deployed. Raises NotFound."""
    with context.database.read() as connection:
        return by_id(connection, find_id(connection, key, version, at=context.clock.now())).xml


def definition_form(context: Context, key: str, form_key: str, version: int | None = None) -> bytes:
    """A form of a version, form-js JSON as deployed. Raises NotFound."""
    with context.database.read() as connection:
        body = by_id(connection, find_id(connection, key, version, at=context.clock.now())).forms.get(form_key)
    if body is None:
        raise NotFound(f"Expected a form '{form_key}' of definition '{key}', but there is none.")
    return body
