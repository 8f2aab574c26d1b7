"""The hash chain of one instance: canonical JSON, SHA-256, each entry sealed over the one before (pure).

An entry's hash covers `{"actor", "at", "data", "element_id", "instance_id", "previous", "seq", "type"}` as canonical
JSON (keys sorted, no spaces, UTF-8 unescaped, as RFC 8785 for the values Alur writes). The first entry's `previous` is
the SHA-256 of the instance id, so that a chain cannot be moved to another instance.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> str:
    """`value` as canonical JSON text. Raises ValueError for NaN and infinities."""
    return _encode(value)


def moment(at: datetime) -> str:
    """An aware moment as history writes it: ISO 8601, UTC, microseconds, `Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def genesis(instance_id: str) -> str:
    """What stands for the hash before the first entry."""
    return sha256(instance_id.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One history entry. `actor` and `data` are canonical JSON text, `at` the text of `moment()`."""

    instance_id: str
    seq: int
    type: str
    element_id: str | None
    at: str
    actor: str | None
    data: str
    hash: str


def seal(
    instance_id: str, seq: int, previous: str, type_: str, element_id: str | None, at: str, actor: str | None, data: str
) -> str:
    """The hash of an entry: SHA-256 in hexadecimal over its canonical JSON."""
    element = "null" if element_id is None else _encode(element_id)
    document = (
        f'{{"actor":{actor or "null"},"at":"{at}","data":{data},"element_id":{element},'
        f'"instance_id":"{instance_id}","previous":"{previous}","seq":{seq},"type":"{type_}"}}'
    )
    return sha256(document.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a history: the entry, a stable kind and a sentence."""

    seq: int
    kind: str  # changed | missing | inserted | head | anchor | state | row | task | definition
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The problem as JSON-ready dict."""
        return {"seq": self.seq, "kind": self.kind, "message": self.message}


def check(instance_id: str, entries: Iterable[Entry]) -> list[Problem]:
    """Every entry that was changed, is missing, swapped or inserted; empty when the chain holds.

    After a bad entry the check goes on from the hash stored there, so that one change is reported once.
    """
    problems: list[Problem] = []
    previous, expected = genesis(instance_id), 1
    for entry in entries:
        if entry.seq < expected:
            problems.append(Problem(entry.seq, "inserted", f"Expected entry {entry.seq} once and in its place, but it"
                                    f" stands again before entry {expected}."))
            continue
        if entry.seq > expected:
            gone = f"{expected}" if entry.seq == expected + 1 else f"{expected}-{entry.seq - 1}"
            problems.append(Problem(expected, "missing", f"Expected entry {gone}, but it is missing from the history."))
        hash_ = seal(
            instance_id, entry.seq, previous, entry.type, entry.element_id, entry.at, entry.actor, entry.data
        )
        if hash_ != entry.hash and entry.seq == expected:
            problems.append(
                Problem(entry.seq, "changed", f"Expected entry {entry.seq} ({entry.type}) to match its hash, but it was"
                        " changed, swapped or inserted.")
            )
        previous, expected = entry.hash, entry.seq + 1
    return problems
