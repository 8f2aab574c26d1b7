"""How satisfied applicants were (SKM): the index in all and by SOP, agency or month. Sums only, never an answer.

A group of fewer than `engine.satisfaction.FEWEST` answers shows how many there are and nothing else.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, extract, func, select

from engine.assignment import Actor, may_read_reports
from engine.context import Context
from engine.errors import Forbidden
from engine.satisfaction import ELEMENTS, score
from engine.storage.tables import agencies, definitions, instances, survey_responses

GROUPS = ("definition", "agency", "month")
MOST_GROUPS = 1000


def satisfaction(
    context: Context,
    actor: Actor,
    *,
    by: str = "definition",
    definition: str | None = None,
    agency: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """`{n, index, grade, elements: [{code, name, mean}], items: [{key, name, n, index, grade, elements}]}`.

    Args:
        by: what `items` are: one of `GROUPS`; their `key` is the SOP's, the agency's code, or "2026-03".
        definition, agency: only answers about requests of this SOP (key) or agency (code).
        since, until: days on the agency's calendar: answered on or after, and before.

    Raises:
        Forbidden: the actor may not read reports.
    """
    if not may_read_reports(actor):
        raise Forbidden("Expected a leader, auditor, analyst or administrator to read reports.")
    conditions = _conditions(definition, agency, since, until)
    with context.database.read() as connection:
        total = connection.execute(_sums([], conditions)).one()
        rows = connection.execute(_sums(_keys(by), conditions).limit(MOST_GROUPS)).all()
    return _scored(total) | {"items": [_labels(by, row) | _scored(row) for row in rows]}


def _conditions(
    definition: str | None, agency: str | None, since: date | None, until: date | None
) -> list[ColumnElement[bool]]:
    on = survey_responses.c.answered_on
    found: list[ColumnElement[bool]] = []
    if definition is not None:
        found.append(definitions.c.key == definition)
    if agency is not None:
        found.append(agencies.c.code == agency)
    if since is not None:
        found.append(on >= since)
    if until is not None:
        found.append(on < until)
    return found


def _keys(by: str) -> list[ColumnElement[Any]]:
    if by == "agency":
        return [agencies.c.code, agencies.c.name]
    if by == "month":
        on = survey_responses.c.answered_on
        return [extract("year", on).label("year"), extract("month", on).label("month")]
    return [definitions.c.key]


def _sums(keys: Sequence[ColumnElement[Any]], conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """How many answers, and the sum of each element; for SOPs their name too (versions may have renamed them)."""
    sums = [func.coalesce(func.sum(survey_responses.c[code]), 0).label(code) for code in ELEMENTS]
    named = [func.max(definitions.c.name).label("name")] if len(keys) == 1 else []
    return (
        select(*keys, *named, func.count().label("n"), *sums)
        .select_from(survey_responses)
        .join(instances, instances.c.id == survey_responses.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .where(*conditions)
        .group_by(*keys)
        .order_by(*keys)
    )


def _labels(by: str, row: Row[Any]) -> dict[str, Any]:
    if by == "month":
        key = f"{int(row.year):04}-{int(row.month):02}"
        return {"key": key, "name": key}
    return {"key": row.code if by == "agency" else row.key, "name": row.name}


def _scored(row: Row[Any]) -> dict[str, Any]:
    return score(row.n, [int(getattr(row, code)) for code in ELEMENTS]).to_dict()
