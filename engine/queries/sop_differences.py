"""What differs between two versions of an SOP, or between its draft and a version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.assignment import Actor, may_read_draft
from engine.context import Context
from engine.decisions.compare import compare_decisions
from engine.diagram.compare import Difference, compare
from engine.diagram.model import Diagram
from engine.diagram.parse import parse_diagram
from engine.drafting import deployed_files
from engine.errors import AlurError, Forbidden, NotFound
from engine.queries.sops import require_reader
from engine.storage.definitions import by_id, find_id
from engine.storage.drafts import draft_row, files_of
from engine.storage.tables import definitions
from forms.compare import compare_forms

MARKS = ("added", "removed", "moved", "changed")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: `version` is None for the draft; `diagram` is None when the drawing cannot be read."""

    version: int | None
    name: str
    xml: bytes
    diagram: Diagram | None
    forms: Mapping[str, bytes]
    decisions: Mapping[str, bytes] | None


def sop_differences(
    context: Context, actor: Actor, key: str, old: int | None = None, new: int | None = None
) -> dict[str, Any]:
    """`{key, name, old, new, differences[], marks}` from version `old` to version `new`.

    Args:
        old: None = the newest version.
        new: None = the draft.

    `old` and `new` in the answer are `{version, readable}`. `marks` says for each side which elements to colour how.

    Raises:
        Forbidden: who does not read the register, or not this draft. NotFound: no such version or draft.
    """
    require_reader(actor)
    with context.database.read() as connection:
        before = _version(connection, key, old)
        after = _draft(connection, actor, key) if new is None else _version(connection, key, new)
        known = deployed_files(connection, key, before.xml)["decision"] if after.decisions is not None else {}
    found = list(_differences(before, after, known))
    return {
        "key": key, "name": after.name, "differences": found, "marks": _marks(found),
        "old": {"version": before.version, "readable": before.diagram is not None},
        "new": {"version": after.version, "readable": after.diagram is not None},
    }  # fmt: skip


def versions_of(context: Context, key: str) -> list[int]:
    """The numbers of all versions, newest first."""
    query = select(definitions.c.version).where(definitions.c.key == key).order_by(definitions.c.version.desc())
    with context.database.read() as connection:
        return list(connection.execute(query).scalars())


def _version(connection: Connection, key: str, version: int | None) -> Side:
    stored = by_id(connection, find_id(connection, key, version))
    return Side(stored.version, stored.name, stored.xml, _read(stored.xml), stored.forms, None)


def _draft(connection: Connection, actor: Actor, key: str) -> Side:
    row = draft_row(connection, key)
    if row is None:
        raise NotFound(f"Expected a draft '{key}', but there is none.")
    if not may_read_draft(actor, row.status):
        raise Forbidden("Expected an analyst to read a draft in work.")
    forms, decisions = files_of(connection, key, "form"), files_of(connection, key, "decision")
    return Side(None, row.name, row.xml, _read(row.xml), forms, decisions)


def _read(xml: bytes) -> Diagram | None:
    try:
        return parse_diagram(xml)
    except AlurError:
        return None


def _differences(before: Side, after: Side, known: Mapping[str, bytes]) -> Iterator[Difference]:
    if before.diagram is not None and after.diagram is not None:
        yield from compare(before.diagram, after.diagram)
    yield from _forms(before.forms, after.forms)
    if after.decisions is not None:
        yield from _files("decision", known, after.decisions)
        for key in sorted(known.keys() & after.decisions.keys()):
            for one in compare_decisions(known[key], after.decisions[key]):
                name = f"{key}: {one.decision}" if one.decision else key
                yield Difference(one.kind, "decision", key, name, one.field, one.before, one.after)


def _forms(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Difference]:
    yield from _files("form", old, new)
    for key in sorted(old.keys() & new.keys()):
        fields = compare_forms(old[key], new[key])
        if fields:
            gone = [one.label for one in fields if one.kind == "removed"]
            come = [one.label for one in fields if one.kind == "added"]
            changed = [one.label for one in fields if one.kind == "changed" and one.label]
            same = "; ".join(changed)
            yield Difference(
                "form", "form", key, key, "fields" if gone or come or changed else "order",
                "; ".join([*gone, *([same] if same else [])]), "; ".join([*come, *([same] if same else [])]),
            )  # fmt: skip


def _files(part: str, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[Difference]:
    for key in sorted(old.keys() - new.keys()):
        yield Difference("removed", part, key, key)
    for key in sorted(new.keys() - old.keys()):
        yield Difference("added", part, key, key)


def _marks(found: list[Difference]) -> dict[str, dict[str, list[str]]]:
    """Element ids by colour, for the older and the newer drawing; what moved and changed is shown as moved."""
    marks: dict[str, dict[str, list[str]]] = {side: {mark: [] for mark in MARKS} for side in ("old", "new")}
    moved = {one.element for one in found if one.kind == "moved"}
    for one in found:
        if one.part in ("form", "decision", "identity", "process"):
            continue
        mark = one.kind if one.kind in ("added", "removed") else "moved" if one.element in moved else "changed"
        for side in ("old", "new"):
            if (side, mark) not in (("old", "added"), ("new", "removed")) and one.element not in marks[side][mark]:
                marks[side][mark].append(one.element)
    return marks
