"""Makes up texts: plain words of a wanted length, and texts that match a simple pattern.

Owns a small reader of patterns that only writes text; whether the text really matches is decided by RE2 afterwards.
What it does not understand (classes by property, flags) simply yields a text that RE2 then rejects.
"""

import string
from random import Random

_WORDS = ["data", "contoh", "demo", "alur", "layanan", "berkas", "surat", "permohonan", "dinas", "kegiatan"]
_CLASSES = {
    "d": string.digits,
    "w": string.ascii_letters + string.digits + "_",
    "s": " ",
    "D": string.ascii_letters,
    "W": "-./",
    "S": string.ascii_letters + string.digits,
}
_PRINTABLE = string.ascii_letters + string.digits + " -./"
_UNBOUNDED_EXTRA = 4
_MOST_ATOMS = 20_000
_MOST_NESTED = 50


def words(random: Random, least: int, most: int) -> str:
    """Plain words between `least` and `most` characters long."""
    wanted = min(most, max(least, random.randint(5, 40)))
    text = ""
    while len(text) < wanted:
        text += (" " if text else "") + random.choice(_WORDS)
    text = text[:wanted]
    return text[:-1] + "x" if text.endswith(" ") else text


def matching_text(pattern: str, random: Random) -> str:
    """A text that probably matches `pattern`; empty when the pattern is nested or repeated too much to write out."""
    try:
        return _Writer(pattern, random).alternatives()
    except _TooMuch:
        return ""


class _TooMuch(Exception):
    """The pattern would need more text or nesting than a sample is worth."""


class _Writer:
    """Walks through a pattern, writing as it goes; a repeated piece is walked through once for each repeat."""

    def __init__(self, pattern: str, random: Random) -> None:
        self.pattern = pattern
        self.random = random
        self.at = 0
        self.atoms = 0
        self.nested = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        self.at += 1
        return char

    def alternatives(self) -> str:
        choices = [self.sequence()]
        while self.peek() == "|":
            self.take()
            choices.append(self.sequence())
        return self.random.choice(choices)

    def sequence(self) -> str:
        text = ""
        while self.peek() and self.peek() not in "|)":
            start = self.at
            piece = self.atom()
            low, high = self.repeats()
            after = self.at
            times = self.random.randint(low, high)
            text += piece if times else ""
            for _ in range(times - 1):
                self.at = start
                text += self.atom()
            self.at = after
        return text

    def atom(self) -> str:
        self.atoms += 1
        if self.atoms > _MOST_ATOMS or self.nested > _MOST_NESTED:
            raise _TooMuch
        char = self.take()
        if char == "(":
            return self.group()
        if char == "[":
            return self.random.choice(self.char_class() or " ")
        if char == "\\":
            escaped = self.take()
            return "" if escaped in "bBAz" else self.random.choice(_CLASSES.get(escaped, escaped or " "))
        if char == ".":
            return self.random.choice(_PRINTABLE.strip())
        return "" if char in "^$" else char

    def group(self) -> str:
        if self.peek() == "?":
            while self.peek() and self.peek() not in ":>":
                self.take()
            self.take()
        self.nested += 1
        text = self.alternatives()
        self.nested -= 1
        self.take()
        return text

    def char_class(self) -> str:
        negated = self.peek() == "^"
        if negated:
            self.take()
        chars = ""
        first = True
        while self.peek() and (first or self.peek() != "]"):
            first = False
            chars += self.class_part()
        self.take()
        return "".join(c for c in _PRINTABLE if c not in chars) if negated else chars

    def class_part(self) -> str:
        char = self.take()
        if char == "\\":
            escaped = self.take()
            if escaped in _CLASSES:
                return _CLASSES[escaped]
            char = escaped
        if self.peek() == "-" and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
            self.take()
            last = self.take()
            return "".join(chr(code) for code in range(ord(char), min(ord(last), ord(char) + 200) + 1))
        return char

    def repeats(self) -> tuple[int, int]:
        char = self.peek()
        if char not in ("*", "+", "?", "{"):
            return 1, 1
        self.take()
        low, high = {"*": (0, _UNBOUNDED_EXTRA), "+": (1, _UNBOUNDED_EXTRA), "?": (0, 1)}.get(char) or self.counted()
        if self.peek() == "?":
            self.take()
        return low, high

    def counted(self) -> tuple[int, int]:
        body = ""
        while self.peek() and self.peek() != "}":
            body += self.take()
        self.take()
        low, comma, high = body.partition(",")
        if not low.isdecimal():
            return 1, 1
        least = int(low)
        if not comma:
            return least, least
        return least, int(high) if high.isdecimal() else least + _UNBOUNDED_EXTRA
