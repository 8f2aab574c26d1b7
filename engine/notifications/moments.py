"""Writes a moment the way an Indonesian office does: `Senin, 9 Maret 2026 pukul 16.00 WIB`. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


def written_moment(moment: datetime, zone: ZoneInfo) -> str:
    """The moment in `zone`, to the minute.

    Raises:
        ValueError: `moment` has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"Expected a moment with a time zone, but got {moment.isoformat()}.")
    local = moment.astimezone(zone)
    offset = local.utcoffset() or timedelta(0)
    name = _ZONES.get(offset) or local.strftime("UTC%z")
    return f"{_DAYS[local.weekday()]}, {written_date(local)} pukul {local:%H.%M} {name}"


def written_date(day: date) -> str:
    """`9 Maret 2026`; of an aware datetime its own local date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
