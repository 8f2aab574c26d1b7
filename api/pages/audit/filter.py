"""The filter of the auditor's desk: read from an address, and said in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from api.pages.language import language, text
from api.pages.words import STATUS_WORDS
from engine.data_conditions import parse_conditions
from engine.days import read_day
from engine.queries.remaining import DEFAULT_ZONE
from engine.queries.search import ACTED, ASKED, RequestFilter
from engine.report_words import MONTHS

NAMES = ("q", "sop", "status", "instansi", "orang", "sebagai", "jabatan", "dari", "sampai", "terlambat", "data")
_PARTS = {"pemohon": ASKED, "pelaku": ACTED}


def given(arguments: Mapping[str, str]) -> dict[str, str]:
    """The parts of the filter that an address fills in."""
    return {name: arguments[name].strip() for name in NAMES if arguments.get(name, "").strip()}


def read_filter(filled: Mapping[str, str]) -> RequestFilter:
    """What the parts ask for; dates are days in western Indonesian time, the last one included.

    Raises:
        InvalidInput: a date or a condition on data that cannot be read.
    """
    last = _day(filled.get("sampai"), "sampai")
    wanted = RequestFilter(
        q=filled.get("q"), person=filled.get("orang"), part=_PARTS.get(filled.get("sebagai", "")),
        post=filled.get("jabatan"), definition=filled.get("sop"), agency=filled.get("instansi"),
        status=filled.get("status"), since=_day(filled.get("dari"), "dari"), late="terlambat" in filled,
        data=parse_conditions(filled.get("data", "")),
    )  # fmt: skip
    return replace(wanted, until=last + timedelta(days=1) if last else None)


def _day(written: str | None, field: str) -> datetime | None:
    if written is None:
        return None
    return datetime.combine(read_day(written, field), time.min, ZoneInfo(DEFAULT_ZONE))


def meaning(filled: Mapping[str, str], sops: Mapping[str, str], agencies: Mapping[str, str]) -> list[str]:
    """What the filter asks for, one sentence part for each wish."""
    said = []
    for name, words in filled.items():
        if name == "status":
            said.append(text("berstatus {value}", value=text(STATUS_WORDS.get(words, words))))
        elif name == "sebagai":
            continue
        elif name == "orang":
            said.append(_person(words, filled.get("sebagai", "")))
        elif name in ("dari", "sampai"):
            said.append(_date(name, words))
        elif name == "sop":
            said.append(text("memakai SOP {value}", value=sops.get(words, words)))
        elif name == "instansi":
            said.append(text("dilayani {value}", value=agencies.get(words, words)))
        else:
            said.append(_other(name, words))
    return said


def _person(words: str, part: str) -> str:
    if part == "pemohon":
        return text("diajukan oleh {value}", value=words)
    if part == "pelaku":
        return text("pernah ditangani oleh {value}", value=words)
    return text("diajukan atau pernah ditangani oleh {value}", value=words)


def _date(name: str, words: str) -> str:
    day = _day(words, name)
    shown = f"{day.day} {MONTHS[language()][day.month - 1]} {day.year}" if day else ""
    if name == "dari":
        return text("dimulai sejak {value}", value=shown)
    return text("dimulai paling lambat {value}", value=shown)


def _other(name: str, words: str) -> str:
    if name == "q":
        return text("nomor atau nama SOP-nya memuat {value}", value=words)
    if name == "jabatan":
        return text("pernah ditangani dengan jabatan yang memuat {value}", value=words)
    if name == "data":
        return text("datanya sekarang {value}", value="; ".join(str(one) for one in parse_conditions(words)))
    return text("punya tugas yang melewati tenggatnya, selesai maupun belum")
