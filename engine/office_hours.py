"""When an agency's office is open: sessions per weekday, ordinary and in Ramadan, and its JSON form.

Owns the defaults of Perpres 21/2023 and the validation of what an agency configures. Knows no dates: which days are
holidays or Ramadan belongs to `working_calendar`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import AlurError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SESSION = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.ASCII)
_DAY_MINUTES = 24 * 60

Sessions = tuple[tuple[int, int], ...]
"""The open spans of one day as (start, end) in minutes since local midnight, in order; a break is the gap between."""
Week = tuple[Sessions, Sessions, Sessions, Sessions, Sessions, Sessions, Sessions]


class OfficeHoursRefused(AlurError):
    """Office hours that are malformed, overlap, or leave an agency without any working time."""

    code = "invalid_office_hours"
    status = 422
    field = "office"


def sessions(*spans: str) -> Sessions:
    """Reads the spans of one day, e.g. sessions("07:30-12:00", "13:00-16:00").

    Raises:
        OfficeHoursRefused: a span is not HH:MM-HH:MM, is empty, or begins before the one before it has ended.
    """
    result: list[tuple[int, int]] = []
    for span in spans:
        match = _SESSION.fullmatch(span)
        if match is None:
            raise OfficeHoursRefused(f"Expected a span such as 07:30-12:00, but got {span!r}.")
        hour, minute, end_hour, end_minute = map(int, match.groups())
        result.append((hour * 60 + minute, end_hour * 60 + end_minute))
    _check_sessions(result)
    return tuple(result)


def _check_sessions(day: Sequence[tuple[int, int]]) -> None:
    free_from = 0
    for start, end in day:
        if not free_from <= start < end <= _DAY_MINUTES:
            shown = ", ".join(_span(*span) for span in day)
            raise OfficeHoursRefused(f"Expected spans of one day in order and without overlap, but got {shown}.")
        free_from = end


_ORDINARY_DAY = sessions("07:30-12:00", "13:00-16:00")
_ORDINARY_FRIDAY = sessions("07:30-11:30", "13:00-16:30")
_RAMADAN_DAY = sessions("08:00-12:00", "12:30-15:00")
_RAMADAN_FRIDAY = sessions("08:00-11:30", "12:30-15:30")
_FREE: Sessions = ()

PERPRES_WEEK: Week = (*(_ORDINARY_DAY,) * 4, _ORDINARY_FRIDAY, _FREE, _FREE)  # 37 h 30 min
PERPRES_RAMADAN_WEEK: Week = (*(_RAMADAN_DAY,) * 4, _RAMADAN_FRIDAY, _FREE, _FREE)  # 32 h 30 min


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The office configuration of one agency.

    Attributes:
        week: sessions from Monday to Sunday; six-day offices fill Saturday.
        ramadan_week: the same during Ramadan.
        count_first_day: whether "n hari kerja" counts the day it starts as the first (default: it does not).

    Raises:
        OfficeHoursRefused: a week without working time, or spans that overlap.
    """

    week: Week = field(default=PERPRES_WEEK)
    ramadan_week: Week = field(default=PERPRES_RAMADAN_WEEK)
    count_first_day: bool = False

    def __post_init__(self) -> None:
        for name, week in (("week", self.week), ("ramadan", self.ramadan_week)):
            if len(week) != 7 or not any(week):
                raise OfficeHoursRefused(f"Expected at least one working day in {name!r}, but got none.")
            for day in week:
                _check_sessions(day)

    def to_json(self) -> dict[str, Any]:
        """The configuration as plain JSON values, readable by `from_json`."""
        return {
            "week": _week_to_json(self.week),
            "ramadan": _week_to_json(self.ramadan_week),
            "count_first_day": self.count_first_day,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "OfficeHours":
        """Reads `{"week": {"monday": ["07:30-12:00", "13:00-16:00"], …}, "ramadan": {…}, "count_first_day": false}`.

        A weekday left out is free; a part left out has the default of Perpres 21/2023. An office whose weekdays are not
        Monday to Friday must state its Ramadan hours, too.

        Raises:
            OfficeHoursRefused: another shape, an unknown key, or hours that do not make sense; names the place.
        """
        if not isinstance(data, Mapping) or set(data) - {"week", "ramadan", "count_first_day"}:
            raise OfficeHoursRefused(f"Expected the keys week, ramadan and count_first_day, but got {data!r}.")
        count_first_day = data.get("count_first_day", False)
        if not isinstance(count_first_day, bool):
            raise OfficeHoursRefused(f"Expected count_first_day to be true or false, but got {count_first_day!r}.")
        week = _week_from_json(data["week"], "week") if "week" in data else PERPRES_WEEK
        if "ramadan" in data:
            return cls(week, _week_from_json(data["ramadan"], "ramadan"), count_first_day)
        if [bool(day) for day in week] != [bool(day) for day in PERPRES_RAMADAN_WEEK]:
            raise OfficeHoursRefused("Expected 'ramadan', too, for an office not open Monday to Friday, but got none.")
        return cls(week, PERPRES_RAMADAN_WEEK, count_first_day)


def read_office(data: Any) -> dict[str, Any]:
    """Office hours as they are stored, from what somebody asks for; None means those of Perpres 21/2023.

    Raises:
        OfficeHoursRefused: they do not make sense.
    """
    return (OfficeHours() if data is None else OfficeHours.from_json(data)).to_json()


def office_of(zone: str, office: Mapping[str, Any]) -> dict[str, Any]:
    """What a calendar version keeps of an agency: its zone and its hours."""
    return {"zone": zone, "office": office}


def _week_to_json(week: Week) -> dict[str, list[str]]:
    return {name: [_span(*span) for span in day] for name, day in zip(WEEKDAYS, week, strict=True) if day}


def _week_from_json(data: Any, part: str) -> Week:
    if not isinstance(data, Mapping) or set(data) - set(WEEKDAYS):
        raise OfficeHoursRefused(f"Expected {part!r} to map weekdays ({', '.join(WEEKDAYS)}), but got {data!r}.")
    days: list[Sessions] = []
    for name in WEEKDAYS:
        spans = data.get(name, [])
        if not isinstance(spans, list) or not all(isinstance(span, str) for span in spans):
            raise OfficeHoursRefused(f"Expected {part}.{name} to be a list such as ['07:30-12:00'], but got {spans!r}.")
        try:
            days.append(sessions(*spans))
        except OfficeHoursRefused as refused:
            raise OfficeHoursRefused(f"{part}.{name}: {refused.detail}") from None
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = days
    return (monday, tuesday, wednesday, thursday, friday, saturday, sunday)


def _span(start: int, end: int) -> str:
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"
