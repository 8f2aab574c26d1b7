"""Places where long words may break, so that no cell overflows. Pure."""

import re

ZERO_WIDTH_SPACE = "\u200b"
_AFTER = re.compile(r"(?<=[/.,;:_?&=@)-])(?=\w)")


def soft(text: str, longest: int = 22) -> str:
    """Invisible breaks in words longer than `longest`: after punctuation, else every `longest` letters."""
    return re.sub(rf"\S{{{longest + 1},}}", lambda match: _broken(match[0], longest), text)


def halves(text: str) -> tuple[str, str]:
    """The text in two, at the blank nearest to its middle; without a blank, at its middle."""
    blanks = [match.start() for match in re.finditer(r"\s", text.strip())]
    text = text.strip()
    place = min(blanks, key=lambda blank: abs(blank - len(text) // 2), default=len(text) // 2)
    return text[:place].strip(), text[place:].strip()


def _broken(word: str, longest: int) -> str:
    parts = [
        part[start : start + longest] for part in _AFTER.split(word) for start in range(0, max(len(part), 1), longest)
    ]
    return ZERO_WIDTH_SPACE.join(parts)
