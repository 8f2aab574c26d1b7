"""Moments as people read them: "Kamis, 5 Maret 2026 08.00 WIB", "3 jam lagi". Pure; the zone is the agency's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.report_words import MONTHS

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DAYS = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_UNITS = (
    (365 * 86_400, "tahun", "year"), (30 * 86_400, "bulan", "month"), (86_400, "hari", "day"), (3_600, "jam", "hour"),
    (60, "menit", "minute"),
)  # fmt: skip


def full_moment(at: datetime, zone: str, language: str = "id") -> str:
    """Weekday, date, time and zone name of an aware moment, as clocks at `zone` (IANA) show it."""
    local = at.astimezone(ZoneInfo(zone))
    day, month = DAYS[language][local.weekday()], MONTHS[language][local.month - 1]
    return f"{day}, {local.day} {month} {local.year} {local:%H.%M} {ZONE_NAMES.get(zone, zone)}"


def full_date(on: str, language: str = "id") -> str:
    """A date as people write it ("5 Maret 2026"); what is no ISO date stays as it is."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return on
    return day_text(day, language)


def day_text(day: date, language: str = "id") -> str:
    """A local date: "5 Maret 2026"."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def relative(at: datetime, now: datetime, language: str = "id") -> str:
    """How far `at` is from `now` (both aware) in its largest unit: "3 jam yang lalu", "2 hari lagi", "baru saja"."""
    seconds = int((at - now).total_seconds())
    for size, indonesian, english in _UNITS:
        count = abs(seconds) // size
        if count:
            if language == "en":
                amount = f"{count} {english}{'s' if count > 1 else ''}"
                return f"in {amount}" if seconds > 0 else f"{amount} ago"
            return f"{count} {indonesian} {'lagi' if seconds > 0 else 'yang lalu'}"
    if language == "en":
        return "just now"
    return "baru saja" if seconds <= 0 else "sebentar lagi"
