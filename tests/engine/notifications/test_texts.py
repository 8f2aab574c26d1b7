"""The wording of notifications."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.notifications.moments import written_moment
from engine.notifications.texts import SMS_LENGTH, Kind, Notice, mail, sms

WIB = ZoneInfo("Asia/Jakarta")
KINDS: tuple[Kind, ...] = get_args(Kind)
DUE = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def notice(kind: Kind, **changes: object) -> Notice:
    values = {
        "kind": kind, "registration_number": "0012/KOMINFO/2026", "service": "PROSEDUR PEMBUATAN AKUN SPLP",
        "task": "Mengecek kelengkapan", "role": "Kabid Aptika", "due_at": DUE, "reason": "Surat belum ditandatangani",
        "url": "https://alur.example/t/1",
    } | changes  # fmt: skip
    return Notice(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_names_the_request_and_what_is_needed(kind: Kind) -> None:
    made = mail(notice(kind), WIB)
    assert "0012/KOMINFO/2026" in made.subject
    for part in ("PROSEDUR PEMBUATAN AKUN SPLP", "Senin, 9 Maret 2026 pukul 16.00 WIB", "https://alur.example/t/1"):
        assert part in made.text
        assert part in made.html
    assert "{" not in made.subject + made.text


def test_no_two_kinds_read_alike() -> None:
    assert len({mail(notice(kind), WIB).subject for kind in KINDS}) == len(KINDS)
    assert len({sms(notice(kind)) for kind in KINDS}) == len(KINDS)


def test_subjects() -> None:
    assert mail(notice("task_opened"), WIB).subject == "Tugas baru: Mengecek kelengkapan (0012/KOMINFO/2026)"
    assert mail(notice("request_needs_completion"), WIB).subject == "Permohonan 0012/KOMINFO/2026 perlu dilengkapi"


def test_a_task_for_one_person_is_addressed_to_that_person() -> None:
    assert "tugas baru untuk Anda." in mail(notice("task_opened", role=""), WIB).text
    assert "tugas baru untuk peran Kabid Aptika." in mail(notice("task_opened"), WIB).text


@pytest.mark.parametrize("kind", KINDS)
def test_confidential_services_are_never_named(kind: Kind) -> None:
    made = mail(notice(kind, confidential=True), WIB)
    for secret in ("SPLP", "Mengecek", "ditandatangani"):
        assert secret not in made.subject + made.text + made.html


@pytest.mark.parametrize("kind", KINDS)
def test_a_short_message_holds_the_number_and_nothing_personal(kind: Kind) -> None:
    made = sms(notice(kind))
    assert "0012/KOMINFO/2026" in made
    for secret in ("SPLP", "Mengecek", "Kabid", "ditandatangani", "Maret"):
        assert secret not in made
    assert made.endswith("https://alur.example/t/1")


def test_a_link_that_does_not_fit_is_left_out() -> None:
    assert sms(notice("request_approved", url="https://alur.example/" + "a" * 150)).endswith("disetujui.")


anything = st.text(max_size=300)


@given(st.sampled_from(KINDS), anything, anything)
def test_short_messages_are_always_one_plain_message(kind: Kind, number: str, url: str) -> None:
    made = sms(notice(kind, registration_number=number, url=url))
    assert len(made) <= SMS_LENGTH
    assert made.isascii()
    assert made.isprintable()


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [value or "" for name, value in attrs if name not in {"align", "lang", "charset"}]


@given(st.sampled_from(KINDS), anything, anything, anything)
def test_no_value_adds_markup_or_lines(kind: Kind, service: str, reason: str, number: str) -> None:
    clean, dirty = Tags(), Tags()
    clean.feed(mail(notice(kind, service="a", reason="b", registration_number="c"), WIB).html)
    hostile = mail(notice(kind, service=f"a{service}", reason=f"b{reason}", registration_number=f"c{number}"), WIB)
    dirty.feed(hostile.html)
    assert dirty.seen == clean.seen
    assert dirty.links == clean.links
    assert hostile.subject.isprintable()
    assert len(hostile.text.splitlines()) == len(mail(notice(kind), WIB).text.splitlines())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a.example/\r\nBcc: b", "", "//a"])
def test_only_web_links_become_links(url: str) -> None:
    made = mail(notice("task_opened", url=url), WIB)
    assert "href" not in made.html
    assert "Buka:" not in made.text


def test_a_link_cannot_leave_its_attribute() -> None:
    made = mail(notice("task_opened", url='https://a.example/"onclick="x'), WIB)
    assert 'https://a.example/&quot;onclick=&quot;x"' in made.html


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "Minggu, 1 Maret 2026 pukul 06.05 WIB"),
        ("Asia/Makassar", "Minggu, 1 Maret 2026 pukul 07.05 WITA"),
        ("Asia/Jayapura", "Minggu, 1 Maret 2026 pukul 08.05 WIT"),
        ("UTC", "Sabtu, 28 Februari 2026 pukul 23.05 UTC+0000"),
    ],
)
def test_moments(zone: str, written: str) -> None:
    assert written_moment(datetime(2026, 2, 28, 23, 5, tzinfo=UTC), ZoneInfo(zone)) == written


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written_moment(datetime(2026, 2, 28), WIB)  # noqa: DTZ001
