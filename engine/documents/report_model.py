"""The printed report as values: already words, nothing left to reckon."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Table:
    """One table: heads, rows of words, per row the share that a bar shows (None: no bar), and widths of columns.

    `widths`: shares of what is left, 0 = as wide as its words; without them the first column takes what is left.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[float | None, ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A compliance report to print.

    Attributes:
        scope: what it is about, as pairs of label and words (period, SOP, agency, post).
        summary: the key figures, as label, figure and explanation.
        made_at: aware; printed in `zone` (IANA).
    """

    scope: tuple[tuple[str, str], ...]
    summary: tuple[tuple[str, str, str], ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]
    made_at: datetime
    zone: str
    made_by: str
    demo: bool = False
