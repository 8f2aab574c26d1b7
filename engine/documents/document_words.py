"""Words of the official document: dates, durations and the total time, in Bahasa Indonesia. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.diagram.model import QualityStandard
from engine.durations import Duration, TimeExpressionRefused, parse_duration
from engine.notifications.moments import written_date, written_moment

BLANK = "–"
_LONGEST_TITLE = 110
_CLOCK = ((3600, "jam"), (60, "menit"), (1, "detik"))


def date_words(text: str) -> str:
    """An ISO date as "6 Januari 2023"; anything else as it is written; a dash for nothing."""
    try:
        return written_date(date.fromisoformat(text))
    except ValueError:
        return text.strip() or BLANK


def duration_words(duration: Duration, kalender: str) -> str:
    """ "3 hari kerja 2 jam", "1 bulan 2 minggu", "0 menit"; days of `kalender` "kalender" are plain days."""
    day = "hari kerja" if kalender == "kerja" else "hari"
    parts = [
        f"{_number(amount)} {unit}"
        for amount, unit in (
            (Decimal(duration.years), "tahun"),
            (Decimal(duration.months), "bulan"),
            (duration.weeks, "minggu"),
            (duration.days, day),
        )
        if amount
    ]
    seconds = (duration.hours * 60 + duration.minutes) * 60 + duration.seconds
    for size, unit in _CLOCK:
        count, seconds = divmod(seconds, size) if size > 1 else (seconds, Decimal(0))
        if count:
            parts.append(f"{_number(count)} {unit}")
    return " ".join(parts) or "0 menit"


def total_words(standards: Iterable[tuple[str, QualityStandard | None]]) -> str:
    """The sum of the longest times of all activities, each once, and which have none.

    Args:
        standards: (what the row is called, its standard), in order.
    """
    sums = {"kerja": Duration(), "kalender": Duration()}
    summed, open_rows = 0, []
    for name, standard in standards:
        limit = _limit(standard)
        if limit is None or standard is None:
            open_rows.append(name)
            continue
        summed += 1
        sums[standard.kalender] = _plus(sums[standard.kalender], limit)
    if not summed:
        return "Tidak dapat dijumlahkan: tidak ada kegiatan yang menyebut batas waktu."
    parts = [duration_words(total, kind) for kind, total in sums.items() if not total.is_zero]
    words = " ditambah ".join(parts) or "0 menit"
    if open_rows:
        words += f", belum termasuk {len(open_rows)} kegiatan tanpa batas waktu tetap (No. {listed(open_rows)})"
    return words


def listed(names: Sequence[str]) -> str:
    """ "4, 5 dan 6"."""
    return " dan ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _limit(standard: QualityStandard | None) -> Duration | None:
    if standard is None or not standard.max or standard.kalender not in ("kerja", "kalender"):
        return None
    try:
        return parse_duration(standard.max)
    except TimeExpressionRefused:
        return None  # a rule refuses such a diagram at deployment; the document of a draft says "tanpa batas"


def _plus(one: Duration, other: Duration) -> Duration:
    return Duration(
        one.years + other.years,
        one.months + other.months,
        one.weeks + other.weeks,
        one.days + other.days,
        one.hours + other.hours,
        one.minutes + other.minutes,
        one.seconds + other.seconds,
    )


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}".replace(".", ",")


def foot_words(title: str, version: int, content_hash: str, generated_at: datetime, zone: str) -> str:
    """The line at the foot of each page: what this is, which version, and when it was printed."""
    edition = f"versi {version}" if version else "rancangan"
    printed = written_moment(generated_at, ZoneInfo(zone))
    short = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
    return f"{short} · {edition} · SHA-256 {content_hash[:16]} · dibuat {printed}"
