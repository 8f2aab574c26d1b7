"""Expressions of other languages: what a text is that is no FEEL, and its FEEL equivalent when that is simple.

Owns the recognition of JUEL (`${…}`), JavaScript, Groovy and Python operators. It only suggests; nothing written in
another language is ever run.
"""

import re
from collections.abc import Callable
from typing import Final

from engine import feel

_WRAPPED = re.compile(r"^[$#]\{(.*)\}$", re.DOTALL)
_STRING = re.compile(r"'([^'\\]*)'|\"(?:[^\"\\]|\\.)*\"")
_REPLACEMENTS: Final = (
    (re.compile(r"===?"), "="),
    (re.compile(r"!=="), "!="),
    (re.compile(r"\s*&&\s*"), " and "),
    (re.compile(r"\s*\|\|\s*"), " or "),
    (re.compile(r"\s+eq\s+"), " = "),
    (re.compile(r"\s+ne\s+"), " != "),
    (re.compile(r"\s+gt\s+"), " > "),
    (re.compile(r"\s+ge\s+"), " >= "),
    (re.compile(r"\s+lt\s+"), " < "),
    (re.compile(r"\s+le\s+"), " <= "),
    (re.compile(r"\bTrue\b"), "true"),
    (re.compile(r"\bFalse\b"), "false"),
    (re.compile(r"\b(?:None|nil|undefined)\b"), "null"),
    (re.compile(r"(?:!|\bnot\s+|\bempty\s+)(?!=)\s*([A-Za-z_][\w.]*)"), r"not(\1)"),
    (re.compile(r"\.equals\(([^()]*)\)"), r" = \1"),
    (re.compile(r";\s*$"), ""),
)


def is_foreign(text: str) -> bool:
    """Whether a text is wrapped as JUEL or Freemarker write expressions: `${…}`, `#{…}`, `<#if …>`."""
    return "${" in text or "#{" in text or text.startswith("<#")


def feel_equivalent(text: str, parse: Callable[[str], object] = feel.parse) -> str | None:
    """The FEEL that says the same, for a short text of another language; None when that is not certain to be FEEL.

    Args:
        text: the expression as written.
        parse: what must accept the result, `feel.parse` or `feel.parse_script`.
    """
    wrapped = _WRAPPED.match(text.strip())
    inner = (wrapped.group(1) if wrapped else text).strip()
    if is_foreign(inner) or len(inner) > 300:
        return None
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        strings.append(f'"{match.group(1)}"' if match.group(1) is not None else match.group())
        return f"\x00{len(strings) - 1}\x00"

    inner = _STRING.sub(keep, inner)
    for pattern, replacement in _REPLACEMENTS:
        inner = pattern.sub(replacement, inner)
    inner = re.sub(r"\x00(\d+)\x00", lambda match: strings[int(match.group(1))], inner).strip()
    if inner == text.strip():
        return None
    try:
        parse(inner)
    except feel.FeelError:
        return None
    return inner
