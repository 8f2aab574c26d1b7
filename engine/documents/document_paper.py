"""Paper and columns of the printed SOP matrix, in millimetres. Must not know rows or texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

PaperName = Literal["folio", "a4", "a3"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet in landscape. The foot stands in the bottom margin."""

    width: float
    height: float
    side: float = 10.0
    top: float = 10.0
    bottom: float = 14.0

    @property
    def inner_width(self) -> float:
        """Between the side margins."""
        return self.width - 2 * self.side

    @property
    def inner_height(self) -> float:
        """Between head and foot margins."""
        return self.height - self.top - self.bottom


PAPERS: Mapping[PaperName, Paper] = {
    "folio": Paper(330.0, 215.0),
    "a4": Paper(297.0, 210.0),
    "a3": Paper(420.0, 297.0),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths from left to right: No, Kegiatan, each pelaksana, Kelengkapan, Waktu, Output, Keterangan."""

    no: float
    activity: float
    lane: float
    lanes: int
    requirements: float
    time: float
    outputs: float
    remarks: float

    @property
    def left(self) -> float:
        """Where the pelaksana columns begin."""
        return self.no + self.activity

    @property
    def right(self) -> float:
        """Where they end."""
        return self.left + self.lane * self.lanes


def columns_for(paper: Paper, lanes: int) -> Columns:
    """Widths that fill the paper: pelaksana columns take up to 46 percent (60 for very many), texts share the rest."""
    width = paper.inner_width
    lane = min(26.0, max(min(8.0, 0.6 * width / lanes), 0.46 * width / lanes))
    no = 9.0
    rest = width - lane * lanes - no
    time = max(16.0, 0.1 * rest)
    rest -= time
    return Columns(no, 0.36 * rest, lane, lanes, 0.25 * rest, time, 0.2 * rest, 0.19 * rest)
