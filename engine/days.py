"""Days and moments that people ask for: inside the years in which calendars, zones and databases can count. Pure."""

from datetime import date

from engine.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 1900, 9000
OUTSIDE = f"Tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}."


def countable(day: date) -> bool:
    """Whether a day (or moment) leaves room for days and months before and after it."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read_day(text: str, field: str) -> date:
    """The day that was written into `field`.

    Raises:
        InvalidInput: no day as YYYY-MM-DD, or one of a year outside `FIRST_YEAR` to `LAST_YEAR`.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(field, text, "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2026-03-05.") from error
    if not countable(day):
        raise _wrong(field, text, OUTSIDE)
    return day


def _wrong(field: str, text: str, words: str) -> InvalidInput:
    expected = f"a day as YYYY-MM-DD between the years {FIRST_YEAR} and {LAST_YEAR}"
    message = f"Expected {field} to be {expected}, but got {text[:40]!r}."
    return InvalidInput(message, [{"field": field, "message": words}])
