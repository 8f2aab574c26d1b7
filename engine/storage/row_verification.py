"""What the database says of a request beside its history: columns and open tasks that must follow from its entries.

Reads only. What people filter, sort and act by is a shortcut; here it is compared with the fold of the events.
"""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.history.apply import fold
from engine.history.chain import Entry, Problem, moment
from engine.history.export import event_of
from engine.model import State
from engine.storage.tables import agencies, definitions, persons, tasks

_ENDED = ("instance_completed", "instance_cancelled")


def check_row(connection: Connection, row: Row[Any], entries: Sequence[Entry]) -> list[Problem]:
    """Everything about the row and its open tasks that is not as the history says; for a chain that holds."""
    try:
        folded = fold(event_of(entry) for entry in entries)
        same = json.loads(folded.to_json()) == json.loads(row.state)
    except (LookupError, TypeError, ValueError, AttributeError):
        return [Problem(0, "state", "Expected a stored state that is the fold of the history, but one of them cannot be"
                        " read.")]
    problems = [] if same else [Problem(0, "state", "Expected the stored state to be the fold of the history, but it"
                                        " differs.")]
    said = _said(connection, row, entries, folded)
    for name, (stored, recorded) in said.items():
        if stored != recorded:
            problems.append(Problem(0, "row", f"Expected {name} to be '{recorded}' as the history says, but it is"
                                    f" '{stored}'."))
    return problems + _check_tasks(connection, row.id, folded)


def _said(
    connection: Connection, row: Row[Any], entries: Sequence[Entry], folded: State
) -> dict[str, tuple[Any, Any]]:
    """By name what is stored and what was recorded."""
    first = json.loads(entries[0].data)
    by = json.loads(entries[0].actor)["person"] if entries[0].actor else "alur"
    code = connection.execute(select(agencies.c.code).where(agencies.c.id == row.agency_id)).scalar()
    applicant = connection.execute(select(persons.c.username).where(persons.c.id == row.applicant_id)).scalar()
    number = str(row.registration_number)
    ended = next((entry.at for entry in entries if entry.type in _ENDED), None)
    return {
        "registration_number": (number, first.get("registration_number")),
        "agency": (str(code).upper(), number.rsplit("-", 2)[0]),
        "status": (row.status, folded.status),
        "started_by": (row.started_by, by),
        "applicant": (applicant or by, by),
        "started_at": (moment(row.started_at), entries[0].at),
        "ended_at": (row.ended_at and moment(row.ended_at), ended),
        "timers": (row.next_due_at is not None, folded.wakes_at() is not None),
        "definition": _definition(connection, row, first, entries),
    }


def _definition(
    connection: Connection, request: Row[Any], first: dict[str, Any], entries: Sequence[Entry]
) -> tuple[str, str]:
    """Key, version and, unless it was migrated, content hash and confidentiality of the version that is run."""
    row = connection.execute(select(definitions).where(definitions.c.id == request.definition_id)).one_or_none()
    moved = [json.loads(entry.data) for entry in entries if entry.type == "instance_migrated"]
    version = moved[-1]["version"] if moved else first.get("version")
    recorded = f"{first.get('definition')} {version}"
    if row is None or moved:
        return "" if row is None else f"{row.key} {row.version}", recorded
    stored = f"{row.key} {row.version} {row.hash} {request.confidentiality}"
    return stored, f"{recorded} {first.get('hash')} {row.confidentiality}"


def _check_tasks(connection: Connection, instance_id: str, folded: State) -> list[Problem]:
    stored = {
        row.id: (row.assignee_id, row.due_at and moment(row.due_at))
        for row in connection.execute(
            select(tasks.c.id, tasks.c.assignee_id, tasks.c.due_at)
            .where(tasks.c.instance_id == instance_id, tasks.c.status == "open")
        )
    }  # fmt: skip
    recorded = {f"{instance_id}-{token}": (task.assignee, task.due_at) for token, task in folded.tasks().items()}
    return [
        Problem(0, "task", f"Expected task {one} to be open, assigned and due as the history says, but it is not.")
        for one in sorted(stored.keys() | recorded.keys())
        if stored.get(one) != recorded.get(one)
    ]
