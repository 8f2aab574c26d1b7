"""Figures as people read them, in Bahasa Indonesia or English (pure). Shared by pages and documents."""

from collections.abc import Mapping
from datetime import date

DAY_MINUTES = 450  # an average office day: 7 h 30 min
MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_UNITS: Mapping[str, tuple[str, str, str]] = {"id": ("hari", "jam", "menit"), "en": ("d", "h", "min")}
DEVIATIONS = {
    "modified": "Diubah oleh administrator", "migrated": "Dipindahkan ke versi lain",
    "cancelled": "Permohonan dibatalkan", "suspended": "Permohonan ditahan",
    "unknown_flow": "Alur yang tidak ada pada diagram", "unknown_element": "Langkah yang tidak ada pada diagram",
    "wrong_target": "Alur ke langkah yang salah", "unfinished_source": "Alur dari langkah yang belum selesai",
    "unexpected_element": "Langkah tanpa pendahulunya", "left_over": "Langkah tertinggal saat berakhir",
    "unreadable": "Riwayat tidak dapat dibaca",
}  # fmt: skip


def percent(share: float | None, language: str = "id") -> str:
    """A share: "89,6%"; a dash where there was nothing to divide."""
    if share is None:
        return "–"
    return f"{decimal(share * 100, 1, language)}%"


def decimal(value: float | None, places: int = 2, language: str = "id") -> str:
    """A number with a decimal comma: "88,31"; a dash for none."""
    if value is None:
        return "–"
    shown = f"{value:.{places}f}"
    return shown if language == "en" else shown.replace(".", ",")


def number(value: int, language: str = "id") -> str:
    """A whole number with its thousands apart: "12.345"."""
    shown = f"{value:,}"
    return shown if language == "en" else shown.replace(",", ".")


def span(minutes: int | None, language: str = "id") -> str:
    """Working time in its two largest units, days of 7 h 30 min: "2 hari 3 jam"; a dash for none."""
    if minutes is None:
        return "–"
    days, rest = divmod(minutes, DAY_MINUTES)
    hours, left = divmod(rest, 60)
    counts = [(days, hours), (hours, left)][not days]
    units = _UNITS[language][:2] if days else _UNITS[language][1:]
    parts = [f"{count} {unit}" for count, unit in zip(counts, units, strict=True) if count]
    return " ".join(parts) or f"0 {_UNITS[language][2]}"


def day(on: date, language: str = "id") -> str:
    """A day: "5 Maret 2026"."""
    return f"{on.day} {MONTHS[language][on.month - 1]} {on.year}"


def month_name(key: str, language: str = "id") -> str:
    """A month given as "2026-03": "Maret 2026"."""
    year, _, month = key.partition("-")
    return f"{MONTHS[language][int(month) - 1]} {year}"
