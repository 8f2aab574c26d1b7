"""FEEL values as FEEL text: what `string(value)` answers.

Owns the forms; the text of a value inside a list parses to that value again.
"""

import re
from decimal import Decimal
from typing import Any, Final

from engine.feel.budget import Account, Budget
from engine.feel.numbers import plain
from engine.feel.temporal import Date, DateTime, DayTime, Time, YearMonth
from engine.feel.temporal_text import text_of
from engine.feel.tokens import is_plain_name
from engine.feel.values import BuiltIn, Function, Range

_QUOTE: Final = re.compile(r'["\\\n\r\t]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TEMPORAL: Final = (Date, Time, DateTime, DayTime, YearMonth)


def quoted(text: str) -> str:
    """A string literal."""
    return '"' + _QUOTE.sub(lambda match: _ESCAPES[match.group()], text) + '"'


def text_of_value(value: Any, account: Account | None = None) -> str:
    """What `string(value)` answers.

    Raises:
        FeelBudgetError: the text would be longer than allowed.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, _TEMPORAL):
        return text_of(value)
    own = account or Account(Budget())
    text = _inside(value, own)
    own.check_size(len(text))
    return text


def _inside(value: Any, account: Account) -> str:
    account.charge(3)
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case str():
            account.charge(len(value) // 64)
            return quoted(value)
        case list():
            return f"[{', '.join(_inside(item, account) for item in value)}]"
        case dict():
            return f"{{{', '.join(f'{_key(key)}: {_inside(item, account)}' for key, item in value.items())}}}"
        case Range():
            return _range(value, account)
        case Function():
            return f"function({', '.join(value.params)})"
        case BuiltIn():
            return value.name
    return f'@"{text_of(value)}"' if isinstance(value, _TEMPORAL) else ""


def _key(key: str) -> str:
    return key if is_plain_name(key) else quoted(key)


def _range(value: Range, account: Account) -> str:
    if value.start is None:
        return f"({'<=' if value.end_included else '<'} {_inside(value.end, account)})"
    if value.end is None:
        return f"({'>=' if value.start_included else '>'} {_inside(value.start, account)})"
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{_inside(value.start, account)}..{_inside(value.end, account)}{closing}"
