"""The syntax of XPath regular expressions, rewritten for RE2.

Owns the differences: `.` and line ends, Unicode meanings of `\\d \\w \\s \\i \\c`, blocks (`\\p{IsBasicLatin}`), class
subtraction (`[A-Z-[OI]]`), the `x` flag, and what XPath forbids.
"""

import re
from typing import Final

_CLASSES: Final = {
    "d": r"\p{Nd}",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "s": r" \t\n\r",
    "i": r"\p{L}_:",
    "c": r"\p{L}\p{M}\p{N}_:.\-\x{B7}",
}
_NEGATED: Final = {"D": "d", "S": "s", "I": "i", "C": "c"}
_IN_CLASS: Final = {"D": r"\P{Nd}", "S": r"\S"}
_LITERAL_ESCAPES: Final = frozenset("nrt\\|.-^?*+{}()[]$")
_MAX_CODE: Final = 0x10FFFF
_BLOCKS: Final = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "Balinese": (0x1B00, 0x1B7F),
    "Sundanese": (0x1B80, 0x1BBF),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3),
    "Javanese": (0xA980, 0xA9DF),
}
_CATEGORY: Final = re.compile(r"\{([A-Za-z0-9-]{1,40})\}")


class PatternRefused(ValueError):
    """The pattern is no XPath regular expression, or one that needs back-references."""


def translate(pattern: str, flags: str) -> str:
    """The pattern in RE2's syntax.

    Raises:
        PatternRefused: not XPath, or not runnable in linear time.
    """
    if not set(flags) <= set("smix"):
        raise PatternRefused(flags)
    if "x" in flags:
        pattern = _without_space(pattern)
    wanted = "".join(flag for flag in "smi" if flag in flags)
    return (f"(?{wanted})" if wanted else "") + _Translator(pattern, dot_all="s" in flags).run()


def _without_space(pattern: str) -> str:
    kept = []
    depth = 0
    for at, char in enumerate(pattern):
        escaped = pattern[:at].endswith("\\")
        if char in " \t\n\r" and depth == 0:
            continue
        depth += (char == "[") - (char == "]") if not escaped else 0
        kept.append(char)
    return "".join(kept)


class _Translator:
    """Walks one pattern from left to right."""

    def __init__(self, pattern: str, *, dot_all: bool) -> None:
        self._pattern = pattern
        self._dot = "." if dot_all else r"[^\n\r]"
        self._at = 0

    def run(self) -> str:
        """The whole pattern."""
        parts = []
        while self._at < len(self._pattern):
            char = self._pattern[self._at]
            self._at += 1
            parts.append(self._one(char))
        return "".join(parts)

    def _one(self, char: str) -> str:
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._class()
        if char == "]":
            raise PatternRefused(self._pattern)
        if char == "(" and self._pattern.startswith("?", self._at) and not self._pattern.startswith("?:", self._at):
            raise PatternRefused(self._pattern)
        return self._dot if char == "." else char

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise PatternRefused(self._pattern)
        self._at += 1
        return self._pattern[self._at - 1]

    def _escape(self) -> str:
        char = self._next()
        if char in _CLASSES:
            return f"[{_CLASSES[char]}]"
        if char in _NEGATED:
            return f"[^{_CLASSES[_NEGATED[char]]}]"
        if char in "pP":
            return self._category(char, in_class=False)
        if char not in _LITERAL_ESCAPES:
            raise PatternRefused(self._pattern)
        return f"\\{char}"

    def _category(self, letter: str, *, in_class: bool) -> str:
        match = _CATEGORY.match(self._pattern, self._at)
        if match is None:
            raise PatternRefused(self._pattern)
        self._at = match.end()
        name = match[1]
        if not name.startswith("Is"):
            return f"\\{letter}{{{name}}}"
        if name[2:] not in _BLOCKS:
            raise PatternRefused(self._pattern)
        ranges = [_BLOCKS[name[2:]]]
        text = _ranges_text(_complement(ranges) if letter == "P" else ranges)
        return text if in_class else f"[{text}]"

    def _class(self) -> str:
        negated = self._pattern.startswith("^", self._at)
        self._at += negated
        items: list[str] = []
        while True:
            char = self._next()
            if char == "]" and items:
                break
            if char == "-" and self._pattern.startswith("[", self._at):
                self._at += 1
                return self._subtraction(items, negated)
            if char in "[]":
                raise PatternRefused(self._pattern)
            items.append(self._class_escape() if char == "\\" else _quoted(char))
        return f"[{'^' if negated else ''}{''.join(items)}]"

    def _class_escape(self) -> str:
        char = self._next()
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _IN_CLASS:
            return _IN_CLASS[char]
        if char in "pP":
            return self._category(char, in_class=True)
        if char not in _LITERAL_ESCAPES:
            raise PatternRefused(self._pattern)
        return f"\\{char}"

    def _subtraction(self, items: list[str], negated: bool) -> str:
        taken = self._class()
        if self._next() != "]":
            raise PatternRefused(self._pattern)
        kept = _ranges("".join(items))
        kept = _complement(kept) if negated else kept
        inner = _ranges(taken[2:-1] if taken.startswith("[^") else taken[1:-1])
        inner = _complement(inner) if taken.startswith("[^") else inner
        left = _complement(sorted(_complement(kept) + inner))
        if not left:
            raise PatternRefused(self._pattern)
        return f"[{_ranges_text(left)}]"


def _quoted(char: str) -> str:
    return f"\\{char}" if char in "^&~" else char


_SIMPLE: Final = re.compile(r"\\x\{([0-9A-F]+)\}|\\([nrt])|\\([^pPxdwsDWSicIC])|([^\\])", re.DOTALL)
_CONTROL: Final = {"n": "\n", "r": "\r", "t": "\t"}


def _ranges(items: str) -> list[tuple[int, int]]:
    """The code points of a class of characters and ranges; categories cannot be subtracted."""
    codes: list[tuple[int, bool]] = []
    at = 0
    while at < len(items):
        match = _SIMPLE.match(items, at)
        if match is None:
            raise PatternRefused(items)
        at = match.end()
        if match[1]:
            codes.append((int(match[1], 16), True))
        else:
            codes.append((ord(_CONTROL.get(match[2] or "", match[2] or match[3] or match[4])), match[4] != "-"))
    ranges = []
    while codes:
        (first, _), *codes = codes
        if len(codes) > 1 and codes[0] == (ord("-"), False):
            ranges.append((first, codes[1][0]))
            codes = codes[2:]
        else:
            ranges.append((first, first))
    return sorted(ranges)


def _complement(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    gaps = []
    at = 0
    for first, last in sorted(ranges):
        if first > at:
            gaps.append((at, first - 1))
        at = max(at, last + 1)
    return [*gaps, (at, _MAX_CODE)] if at <= _MAX_CODE else gaps


def _ranges_text(ranges: list[tuple[int, int]]) -> str:
    return "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in ranges)
