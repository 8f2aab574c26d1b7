"""Bahasa Indonesia first, English by choice: texts stand in Indonesian in the pages, english/*.json translate them."""

import json
from functools import cache
from pathlib import Path

from flask import session

LANGUAGES = ("id", "en")
_ENGLISH = Path(__file__).with_name("english")


def language() -> str:
    """The visitor's language, "id" unless English was chosen."""
    return "en" if session.get("lang") == "en" else "id"


@cache
def english() -> dict[str, str]:
    """Every text of the pages with its translation; one file for each group of pages."""
    every: dict[str, str] = {}
    for path in sorted(_ENGLISH.glob("*.json")):
        every |= json.loads(path.read_text(encoding="utf-8"))
    return every


def text(indonesian: str, **values: object) -> str:
    """A text in the visitor's language, with `{names}` filled in."""
    chosen = english().get(indonesian, indonesian) if language() == "en" else indonesian
    return chosen.format(**values) if values else chosen
