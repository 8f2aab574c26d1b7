"""What FEEL refuses with: typed errors that say where, in Bahasa Indonesia and English.

Owns the error classes. Must not import anything of FEEL or of Alur.
"""


class FeelError(Exception):
    """A FEEL text, value or evaluation was refused.

    Attributes:
        message_id: the sentence in Bahasa Indonesia.
        message_en: the sentence in English.
        line: 1-based line in the FEEL text; 0 when no place can be named.
        column: 1-based column in that line; 0 when no place can be named.
    """

    def __init__(self, message_id: str, message_en: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message_en)
        self.message_id = message_id
        self.message_en = message_en
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.message_en} (line {self.line}, column {self.column})" if self.line else self.message_en

    def move(self, lines: int, columns: int) -> None:
        """Places the error in a larger text: `lines` further down; `columns` further right if on the first line."""
        if self.line == 1:
            self.column += columns
        self.line += lines if self.line else 0


_INDONESIAN = {
    "an expression": "ekspresi",
    "a name": "nama",
    "a parameter name": "nama parameter",
    "a type": "tipe",
    "a key": "kunci",
    "a string": "teks dalam tanda kutip",
    "an operator": "operator",
    "a number of at most 34 digits": "angka paling banyak 34 digit",
    "a character of FEEL": "karakter yang dikenal FEEL",
    "name = expression": "nama = ekspresi",
    "the end of the text": "akhir teks",
}


class FeelSyntaxError(FeelError):
    """The text is no FEEL. `expected` names what could have stood there, symbols as they are written."""

    def __init__(self, expected: tuple[str, ...], found: str, line: int, column: int) -> None:
        wanted, got = _either(expected, "atau", _INDONESIAN), _INDONESIAN.get(found, found)
        super().__init__(
            f"Seharusnya ada {wanted}, tetapi yang ada {got}.",
            f"Expected {_either(expected, 'or', {})}, but found {found}.",
            line,
            column,
        )
        self.expected = expected
        self.found = found


def _either(words: tuple[str, ...], conjunction: str, translation: dict[str, str]) -> str:
    return f" {conjunction} ".join(translation.get(word, word) for word in words)


class FeelBudgetError(FeelError):
    """A text or an evaluation is larger, deeper or longer than allowed. `limit` names the budget."""

    def __init__(self, limit: str, message_id: str, message_en: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message_id, message_en, line, column)
        self.limit = limit


class FeelValueError(FeelError):
    """A value that came from outside is no FEEL value (a Python object, a number that is not finite, …)."""
