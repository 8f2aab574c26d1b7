"""What to write instead of a cron expression: the equivalent ISO 8601 repeating interval.

Owns recognising cron (5, 6 or 7 fields, @daily …) and its translation where one interval says the same, for the
sentence of a refusal. Alur never runs cron.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MACROS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_DAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"))}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), start=1
    )
}
_FIELD = re.compile(r"(?:\*|\?|[0-9A-Z]{1,4}(?:-[0-9A-Z]{1,4})?|L|LW|\d{1,2}W)(?:[/#]\d{1,4})?", re.ASCII)
_STEP = re.compile(r"[*0]/(\d{1,2})", re.ASCII)
_ANCHOR = date(2026, 1, 1)  # occurrences before a timer is armed never fire, so any past day serves


@dataclass(frozen=True, slots=True)
class _Cron:
    second: str
    minute: str
    hour: str
    day: str
    month: str
    weekday: str


def looks_like_cron(text: str) -> bool:
    """Whether the text is a cron expression of 5, 6 or 7 fields or a macro such as @daily."""
    if text.startswith("@"):
        return True
    fields = text.upper().split()
    return 5 <= len(fields) <= 7 and all(_FIELD.fullmatch(part) for field in fields for part in field.split(","))


def cure_for_cron(text: str) -> str:
    """A sentence with the equivalent repeating interval in local time of the agency, or how several timers do it."""
    interval = _interval(text)
    if interval:
        return f"Cron is not a BPMN time: write {interval} (local time of the agency)."
    return (
        "Cron is not a BPMN time, and no single repeating interval says the same: use one timer per moment, "
        "each such as R/2026-01-05T08:00:00/P1W (every Monday at 08:00)."
    )


def _interval(text: str) -> str | None:
    cron = _read(text)
    if cron is None:
        return None
    step = _step_interval(cron)
    if step:
        return step
    if not (_within(cron.second, 0, 59) and _within(cron.minute, 0, 59)):
        return None
    if cron.hour == "*":
        return _from(_ANCHOR, f"00:{cron.minute:0>2}:{cron.second:0>2}", "PT1H") if _every_day(cron) else None
    if not _within(cron.hour, 0, 23):
        return None
    return _dated(cron, f"{cron.hour:0>2}:{cron.minute:0>2}:{cron.second:0>2}")


def _dated(cron: _Cron, clock: str) -> str | None:
    if _every_day(cron):
        return _from(_ANCHOR, clock, "P1D")
    if cron.day == cron.month == "*":
        if not _within(cron.weekday, 0, 7):
            return None
        sunday = date(2026, 1, 4)
        return _from(sunday + timedelta(days=int(cron.weekday) % 7), clock, "P1W")
    if cron.weekday != "*" or not _within(cron.day, 1, 28):  # cron skips short months, P1M takes their last day
        return None
    if cron.month == "*":
        return _from(date(2026, 1, int(cron.day)), clock, "P1M")
    return _from(date(2026, int(cron.month), int(cron.day)), clock, "P1Y") if _within(cron.month, 1, 12) else None


def _step_interval(cron: _Cron) -> str | None:
    if not _every_day(cron):
        return None
    for value, rest, size, letter in (
        (cron.second, (cron.minute, cron.hour), 60, "S"),
        (cron.minute, (cron.hour,), 60, "M"),
        (cron.hour, (), 24, "H"),
    ):
        lower = {"S": (), "M": (cron.second,), "H": (cron.second, cron.minute)}[letter]
        step = 1 if value == "*" and letter != "H" else int(match[1]) if (match := _STEP.fullmatch(value)) else 0
        if step and size % step == 0 and all(part == "*" for part in rest) and all(part == "0" for part in lower):
            return f"R/PT{step}{letter}"
    return None


def _read(text: str) -> _Cron | None:
    fields = _MACROS.get(text.lower(), text).upper().replace("?", "*").split()
    if len(fields) == 7 and fields.pop() != "*":
        return None
    quartz = len(fields) == 6  # seconds first, and Sunday is 1
    if not quartz:
        fields.insert(0, "0")
    if len(fields) != 6:
        return None
    weekday = str(_DAYS.get(fields[5], fields[5]))
    if quartz and fields[5].isdecimal():
        weekday = str(int(fields[5]) - 1)
    second, minute, hour, day, month = fields[:5]
    return _Cron(second, minute, hour, day, str(_MONTHS.get(month, month)), weekday)


def _every_day(cron: _Cron) -> bool:
    return cron.day == cron.month == cron.weekday == "*"


def _within(text: str, first: int, last: int) -> bool:
    return text.isdecimal() and first <= int(text) <= last


def _from(day: date, clock: str, period: str) -> str:
    return f"R/{day.isoformat()}T{clock}/{period}"
