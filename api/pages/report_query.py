"""What the address of a report page asks for, as a filter; and the words that reports need in templates."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from markupsafe import Markup

from api.pages.blueprint import pages
from api.pages.language import language, text
from api.pages.moments import ZONE_NAMES
from api.pages.words import REQUEST_LIST_WORDS, TASK_LIST_WORDS
from engine import report_words
from engine.days import read_day
from engine.errors import InvalidInput
from engine.queries.report_filter import ReportFilter
from engine.report_words import DEVIATIONS, MONTHS

NAMES = ("dari", "sampai", "sop", "versi", "instansi", "jabatan", "kegiatan")
MOST_VERSION = 1_000_000


def asked_filter() -> ReportFilter:
    """The filter in the query of this request.

    Raises:
        InvalidInput: a day or a version that is none.
    """
    asked = request.args
    return ReportFilter(
        _day("dari"), _day("sampai"), asked.get("sop") or None, _version(), asked.get("instansi") or None,
        asked.get("jabatan") or None, asked.get("kegiatan") or None,
    )  # fmt: skip


def filter_values() -> dict[str, str]:
    """The filter as it stands in addresses: only what is set."""
    return {name: request.args[name] for name in NAMES if request.args.get(name)}


def _day(field: str) -> date | None:
    given = request.args.get(field)
    return read_day(given, field) if given else None


def _version() -> int | None:
    given = request.args.get("versi")
    if not given:
        return None
    if given.isascii() and given.isdigit() and 0 < int(given[:9]) < MOST_VERSION:
        return int(given[:9])
    raise InvalidInput("Expected the number of a version.", [
        {"field": "versi", "message": text("Pilih versi dari daftar.")}
    ])  # fmt: skip


@pages.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "task_list_words": TASK_LIST_WORDS, "request_list_words": REQUEST_LIST_WORDS, "deviation_words": DEVIATIONS,
        "when": when,
    }  # fmt: skip


def when(at: str | None, zone: str) -> Markup:
    """A `<time>` with a short moment as lists have room for, "5 Mar 2026 08.00 WIB"; a dash for none."""
    if at is None:
        return Markup("–")
    local = datetime.fromisoformat(at).astimezone(ZoneInfo(zone))
    month = MONTHS[language()][local.month - 1][:3]
    shown = f"{local.day} {month} {local.year} {local:%H.%M} {ZONE_NAMES.get(zone, zone)}"
    return Markup('<time datetime="{}">{}</time>').format(at, shown)


def _in_language(shown: Callable[..., str]) -> Callable[[Any], str]:
    return lambda value: shown(value, language=language())


for _shown in (report_words.percent, report_words.decimal, report_words.number, report_words.span, report_words.day,
               report_words.month_name):  # fmt: skip
    pages.add_app_template_filter(_in_language(_shown), _shown.__name__)


def level(item: dict[str, Any]) -> str:
    """How good an on-time share is, as a traffic light: calm, soon, late or none."""
    share = item["on_time_share"]
    if share is None:
        return "none"
    return "calm" if share >= 0.9 else "soon" if share >= 0.75 else "late"
