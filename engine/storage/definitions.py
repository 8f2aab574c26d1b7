"""Deployed definitions: rows by key and version, and the compiled `Deployed` that all instances of a version share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select

from engine.errors import NotFound
from engine.history.content import content_hash as content_hash
from engine.storage.locks import serialise
from engine.storage.tables import agencies, decision_definitions, definition_forms, definitions


@dataclass(frozen=True, slots=True)
class StoredDefinition:
    """One deployed version as stored: the bytes that were deployed, and its forms."""

    id: int
    key: str
    version: int
    name: str
    profile: str
    hash: str
    xml: bytes
    agency_id: int | None
    confidentiality: str
    start_role: str | None
    start_kind: str | None
    forms: Mapping[str, bytes]


def _stored(connection: Connection, row: Row[Any]) -> StoredDefinition:
    forms = connection.execute(
        select(definition_forms.c.key, definition_forms.c.body).where(definition_forms.c.definition_id == row.id)
    )
    return StoredDefinition(
        row.id, row.key, row.version, row.name, row.profile, row.hash, row.xml, row.agency_id, row.confidentiality,
        row.start_role, row.start_kind, {form.key: form.body for form in forms},
    )  # fmt: skip


def by_id(connection: Connection, definition_id: int) -> StoredDefinition:
    """The definition with this row id (which exists: instances refer to it)."""
    return _stored(connection, connection.execute(select(definitions).where(definitions.c.id == definition_id)).one())


def in_force(at: datetime) -> ColumnElement[bool]:
    """The filter on versions that may be in force at `at`; of those of one key the newest is."""
    return or_(definitions.c.effective_at.is_(None), definitions.c.effective_at <= at)


def find_id(connection: Connection, key: str, version: int | None = None, *, at: datetime | None = None) -> int:
    """The row id of a key's `version`; else of the one in force at `at`; without a moment, of its newest.

    Raises:
        NotFound: no such definition, or none in force yet.
    """
    query = select(definitions.c.id).where(definitions.c.key == key).order_by(definitions.c.version.desc()).limit(1)
    if version is not None:
        query = query.where(definitions.c.version == version)
    elif at is not None:
        query = query.where(in_force(at))
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise not_deployed(key, version)
    return int(found)


def not_deployed(key: str, version: int | None = None) -> NotFound:
    """The refusal of a definition that is not there."""
    what = f"'{key}'" if version is None else f"'{key}' version {version}"
    return NotFound(f"Expected a deployed definition {what}, but there is none; see GET /definitions.")


def by_hash(connection: Connection, key: str, hash_: str) -> Row[Any] | None:
    """The version of `key` with exactly this content, if it was deployed before."""
    return connection.execute(
        select(definitions).where(definitions.c.key == key, definitions.c.hash == hash_)
    ).one_or_none()


def last_version(connection: Connection, key: str) -> int:
    """The newest version number of a key, 0 when it was never deployed; held until this transaction ends."""
    serialise(connection, f"definition {key}")
    newest = connection.execute(select(func.max(definitions.c.version)).where(definitions.c.key == key)).scalar_one()
    return int(newest or 0)




def insert_forms(connection: Connection, definition_id: int, forms: Mapping[str, bytes]) -> None:
    """Stores the forms of a version."""
    if forms:
        rows = [{"definition_id": definition_id, "key": key, "body": body} for key, body in sorted(forms.items())]
        connection.execute(insert(definition_forms), rows)


def insert_definition(connection: Connection, values: Mapping[str, Any]) -> int:
    """Inserts a new version and returns its row id."""
    return int(connection.execute(insert(definitions).values(**values).returning(definitions.c.id)).scalar_one())


def newest_forms(connection: Connection, key: str) -> dict[str, bytes]:
    """The forms of the newest deployed version of `key`; empty when it was never deployed."""
    newest = (
        select(definitions.c.id).where(definitions.c.key == key).order_by(definitions.c.version.desc()).limit(1)
        .scalar_subquery()
    )  # fmt: skip
    rows = connection.execute(
        select(definition_forms.c.key, definition_forms.c.body).where(definition_forms.c.definition_id == newest)
    )
    return {row.key: row.body for row in rows}


def known_keys(connection: Connection) -> set[str]:
    """The keys of all deployed definitions."""
    return set(connection.execute(select(definitions.c.key)).scalars())


def known_decisions(connection: Connection) -> set[str]:
    """What business rule tasks may name: keys of deployed decision models and ids of decisions in them."""
    rows = connection.execute(select(decision_definitions.c.key, decision_definitions.c.decisions)).all()
    return {row.key for row in rows} | {name for row in rows for name in row.decisions}



def zone_of(connection: Connection, agency_id: int | None) -> str:
    """The IANA time zone of a definition's agency; that of Jakarta when it has none."""
    zone = connection.execute(select(agencies.c.zone).where(agencies.c.id == agency_id)).scalar_one_or_none()
    return zone or "Asia/Jakarta"
