"""datetime: a date, a time of day, or both, as ISO 8601 text in the form that form-js writes."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Self

from marshmallow import ValidationError

from forms.kinds.base import Input, read_default, read_required
from forms.reader import Reader
from forms.scope import Scope

_SUBTYPES = ("date", "time", "datetime")
_FORMATS = ("no_timezone", "utc_offset", "utc_normalized")
_MOST_CHARACTERS = 40
_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_MESSAGES = {
    "date": "Tanggal tidak benar, contoh: 2026-01-31.",
    "time": "Jam tidak benar, contoh: 13:30.",
    "datetime": "Tanggal dan jam tidak benar, contoh: 2026-01-31T13:30.",
}


class TemporalInput(Input):
    """A moment as text; `zone` says whether a UTC offset must (`utc_*`) or must not be written."""

    feel_type = "string"

    def __init__(self, required: bool, *, subtype: str, zone: str, no_past: bool) -> None:
        super().__init__(required)
        self.subtype = subtype
        self.zone = zone
        self.has_late_checks = no_past and subtype != "time"
        self.json_format = {"date": "date", "time": "time", "datetime": "date-time"}[subtype]

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a datetime component."""
        field = cls(
            read_required(reader, cls.validate_keys),
            subtype=_choice(reader, "subtype", _SUBTYPES),
            zone=_choice(reader, "timeSerializingFormat", _FORMATS),
            no_past=reader.flag("disallowPassedDates"),
        )
        read_default(reader, field)
        return field

    def check(self, value: Any) -> str:
        """The text in one normal form."""
        if not isinstance(value, str) or len(value) > _MOST_CHARACTERS or not value.isascii():
            raise ValidationError(_MESSAGES[self.subtype])
        try:
            return self._normal(value)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_MESSAGES[self.subtype]) from error

    def _normal(self, text: str) -> str:
        if self.subtype == "date":
            return _check_year(date.fromisoformat(text)).isoformat()
        parsed = time.fromisoformat(text) if self.subtype == "time" else datetime.fromisoformat(text)
        if self.subtype == "datetime" and "T" not in text:
            raise ValueError("a date without a time")
        self._check_zone(parsed)
        if isinstance(parsed, datetime):
            _check_year(parsed)
        written = parsed.isoformat(timespec="seconds" if parsed.second else "minutes")
        if self.zone != "utc_normalized":
            return written
        if isinstance(parsed, datetime):
            return _in_utc(parsed)
        return _in_utc(datetime.combine(date(2000, 1, 3), parsed)).partition("T")[2]

    def _check_zone(self, parsed: time | datetime) -> None:
        if (parsed.tzinfo is None) != (self.zone == "no_timezone"):
            asked = "tanpa zona waktu" if self.zone == "no_timezone" else "dengan zona waktu, contoh: +07:00"
            raise ValidationError(f"Jam harus ditulis {asked}.")

    def late(self, value: Any, scope: Scope) -> str | None:
        """No date before today, as `scope.now` tells today in its own zone."""
        if value is None:
            return None
        today = scope.now.date()
        if self.subtype == "date":
            given = date.fromisoformat(value)
        else:
            moment = datetime.fromisoformat(value)
            given = (moment if moment.tzinfo is None else moment.astimezone(scope.now.tzinfo)).date()
        return "Tanggal tidak boleh sebelum hari ini." if given < today else None

    def sample(self, random: Random, scope: Scope) -> str:
        """A moment within a month after today, in office hours."""
        day = scope.now.date() + timedelta(days=random.randint(2, 30))
        clock = time(random.randint(8, 14), random.choice((0, 15, 30, 45)))
        suffix = {"no_timezone": "", "utc_offset": "+07:00", "utc_normalized": "Z"}[self.zone]
        written = clock.isoformat(timespec="minutes") + suffix
        if self.subtype == "date":
            return day.isoformat()
        return self._normal(written if self.subtype == "time" else f"{day.isoformat()}T{written}")

    def json_schema(self) -> dict[str, Any]:
        """A string; only dates have a format that JSON Schema knows exactly."""
        return {"type": "string", "format": "date"} if self.subtype == "date" else {"type": "string"}


def _check_year(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValidationError(f"Tahun harus antara {_FIRST_YEAR} dan {_LAST_YEAR}.")
    return day


def _in_utc(moment: datetime) -> str:
    inside = moment.astimezone(UTC).replace(tzinfo=None)
    return inside.isoformat(timespec="seconds" if inside.second else "minutes") + "Z"


def _choice(reader: Reader, name: str, allowed: tuple[str, ...]) -> str:
    value = reader.text(name) or allowed[0]
    if value in allowed:
        return value
    message = f"Expected {', '.join(allowed)} in '{name}', but got '{value[:40]}'."
    reader.complain("shape", message, "Use one.", f"'{name}' harus salah satu dari {', '.join(allowed)}.")
    return allowed[0]
