"""Bahasa Indonesia first, English by choice: texts stand in Indonesian in the pages, english.json translates them."""

import json
from functools import cache
from pathlib import Path
from typing import cast

from flask import session

LANGUAGES = ("id", "en")
_ENGLISH = Path(__file__).with_name("english.json")


def language() -> str:
    """The visitor's language, "id" unless English was chosen."""
    return "en" if session.get("lang") == "en" else "id"


@cache
def english() -> dict[str, str]:
    """Every text of the pages with its translation."""
    return cast(dict[str, str], json.loads(_ENGLISH.read_text(encoding="utf-8")))


def text(indonesian: str, **values: object) -> str:
    """A text in the visitor's language, with `{names}` filled in."""
    chosen = english().get(indonesian, indonesian) if language() == "en" else indonesian
    return chosen.format(**values) if values else chosen
