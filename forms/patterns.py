"""Patterns written by analysts, run by RE2 only: linear time, bounded memory. The only home of google-re2.

form-js tests a pattern with JavaScript's `RegExp.test`, so a match anywhere in the text counts.
"""

from typing import Protocol

import re2

MAX_PATTERN_CHARACTERS = 1000
_MAX_MEMORY_BYTES = 1 << 20


class Pattern(Protocol):
    """A compiled pattern."""

    pattern: str

    def search(self, text: str) -> object | None: ...


class PatternRefused(ValueError):
    """The pattern is too long or uses what RE2 cannot do."""


def compile_pattern(text: str) -> Pattern:
    """Compiles an analyst's pattern.

    Raises:
        PatternRefused: over 1,000 characters, or not RE2 syntax (lookaround, back references, repeats over 1000).
    """
    if len(text) > MAX_PATTERN_CHARACTERS:
        raise PatternRefused(f"it is longer than {MAX_PATTERN_CHARACTERS} characters")
    options = re2.Options()
    options.max_mem = _MAX_MEMORY_BYTES
    options.log_errors = False
    try:
        compiled: Pattern = re2.compile(text, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise PatternRefused(f"RE2 says: {error}") from error
    return compiled
