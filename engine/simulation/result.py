"""The answer of a simulation as values, as JSON (`to_dict`) and as a table of text (`to_table`).

Hours are office hours unless a name says otherwise. Chart: `to_dict()["histogram"]` gives the bars.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Summary:
    """A distribution: its mean, spread and quantiles (q05 = five percent are below)."""

    mean: float
    deviation: float
    q05: float
    q25: float
    median: float
    q75: float
    q90: float
    q95: float
    q99: float
    most: float


@dataclass(frozen=True, slots=True)
class ActivityResult:
    """One activity. `on_time` is the share within its time limit; None without one."""

    element: str
    name: str
    role: str
    visits: int
    per_request: float
    wait_hours: float
    wait_q90_hours: float
    hours: float
    calendar_hours: float
    on_time: float | None
    late: int
    timers_fired: int


@dataclass(frozen=True, slots=True)
class RoleResult:
    """The people of one role while requests came in. `staff` None is as many as it takes.

    `utilisation` is the work that came in, by what the people could do: above 1 the queue grows for ever.
    """

    role: str
    name: str
    staff: int | None
    utilisation: float | None
    busy_mean: float
    queue_mean: float
    queue_most: int
    wait_hours: float
    wait_q90_hours: float
    jobs: int


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """What a scenario leads to.

    Attributes:
        office_hours: from arrival to end, while the office is open. own_hours: the same without what only lay with
            the applicant. calendar_days: by the calendar.
        on_time: share of requests without any late activity. within_target: None without a target.
        in_system: requests under way, on average. arrivals_per_hour: as they came.
        bottleneck: the role with the highest utilisation; None if nobody is scarce. stable: all of them below 1.
    """

    seed: int
    requests: int
    office_hours: Summary
    own_hours: Summary
    calendar_days: Summary
    on_time: float
    within_target: float | None
    in_system: float
    arrivals_per_hour: float
    activities: tuple[ActivityResult, ...]
    roles: tuple[RoleResult, ...]
    bottleneck: str | None
    stable: bool
    histogram: tuple[tuple[float, float, int], ...]
    assumptions: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready; numbers rounded to four places, histogram as `{from, to, requests}` in office hours."""
        data: dict[str, Any] = _rounded(asdict(self))
        data["histogram"] = [
            {"from": round(low, 4), "to": round(high, 4), "requests": count} for low, high, count in self.histogram
        ]
        return data

    def to_table(self) -> str:
        """Plain text for a terminal, in Bahasa Indonesia."""
        hours, days = self.office_hours, self.calendar_days
        head = [
            f"{self.requests} permohonan, benih acak {self.seed}",
            f"Waktu jam kerja  : rata-rata {hours.mean:.1f} jam, separuh <= {hours.median:.1f}, "
            f"90% <= {hours.q90:.1f}, 99% <= {hours.q99:.1f}",
            f"Waktu kalender   : rata-rata {days.mean:.1f} hari, separuh <= {days.median:.1f}, 90% <= {days.q90:.1f}",
            f"Tepat waktu      : {self.on_time:.1%} tanpa satu pun kegiatan terlambat"
            + (f"; {self.within_target:.1%} dalam target" if self.within_target is not None else ""),
            f"Leher botol      : {self.bottleneck or 'tidak ada'}"
            + ("" if self.stable else "  (TIDAK STABIL: beban melebihi tenaga, antrean terus memanjang)"),
        ]
        activities = _table(
            ("Kegiatan", "Pelaksana", "per permohonan", "tunggu (jam)", "waktu (jam)", "tepat waktu"),
            [
                (a.name, a.role, f"{a.per_request:.2f}", f"{a.wait_hours:.2f}", f"{a.hours:.2f}", _share(a.on_time))
                for a in self.activities
            ],
        )
        roles = _table(
            ("Pelaksana", "Tenaga", "Beban", "Antrean rata-rata", "Antrean terpanjang", "tunggu (jam)"),
            [
                (
                    r.name,
                    "tak terbatas" if r.staff is None else str(r.staff),
                    _share(r.utilisation),
                    f"{r.queue_mean:.2f}",
                    str(r.queue_most),
                    f"{r.wait_hours:.2f}",
                )
                for r in self.roles
            ],
        )
        notes = [f"- {text}" for text in self.assumptions]
        return "\n".join([*head, "", *activities, "", *roles, *(["", "Anggapan:", *notes] if notes else [])]) + "\n"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    short = [[cell if len(cell) <= 44 else f"{cell[:43]}…" for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in short) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in short]
    return [lines[0], "  ".join("-" * width for width in widths), *lines[1:]]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list | tuple) else value
