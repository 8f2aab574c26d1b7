"""Judges a diagram without storing anything."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.assignment import Actor
from engine.change import usual_calendar
from engine.context import Context
from engine.diagram.timer_preview import preview_timers
from engine.drafting import require_editor
from engine.history.chain import moment
from engine.storage.definitions import newest_forms
from engine.storage.drafts import draft_row, files_of
from engine.validation import Verdict, judge, peek_key
from engine.working_calendar import WorkingCalendar


def validate_definition(
    context: Context, actor: Actor, xml: bytes, *, profile: str = "sop", forms: Mapping[str, bytes] | None = None,
    draft: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """All findings on a diagram: `{valid, findings[], prepared[], timers[]}`; a bad diagram is described, not refused.

    `timers` shows what each timer means: the next three moments at which it would fire if its element began now.

    Without `forms`, the forms of the version deployed before count as given; with `draft`, the key of a draft, the
    forms and decisions that it carries.

    Raises:
        InvalidInput: an unknown profile. Forbidden: a draft, but no analyst.
    """
    if draft is not None:
        require_editor(actor)
    with context.database.read() as connection:
        decisions: Mapping[str, bytes] = {}
        if draft is not None and draft_row(connection, draft) is not None:
            bodies, decisions = files_of(connection, draft, "form"), files_of(connection, draft, "decision")
        else:
            bodies = dict(forms) if forms is not None else newest_forms(connection, draft or peek_key(xml))
        verdict = judge(connection, xml, profile, bodies, decisions)
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
