"""The words of the Waktu column (mutu baku) as durations: "14 s d 30 Hari", "± 4 Jam", "1 x 24 jam", "Menyesuaikan".

Owns the reading of words; the words themselves are kept. Never guesses: words without a quantity give no limit, and
`readable` tells open time ("-", "Berkala") from words that nobody could read. Computes no moments.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from engine.durations import Duration


@dataclass(frozen=True, slots=True)
class Waktu:
    """A time limit as the source words it.

    Attributes:
        words: the source, tags and surplus blanks removed.
        min, max: ISO 8601 durations; `max` None is open time: no deadline, no timer.
        kalender: "kerja" or "kalender".
        readable: False if the words are neither a time nor a known way of saying that there is no fixed one.
    """

    words: str
    min: str | None = None
    max: str | None = None
    kalender: str = "kerja"
    readable: bool = True


_UNITS = {
    "seconds": r"detik|dtk",
    "minutes": r"menit|mnt|manit|mnit|min",
    "hours": r"jam",
    "days": r"hari|hr|hk",
    "weeks": r"minggu|mgg|pekan",
    "months": r"bulan|bln",
    "years": r"(?:tahun|thn)(?!\s*\d{4})",  # "Tahun 2024" names a year
}
_UNIT = "|".join(f"(?P<{name}>(?:{words})(?![a-z]))" for name, words in _UNITS.items())
_NUMBER = re.compile(r"(?P<number>\d{1,4}(?:[.,]\d{1,2})?)(?!\d)(?:\s*(?:x|×|kali)\s*(?P<each>24)(?=\s*jam))?\s*")
_UNIT_AFTER = re.compile(rf"(?:{_UNIT})\s*")
_RANGE = re.compile(
    r"(?:-|–|—|~|s\s*[./]?\s*d\s*\.?(?=[\s\d])|/d(?=\s)|sd(?=[\s\d])|sampai(?:\s+dengan)?|hingga)\s*", re.ASCII
)
_AT_LEAST = re.compile(r"(?:minimal|min\.|paling (?:sedikit|cepat|singkat)|sekurang-kurangnya|lebih dari|>|≥)\s*$")
_OPEN = re.compile(
    r"menyesuaikan|disesuaikan|sesuai|tentati[fv]|tidak ditetapkan|tergantung|berkala|kondisional|insidentil|selesai|"
    r"setiap|rutin|real ?time|24/7|fleksibel|selama|pada jam kerja|bulanan|tahunan|harian|mingguan|piket|dapat melapor"
)
_AVAILABILITY = re.compile(r"(?:piket|melapor|layanan|siaga|buka)\s*24 jam")
_SAME_DAY = re.compile(r"hari(?: kerja)? (?:yang sama|itu juga)")
_NUMERALS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_WORDS_FOR_NUMBERS = {word: str(number) for number, word in enumerate(_NUMERALS, start=1)}
_WORDS_FOR_NUMBERS |= {"setengah": "0,5", "½": "0,5", "1/2": "0,5"}


@dataclass(frozen=True, slots=True)
class _Quantity:
    number: Decimal
    unit: str | None  # None: a bare number, which takes the unit of the end of its range
    around_the_clock: bool  # "1 x 24 jam", "24 jam"


def parse_waktu(words: str) -> Waktu:
    """Reads the words of one cell.

    "hari" (with or without "kerja"), "jam" and "menit" of an office are working time; whole 24 hours, weeks, months,
    years and "hari kalender" are by the calendar. A single time or "maksimal", "±", "≤" gives `max`; a range both;
    "minimal" and "1 jam - selesai" only `min`; "dalam hari kerja yang sama" is read as one working day.
    """
    shown = " ".join(re.sub(r"<[^>]*>", " ", words).split())
    text = _normalise(shown)
    if _SAME_DAY.search(text):
        return Waktu(shown, max="P1D")
    if _AVAILABILITY.search(text):
        return Waktu(shown, kalender="kalender")
    before, spans, rest = _first_quantity(text)
    if not spans:
        return Waktu(shown, readable=text in ("", "-", "–", "—") or bool(_OPEN.search(text)))
    kalender = _kalender(spans, rest)
    limits = [_duration(span) for span in spans]
    if len(limits) == 2:
        return Waktu(shown, limits[0], limits[1], kalender)
    if _AT_LEAST.search(before) or _is_open_ended(rest):
        return Waktu(shown, limits[0], None, kalender)
    return Waktu(shown, None, limits[0], kalender)


def _normalise(shown: str) -> str:
    text = re.sub(r"\([^)]*\)", " ", shown.lower())  # "3 (tiga) hari"
    text = re.sub(r"½|(?<!\d)1/2(?!\d)|[a-z]+", lambda match: _WORDS_FOR_NUMBERS.get(match[0], match[0]), text)
    return " ".join(text.split())


def _first_quantity(text: str) -> tuple[str, list[list[_Quantity]], str]:
    """The first time or range in the text, with what stands before and behind it."""
    for digit in re.finditer(r"(?<!\d)(?<!\d[.,])\d", text):
        spans, rest = _read_spans(text, digit.start())
        if spans and all(quantity.number for span in spans for quantity in span):
            return text[: digit.start()], spans, rest
    return text, [], ""


def _read_spans(text: str, position: int) -> tuple[list[list[_Quantity]], str]:
    """One or two spans (each a sum such as "6 hari 2 jam") from `position` on, and the text behind them."""
    spans: list[list[_Quantity]] = []
    end = position
    while len(spans) < 2:
        span, after = _read_span(text, position)
        if not span:
            break
        spans.append(span)
        end = after
        connector = _RANGE.match(text, after)
        if connector is None:
            break
        position = connector.end()
    if spans and spans[0][-1].unit is None:
        unit = spans[-1][-1].unit
        if unit is None:
            return [], text
        spans[0] = [_Quantity(spans[0][-1].number, unit, spans[0][-1].around_the_clock)]
    if len(spans) == 2 and spans[1][-1].unit is None:
        return [], text
    return spans, text[end:]


def _read_span(text: str, position: int) -> tuple[list[_Quantity], int]:
    span: list[_Quantity] = []
    while number := _NUMBER.match(text, position):
        unit = _UNIT_AFTER.match(text, number.end())
        name = unit.lastgroup if unit else None
        if name is None and span:
            break
        count = Decimal(number["number"].replace(",", "."))
        hours = count * int(number["each"]) if number["each"] else count
        whole_days = bool(number["each"]) or (name == "hours" and count > 0 and count % 24 == 0)
        span.append(_Quantity(hours, name, whole_days))
        position = unit.end() if unit else number.end()
        if name is None:
            break
    return span, position


def _kalender(spans: list[list[_Quantity]], rest: str) -> str:
    if rest.startswith("kalender"):
        return "kalender"
    if rest.startswith("kerja"):
        return "kerja"
    quantities = [quantity for span in spans for quantity in span]
    by_calendar = all(
        quantity.around_the_clock or quantity.unit in ("weeks", "months", "years") for quantity in quantities
    )
    return "kalender" if by_calendar else "kerja"


def _is_open_ended(rest: str) -> bool:
    connector = _RANGE.match(rest)
    return bool(connector and _OPEN.search(rest, connector.end()))


def _duration(span: list[_Quantity]) -> str:
    total: dict[str, Decimal] = {}
    for quantity in span:
        number, unit = quantity.number, quantity.unit or ""
        if number % 1 and unit in ("years", "months", "hours", "minutes"):
            smaller, factor = _SMALLER[unit]
            total[unit] = total.get(unit, Decimal(0)) + int(number)
            number, unit = number % 1 * factor, smaller
        total[unit] = total.get(unit, Decimal(0)) + number
    years, months = (int(total.pop(unit, Decimal(0))) for unit in ("years", "months"))
    return str(Duration(years, months, **total))


_SMALLER = {"years": ("months", 12), "months": ("days", 30), "hours": ("minutes", 60), "minutes": ("seconds", 60)}
