"""Judges a diagram without storing anything."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.assignment import Actor
from engine.change import usual_calendar
from engine.context import Context
from engine.diagram.timer_preview import preview_timers
from engine.history.chain import moment
from engine.storage.definitions import newest_forms
from engine.validation import Verdict, judge, peek_key
from engine.working_calendar import WorkingCalendar


def validate_definition(
    context: Context, actor: Actor, xml: bytes, *, profile: str = "sop", forms: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """All findings on a diagram: `{valid, findings[], prepared[], timers[]}`; a bad diagram is described, not refused.

    `timers` shows what each timer means: the next three moments at which it would fire if its element began now.

    Without `forms`, the forms of the version deployed before count as given.

    Raises:
        InvalidInput: an unknown profile.
    """
    with context.database.read() as connection:
        bodies = forms if forms is not None else newest_forms(connection, peek_key(xml))
        verdict = judge(connection, xml, profile, bodies)
        calendar = usual_calendar(context, connection)
    return verdict.to_dict() | {"timers": _timers(verdict, context.clock.now(), calendar)}


def _timers(verdict: Verdict, now: datetime, calendar: WorkingCalendar) -> list[dict[str, Any]]:
    if verdict.checked.diagram is None:
        return []
    return [
        {
            "element": one.element, "name": one.name, "kind": one.kind, "text": one.text,
            "next": [moment(due) for due in one.moments],
        }
        for one in preview_timers(verdict.checked.diagram, now, calendar)
    ]  # fmt: skip
