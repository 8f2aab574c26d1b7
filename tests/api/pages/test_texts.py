"""Every text of the pages has its English; moments as Indonesians write them; what a page may load."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.pages import assets, sop_words, words
from api.pages.language import english
from api.pages.menu import MENU
from api.pages.moments import full_date, full_moment, relative
from pages_support import Visitor

PAGES = Path(assets.__file__).parent
AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
FIRST_PAGE_BYTES = 100_000


def used_texts() -> set[str]:
    """Every text that a template or a view asks for."""
    found: set[str] = set()
    for path in sorted((PAGES / "templates").rglob("*.html")):
        body = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\bt\("([^"]+)"', body))
    for path in sorted(PAGES.rglob("*.py")):
        found |= set(re.findall(r'\btext\("([^"]+)"', path.read_text(encoding="utf-8")))
    found |= {entry.words for entry in MENU}
    stable = [*words.STATUS_WORDS.values(), *words.EVENT_WORDS.values(), *words.PROBLEM_WORDS.values()]
    stable += [one for group in sop_words.EVERY for one in group.values()]
    return found | set(stable) | {one for pair in [*words.REFUSALS.values(), words.OTHERWISE] for one in pair}


def test_every_text_has_its_english() -> None:
    missing = sorted(used_texts() - english().keys())
    assert not missing


def test_no_text_is_translated_twice() -> None:
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((PAGES / "english").glob("*.json"))]
    assert sum(map(len, files)) == len(english())


def test_no_translation_drops_a_value() -> None:
    for indonesian, translated in english().items():
        assert re.findall(r"\{\w+\}", indonesian) == re.findall(r"\{\w+\}", translated), indonesian


def test_english_by_choice(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    somebody.get("/bahasa/en")
    body = somebody.get("/").text
    assert '<html lang="en">' in body
    assert "Local government services" in body


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Jakarta", "Kamis, 5 Maret 2026 08.00 WIB"), ("Asia/Makassar", "Kamis, 5 Maret 2026 09.00 WITA"),
     ("Asia/Jayapura", "Kamis, 5 Maret 2026 10.00 WIT")],
)  # fmt: skip
def test_moments_in_the_agencys_zone(zone: str, expected: str) -> None:
    assert full_moment(AT, zone) == expected


def test_dates_as_people_write_them() -> None:
    assert [full_date("2026-03-05"), full_date("2026-03-05", "en"), full_date("sejak lama")] == [
        "5 Maret 2026", "5 March 2026", "sejak lama"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("away", "expected", "in_english"),
    [(timedelta(hours=3), "3 jam lagi", "in 3 hours"), (timedelta(days=-1), "1 hari yang lalu", "1 day ago"),
     (timedelta(0), "baru saja", "just now"), (timedelta(seconds=30), "sebentar lagi", "just now"),
     (timedelta(days=-800), "2 tahun yang lalu", "2 years ago")],
)  # fmt: skip
def test_relative_time(away: timedelta, expected: str, in_english: str) -> None:
    assert relative(AT + away, AT) == expected
    assert relative(AT + away, AT, "en") == in_english


def test_a_page_runs_no_inline_script_and_loads_nothing_from_elsewhere(visitor: Callable[[], Visitor]) -> None:
    answer = visitor().get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    for path in sorted((PAGES / "templates").rglob("*.html")):
        body = path.read_text(encoding="utf-8")
        assert not re.search(r"\son\w+=", body), path
        assert not re.search(r'(src|href|action)="(https?:)?//', body), path
        inline = [tag for tag in re.findall(r"<script[^>]*>", body) if "src=" not in tag]
        assert all('type="application/json"' in tag for tag in inline), path


def test_the_first_page_is_light(visitor: Callable[[], Visitor]) -> None:
    if not (assets.DIST / "page.js").is_file():
        pytest.skip("web/dist is not built (make web)")
    somebody = visitor()
    size = len(somebody.get("/").data)
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', somebody.body):
        answer = somebody.client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "immutable" in answer.headers["Cache-Control"]
        size += len(answer.data)
    assert size <= FIRST_PAGE_BYTES
