"""The index of public satisfaction (SKM) as Permenpan-RB 14/2017 computes it: nine elements of equal weight (pure).

Owns the elements, the arithmetic and the grades. Every element is rated 1 to 4; an element's mean weighs one ninth, and
the weighted mean times 25 is the index. Fewer answers than `FEWEST` are never summed up: a mean of one is an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.errors import InvalidInput

ELEMENTS = {
    "u1": "Persyaratan",
    "u2": "Sistem, mekanisme, dan prosedur",
    "u3": "Waktu penyelesaian",
    "u4": "Biaya/tarif",
    "u5": "Produk spesifikasi jenis pelayanan",
    "u6": "Kompetensi pelaksana",
    "u7": "Perilaku pelaksana",
    "u8": "Penanganan pengaduan, saran, dan masukan",
    "u9": "Sarana dan prasarana",
}
LOWEST, HIGHEST = 1, 4
FEWEST = 3
_GRADES = (("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "25.00"))
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Score:
    """What a group of answers says: `index` 25 to 100, `grade` A to D, `means` 1 to 4 by element; None below FEWEST."""

    n: int
    index: float | None
    grade: str | None
    means: Mapping[str, float] | None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, with the elements' names."""
        elements = [{"code": code, "name": ELEMENTS[code], "mean": mean} for code, mean in (self.means or {}).items()]
        return {"n": self.n, "index": self.index, "grade": self.grade, "elements": elements}


def check_answers(answers: Mapping[str, Any]) -> dict[str, int]:
    """The nine answers as they may be stored.

    Raises:
        InvalidInput: names every element that is missing, unknown or not a whole number from 1 to 4.
    """
    wrong = [
        {"field": code, "message": "Pilih salah satu jawaban."}
        for code in ELEMENTS
        if type(answers.get(code)) is not int or not LOWEST <= answers[code] <= HIGHEST
    ]
    wrong += [{"field": code[:20], "message": "Unsur tidak dikenal."} for code in answers if code not in ELEMENTS]
    if wrong:
        raise InvalidInput(f"Expected {', '.join(ELEMENTS)}, each from {LOWEST} to {HIGHEST}, but some are not.", wrong)
    return {code: answers[code] for code in ELEMENTS}


def score(n: int, sums: Sequence[int]) -> Score:
    """The score of `n` answers whose ratings add up to `sums`, one sum per element in order."""
    if n < FEWEST:
        return Score(n, None, None, None)
    index = (Decimal(sum(sums)) * 25 / (len(ELEMENTS) * n)).quantize(_CENT, ROUND_HALF_UP)
    means = {
        code: float((Decimal(one) / n).quantize(_CENT, ROUND_HALF_UP))
        for code, one in zip(ELEMENTS, sums, strict=True)
    }
    return Score(n, float(index), grade(index), means)


def grade(index: Decimal) -> str:
    """The mutu pelayanan of an index of two decimals: A from 88.31, B from 76.61, C from 65.00, D below."""
    return next(letter for letter, lowest in _GRADES if index >= Decimal(lowest))
