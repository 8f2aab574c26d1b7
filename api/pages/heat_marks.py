"""What the heatmap's canvas needs: per measure the values and words of elements, the steps of colour, their legend."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.report_words import number, percent, span

MEASURES = {"frekuensi": "Frekuensi", "lama": "Lama", "terlambat": "Keterlambatan"}
STEPS = 5
SHARES = (0.02, 0.05, 0.10, 0.25)  # lateness has fixed steps, so that maps of two SOPs compare
Values = dict[str, float]
Worded = Callable[[Any, str], str]


def heat_marks(elements: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, Any]:
    """`{measures: {measure: {values: {id: [value, words]}, bounds, legend}}}`, without elements that count nothing.

    Args:
        elements: figures by id, of `engine.queries.heatmap`.
    """
    passes = {id_: one["passes"] for id_, one in elements.items() if one.get("passes")}
    lasting = {id_: one["minutes"] for id_, one in elements.items() if one.get("done")}
    late = {id_: one["late_share"] for id_, one in elements.items() if one.get("limited")}
    return {
        "measures": {
            "frekuensi": _marks(passes, _even(passes), number, language),
            "lama": _marks(lasting, _growing(lasting), span, language),
            "terlambat": _marks(late, SHARES, percent, language),
        }
    }


def _marks(values: Values, bounds: Sequence[float], worded: Worded, language: str) -> dict[str, Any]:
    words = [worded(bound, language) for bound in bounds]
    return {
        "values": {id_: [value, worded(value, language)] for id_, value in values.items()}, "bounds": list(bounds),
        "legend": [*(f"≤ {one}" for one in words), f"> {words[-1]}"] if words else [],
    }  # fmt: skip


def _even(values: Values) -> list[float]:
    """Four bounds in equal steps up to the largest value, each once."""
    most = max(values.values(), default=0)
    return sorted({max(1, int(most * step / STEPS)) for step in range(1, STEPS)}) if most else []


def _growing(values: Values) -> list[float]:
    """Four bounds that grow by one factor from the smallest to the largest value: minutes beside weeks stay apart."""
    known = [max(1, value) for value in values.values()]
    if not known:
        return []
    least, most = min(known), max(known)
    return sorted({int(least * (most / least) ** (step / STEPS)) for step in range(1, STEPS)})
