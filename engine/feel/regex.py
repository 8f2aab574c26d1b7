"""XPath regular expressions, run by RE2 in time linear in the text.

Owns the translation and the three uses (matches, replace, split). A pattern that XPath does not know gives null, and so
do back-references, which no linear engine can run.
"""

import re
from functools import lru_cache
from typing import Any, Final

from engine.feel.budget import Account

_MAX_PATTERN: Final = 1_000
_MEMORY: Final = 2_000_000
_HALF_PAIR: Final = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> Any:
    """The compiled pattern, or None when it is not valid."""
    import re2  # late: it costs 10 ms with its translation, and most expressions have no pattern

    from engine.feel.regex_syntax import PatternRefused, translate

    if len(pattern) > _MAX_PATTERN:
        return None
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return re2.compile(translate(pattern, flags), options)
    except (PatternRefused, re2.error):
        return None


def _find(text: str, pattern: str, flags: str, account: Account) -> Any:
    account.charge(20 + len(pattern) + len(text) // 16)
    return _compiled(_utf8(pattern), "".join(sorted(set(flags))))


def _utf8(text: str) -> str:
    """The text as RE2 can hold it: half of a surrogate pair, which is no character, becomes U+FFFD."""
    return text if text.isascii() else _HALF_PAIR.sub("\ufffd", text)


def matches(text: str, pattern: str, flags: str, account: Account) -> bool | None:
    """Whether some part of the text matches."""
    compiled = _find(text, pattern, flags, account)
    return None if compiled is None else compiled.search(_utf8(text)) is not None


def replace(text: str, pattern: str, replacement: str, flags: str, account: Account) -> str | None:
    """The text with every match replaced; null when the pattern matches the empty string, as XPath says."""
    compiled = _find(text, pattern, flags, account)
    if compiled is None or compiled.search("") is not None:
        return None
    parts = _replacement(replacement, compiled.groups)
    if parts is None:
        return None
    text = _utf8(text)
    made: list[str] = []
    at = size = 0
    for match in compiled.finditer(text):
        account.charge(1 + len(parts))
        new = [part if isinstance(part, str) else (match.group(part) or "") for part in parts]
        made += [text[at : match.start()], *new]
        size += sum(map(len, new))
        account.check_size(size + match.start())
        at = match.end()
    return "".join([*made, text[at:]])


_PIECE: Final = re.compile(r"[^\\$]+|\\([\\$])|\$([0-9]+)")


def _replacement(text: str, groups: int) -> list[str | int] | None:
    """Literal parts and group numbers; None for a `$` or `\\` that XPath does not allow."""
    parts: list[str | int] = []
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match[2] is None:
            parts.append(match[1] or match[0])
            continue
        number, rest = _group(match[2], groups)
        parts += [number, rest] if number <= groups else [rest]
    return parts


def _group(digits: str, groups: int) -> tuple[int, str]:
    """The longest group number that exists, and the digits that are text again."""
    length = len(digits)
    while length > 1 and (length > 4 or int(digits[:length]) > groups):
        length -= 1
    return int(digits[:length]), digits[length:]


def split(text: str, delimiter: str, account: Account) -> list[str] | None:
    """The parts between the matches; null when the delimiter matches the empty string."""
    compiled = _find(text, delimiter, "", account)
    if compiled is None or compiled.search("") is not None:
        return None
    text = _utf8(text)
    parts = []
    at = 0
    for match in compiled.finditer(text):
        account.charge(1)
        parts.append(text[at : match.start()])
        at = match.end()
    return [*parts, text[at:]]
