"""Built-in functions on strings. Positions count characters (code points) from 1, or from the end when negative.

Owns their edge cases; the regular expressions are `engine.feel.regex`.
"""

from decimal import Decimal
from typing import Any

from engine.feel import regex
from engine.feel.code import Frame, whole
from engine.feel.functions.registry import built_in


@built_in("substring(string: string, start position: number, [length: number])", "string")
def _substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    place = whole(start)
    if place is None or place == 0 or abs(place) > len(string):
        return None
    first = place - 1 if place > 0 else len(string) + place
    if length is None:
        return string[first:]
    size = whole(length)
    return None if size is None or size < 1 else string[first : first + size]


@built_in("string length(string: string)", "number")
def _string_length(string: str) -> Decimal:
    return Decimal(len(string))


@built_in("upper case(string: string)", "string")
def _upper_case(string: str) -> str:
    return string.upper()


@built_in("lower case(string: string)", "string")
def _lower_case(string: str) -> str:
    return string.lower()


@built_in("substring before(string: string, match: string)", "string")
def _substring_before(string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@built_in("substring after(string: string, match: string)", "string")
def _substring_after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@built_in("contains(string: string, match: string)", "boolean")
def _contains(string: str, match: str) -> bool:
    return match in string


@built_in("starts with(string: string, match: string)", "boolean")
def _starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@built_in("ends with(string: string, match: string)", "boolean")
def _ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@built_in("matches(input: string, pattern: string, [flags: string?])", "boolean", frame=True)
def _matches(frame: Frame, text: str, pattern: str, flags: str | None = None) -> bool | None:
    return regex.matches(text, pattern, flags or "", frame.account)


@built_in("replace(input: string, pattern: string, replacement: string, [flags: string?])", "string", frame=True)
def _replace(frame: Frame, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    return regex.replace(text, pattern, replacement, flags or "", frame.account)


@built_in("split(string: string, delimiter: string)", "list", frame=True)
def _split(frame: Frame, string: str, delimiter: str) -> list[str] | None:
    return regex.split(string, delimiter, frame.account)


@built_in("string join(list: list, [delimiter: string?])", "string", frame=True)
def _string_join(frame: Frame, items: list[Any], delimiter: str | None = None) -> str | None:
    parts = [item for item in items if item is not None]
    if not all(isinstance(part, str) for part in parts):
        return None
    frame.account.check_size(sum(map(len, parts)) + len(parts) * len(delimiter or ""))
    return (delimiter or "").join(parts)
