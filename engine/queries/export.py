"""Histories leave the house: JSON lines (verifiable offline), CSV and XES, for auditors."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.assignment import Actor, may_audit
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.errors import Forbidden, InvalidInput
from engine.history.chain import Entry
from engine.history.export import to_line
from engine.history.xes import Trace, xes
from engine.queries.search import RequestFilter, every_match
from engine.storage import history
from engine.storage.definitions import by_id, find_id

FORMATS = {"jsonl": "application/jsonl", "csv": "text/csv", "xes": "application/xml"}
Requests = Iterable[Mapping[str, Any]]
_COLUMNS = ("instance_id", "seq", "type", "element_id", "at", "actor", "data", "hash")


def export_history(context: Context, actor: Actor, format_: str, filters: RequestFilter) -> Iterator[str]:
    """The histories of the requests that match and that the actor may see, newest request first, piece by piece.

    Raises:
        Forbidden: the actor is no auditor. InvalidInput: an unknown format, or as `search`.
    """
    if not may_audit(actor):
        raise Forbidden("Expected an auditor to export histories.")
    if format_ not in FORMATS:
        raise InvalidInput(f"Expected format to be one of {', '.join(FORMATS)}, but got '{format_}'.",
                           [{"field": "format", "message": "Format tidak dikenal."}])
    return _WRITERS[format_](context, every_match(context, actor, filters))


def _jsonl(context: Context, requests: Requests) -> Iterator[str]:
    for request in requests:
        yield from (to_line(entry) + "\n" for entry in _entries(context, request))


def _csv(context: Context, requests: Requests) -> Iterator[str]:
    yield _csv_line(_COLUMNS)
    for request in requests:
        for entry in _entries(context, request):
            yield _csv_line([getattr(entry, name) for name in _COLUMNS])


def _xes(context: Context, requests: Requests) -> Iterator[str]:
    return xes(_traces(context, requests))


def _entries(context: Context, request: Mapping[str, Any]) -> Sequence[Entry]:
    with context.database.read() as connection:
        return history.entries(connection, request["id"])


def _traces(context: Context, requests: Requests) -> Iterator[Trace]:
    names: dict[tuple[str, int], dict[str, str]] = {}
    for request in requests:
        key, version = request["definition"], request["version"]
        if (key, version) not in names:
            names[key, version] = _element_names(context, key, version)
        yield Trace(request["registration_number"], key, version, names[key, version], _entries(context, request))


def _element_names(context: Context, key: str, version: int) -> dict[str, str]:
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version))
    processes = parse_diagram(stored.xml).processes
    return {node.id: node.name or node.id for process in processes for node in process.nodes.values()}


_WRITERS: Mapping[str, Callable[[Context, Requests], Iterator[str]]] = {"jsonl": _jsonl, "csv": _csv, "xes": _xes}


def _csv_line(values: Any) -> str:
    """One line; a text that a spreadsheet would take for a formula is quoted by an apostrophe."""
    buffer = io.StringIO()
    safe = [f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value for value in values]
    csv.writer(buffer).writerow(safe)
    return buffer.getvalue()
