"""FEEL text to tokens: numbers, strings, operators, keywords and names with spaces.

Owns the lexical grammar. Two words in a row are always one name in FEEL (`nama pemohon`); names that hold a keyword or
an operator (`tanggal dan jam-lembur`, `date and time`) are recognised when they are known. Must not build a tree.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from engine.feel.budget import Budget
from engine.feel.errors import FeelBudgetError, FeelSyntaxError


class Token(NamedTuple):
    """One token; `text` is a name with single spaces, a decoded string, or the symbol itself."""

    kind: str
    text: str
    start: int
    end: int


KEYWORDS: Final = frozenset(
    {"and", "or", "between", "in", "instance", "null", "true", "false", "function"}
    | {"if", "then", "else", "for", "return", "some", "every", "satisfies"}
)
# Written as what a name may not hold: the standard's long list of letters takes 40 ms to compile.
_NO_NAME = r"\x00-&(-/:-@\[-\^`{-\xb6\xb8-\xbf\xd7\xf7\u2000-\u200b\u2010-\u203e\u2041-\u206f\u3000\ud800-\udfff\s"
_START = rf"^{_NO_NAME}'0-9\xb7\u180e\ufeff"
_PART = rf"^{_NO_NAME}"
_SPACE = r"[\s\u00a0\u180e\u200b\ufeff]"
_TOKEN: Final = re.compile(
    rf"""(?P<space>{_SPACE}+|//[^\r\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<word>[{_START}][{_PART}]*)
    |(?P<op>->|\.\.|\*\*|<=|>=|!=|[-+*/<>=()\[\]{{}},.:?@])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r'\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt"\'\\]))')
_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_ESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t"}
_KEY: Final = re.compile(rf"[{{,(]{_SPACE}*([{_START}][^\"{{}}\[\](),:<>=]{{0,60}}?){_SPACE}*:")
_PLAIN: Final = re.compile(rf"[{_START}][{_PART}]*(?: (?:[{_START}][{_PART}]*|[0-9]+))*")
WORD: Final = re.compile(rf"[{_START}][{_PART}]*")
_BUILT_IN_NAMES: Final = ("date and time", "years and months duration", "days and time duration")


def is_plain_name(name: str) -> bool:
    """Whether a name needs no help to be read: words without operators and keywords."""
    return _PLAIN.fullmatch(name) is not None and KEYWORDS.isdisjoint(name.split(" "))


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def check_length(text: str, limits: Budget) -> None:
    """Refuses a text that is too long to be read.

    Raises:
        FeelBudgetError: the text is too long.
    """
    if len(text) > limits.text:
        raise FeelBudgetError(
            "text",
            f"Teks FEEL panjangnya {len(text)} karakter; paling panjang {limits.text}.",
            f"Expected at most {limits.text} characters of FEEL, but got {len(text)}.",
        )


def tokenize(text: str, names: Iterable[str] = (), budget: Budget | None = None) -> list[Token]:
    """The tokens of `text`, ended by one of kind `end`.

    Args:
        text: FEEL.
        names: variables whose names hold keywords or operators; others need not be listed.
        budget: how long the text may be.

    Raises:
        FeelSyntaxError: a character or an open string that FEEL does not know.
        FeelBudgetError: the text is too long.
    """
    limits = budget or Budget()
    check_length(text, limits)
    special = special_names(text, names)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token, at = _next(text, at, special)
        if token is not None:
            _add(tokens, token)
            if len(tokens) > limits.tokens:
                raise FeelBudgetError(
                    "tokens",
                    f"Ekspresi FEEL terdiri atas lebih dari {limits.tokens} bagian.",
                    f"Expected at most {limits.tokens} tokens of FEEL, but there are more.",
                    *position(text, token.start),
                )
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens


def special_names(text: str, names: Iterable[str]) -> re.Pattern[str]:
    """What matches names that hold operators or keywords: the given ones, and the keys of contexts in the text."""
    return _special_names(frozenset([*names, *_keys_of(text)]))


def is_readable_key(name: str) -> bool:
    """Whether a key of a context is read as one name when it stands without quotes."""
    match = _KEY.fullmatch(f"{{{name}:")
    return match is not None and match[1] == " ".join(name.split())


def _next(text: str, at: int, special: re.Pattern[str]) -> tuple[Token | None, int]:
    match = _TOKEN.match(text, at)
    if match is None:
        line, column = position(text, at)
        if text[at] == '"':
            raise FeelSyntaxError(('"',), "the end of the text", line, column)
        raise FeelSyntaxError(("a character of FEEL",), repr(text[at]), line, column)
    end = match.end()
    match match.lastgroup:
        case "space":
            return None, end
        case "word":
            known = special.match(text, at)
            if known is not None and known.end() >= end:
                return Token("special", " ".join(known.group().split()), at, known.end()), known.end()
            word = match.group()
            return Token("keyword" if word in KEYWORDS else "name", word, at, end), end
        case "string":
            return Token("string", unescape(match.group()[1:-1]), at, end), end
        case kind:
            return Token(str(kind), match.group(), at, end), end


def _add(tokens: list[Token], token: Token) -> None:
    last = tokens[-1] if tokens else None
    if last is None:
        pass
    elif last.kind == "keyword" and last.text == "instance" and token.text.split(" ")[0] == "of":
        if token.kind == "name":
            tokens.append(Token("keyword", "of", token.start, token.end))
            return
    elif last.kind == "name" and (token.kind == "name" or (token.kind == "number" and token.text.isdigit())):
        tokens[-1] = Token("name", f"{last.text} {token.text}", last.start, token.end)
        return
    tokens.append(token)


def unescape(text: str) -> str:
    """The characters a string literal stands for.

    An unknown escape such as `\\d` keeps its backslash; half of a surrogate pair, which is no character, is U+FFFD.
    """
    if "\\" not in text:
        return text
    return _SURROGATES.sub(_join_pair, _ESCAPE.sub(_unescape_one, text))


def _join_pair(pair: re.Match[str]) -> str:
    return pair.group().encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape_one(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else match.group()
    return _ESCAPED.get(match[3], match[3])


def _keys_of(text: str) -> list[str]:
    """Keys of contexts written in the text that need help: `{jam-lembur: 2}`."""
    if ":" not in text:
        return []
    keys = (" ".join(match[1].split()) for match in _KEY.finditer(text))
    return [key for key in keys if not is_plain_name(key)]


@lru_cache(maxsize=512)
def _special_names(names: frozenset[str]) -> re.Pattern[str]:
    wanted = sorted({*names, *_BUILT_IN_NAMES}, key=lambda name: (-len(name), name))
    forms = (rf"{_SPACE}+".join(re.escape(part) for part in name.split()) for name in wanted if name.strip())
    return re.compile(rf"(?:{'|'.join(forms)})(?![{_PART}])")
