"""Writes a moment the way an Indonesian office does: `Senin, 9 Maret 2026 pukul 16.00 WIB`. Pure."""

from datetime import datetime, timedelta
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
    day = f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{day} pukul {local:%H.%M} {name}"
