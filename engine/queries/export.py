"""Histories leave the house: JSON lines (verifiable offline), CSV and XES, for auditors."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.assignment import Actor, may_audit
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.errors import Forbidden, InvalidInput
from engine.history.export import to_line
from engine.history.xes import Trace, xes
from engine.storage import history
from engine.storage.access import visible
from engine.storage.definitions import by_id
from engine.storage.tables import definitions, instances

FORMATS = {"jsonl": "application/jsonl", "csv": "text/csv", "xes": "application/xml"}
_COLUMNS = ("instance_id", "seq", "type", "element_id", "at", "actor", "data", "hash")


def export_history(
    context: Context,
    actor: Actor,
    format_: str,
    *,
    definition: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[str]:
    """The histories of the requests that the actor may see, started within [since, until), oldest first.

    Raises:
        Forbidden: the actor is no auditor. InvalidInput: an unknown format.
    """
    if not may_audit(actor):
        raise Forbidden("Expected an auditor to export histories.")
    if format_ not in FORMATS:
        raise InvalidInput(f"Expected format to be one of {', '.join(FORMATS)}, but got '{format_}'.",
                           [{"field": "format", "message": "Format tidak dikenal."}])
    return _export(context, actor, format_, definition, since, until)


def _export(
    context: Context, actor: Actor, format_: str, definition: str | None, since: datetime | None, until: datetime | None
) -> Iterator[str]:
    query = (
        select(instances.c.id, instances.c.registration_number, instances.c.definition_id, definitions.c.key,
               definitions.c.version)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(visible(actor))
        .order_by(instances.c.started_at, instances.c.id)
    )  # fmt: skip
    if definition is not None:
        query = query.where(definitions.c.key == definition)
    if since is not None:
        query = query.where(instances.c.started_at >= since)
    if until is not None:
        query = query.where(instances.c.started_at < until)
    with context.database.read() as connection:
        rows = connection.execute(query).all()
        if format_ == "xes":
            yield from xes(_traces(connection, rows))
            return
        if format_ == "csv":
            yield _csv_line(_COLUMNS)
        for row in rows:
            for entry in history.entries(connection, row.id):
                if format_ == "csv":
                    yield _csv_line([getattr(entry, name) for name in _COLUMNS])
                else:
                    yield to_line(entry) + "\n"


def _traces(connection: Connection, rows: Any) -> Iterator[Trace]:
    names: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.definition_id not in names:
            names[row.definition_id] = _element_names(connection, row)
        entries = history.entries(connection, row.id)
        yield Trace(row.registration_number, row.key, row.version, names[row.definition_id], entries)


def _element_names(connection: Connection, row: Row[Any]) -> dict[str, str]:
    diagram = parse_diagram(by_id(connection, row.definition_id).xml)
    return {node.id: node.name or node.id for process in diagram.processes for node in process.nodes.values()}


def _csv_line(values: Any) -> str:
    """One line; a text that a spreadsheet would take for a formula is quoted by an apostrophe."""
    buffer = io.StringIO()
    safe = [f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value for value in values]
    csv.writer(buffer).writerow(safe)
    return buffer.getvalue()
