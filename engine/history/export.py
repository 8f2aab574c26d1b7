"""History entries as JSON lines, and verification of such an export without a database (pure)."""

import json
from collections.abc import Iterable
from typing import Any

from engine.errors import InvalidInput
from engine.events import Event
from engine.history.chain import Entry, Problem, canonical, check

_FIELDS = ("instance_id", "seq", "type", "element_id", "at", "actor", "data", "hash")


def event_of(entry: Entry) -> Event:
    """The event that an entry records."""
    return Event(entry.type, entry.element_id, json.loads(entry.data))


def entry_dict(entry: Entry) -> dict[str, Any]:
    """An entry as the API and exports show it, actor and data as objects."""
    return {
        "instance_id": entry.instance_id, "seq": entry.seq, "type": entry.type, "element_id": entry.element_id,
        "at": entry.at, "actor": json.loads(entry.actor) if entry.actor else None, "data": json.loads(entry.data),
        "hash": entry.hash,
    }  # fmt: skip


def to_line(entry: Entry) -> str:
    """One line of an export."""
    return json.dumps(entry_dict(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_line(line: str, number: int) -> Entry:
    """The entry of a line.

    Raises:
        InvalidInput: the line is no exported entry.
    """
    try:
        raw = json.loads(line)
        values = [raw[name] for name in _FIELDS]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput(f"Expected an exported history entry in line {number}, but got something else.") from error
    entry = Entry(*values)
    texts = (entry.instance_id, entry.type, entry.at, entry.hash)
    if not all(isinstance(text, str) for text in texts) or type(entry.seq) is not int:
        raise InvalidInput(f"Expected texts and a number in the entry in line {number}, but got something else.")
    return Entry(
        entry.instance_id, entry.seq, entry.type, entry.element_id, entry.at,
        None if entry.actor is None else canonical(entry.actor), canonical(entry.data), entry.hash,
    )  # fmt: skip


def check_lines(lines: Iterable[str]) -> dict[str, list[Problem]]:
    """Problems by instance id of an export of JSON lines; an empty list is a chain that holds.

    An export cannot show that entries are missing at its end; its heads must be compared with an anchor for that.

    Raises:
        InvalidInput: a line is no exported entry.
    """
    chains: dict[str, list[Entry]] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            entry = from_line(line, number)
            chains.setdefault(entry.instance_id, []).append(entry)
    return {instance_id: check(instance_id, entries) for instance_id, entries in chains.items()}
