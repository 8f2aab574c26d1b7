"""The time that an SOP promises: its mutu baku added up along the longest way through the diagram (pure).

Ways back are not counted (nobody can promise how often something is returned), nor what the applicant's own steps take.
Steps side by side count once, as long as the longest. Times without an upper limit are counted as unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from engine.diagram.model import Node, Process
from engine.durations import Duration, parse_duration
from engine.working_calendar import WorkingCalendar

_SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_ACTIVITIES = frozenset({"userTask", "task", "manualTask"})
OFFICE_DAY = timedelta(hours=7, minutes=30)  # Perpres 21/2023: 37 h 30 min in five days
_ROUGH = {"kerja": (Decimal(7) / 5, OFFICE_DAY), "kalender": (Decimal(1), timedelta(days=1))}


@dataclass(frozen=True, slots=True)
class Promise:
    """What an SOP promises.

    Attributes:
        path: (duration, kalender) of each timed step of others than the applicant on the longest way, in order.
        untimed: steps of others on that way without an upper limit.
        own_steps: whether the way has steps of the applicant.
    """

    path: tuple[tuple[Duration, str], ...] = ()
    untimed: int = 0
    own_steps: bool = False

    @property
    def working_days(self) -> int:
        """Working days, parts of a day rounded up; 0 when it is less than a day."""
        days = self._days("kerja")
        clock = self._clock("kerja")
        if not days and clock < OFFICE_DAY:
            return 0
        return int((days + Decimal(clock / OFFICE_DAY)).to_integral_value(ROUND_CEILING))

    @property
    def working_minutes(self) -> int:
        """Minutes of office time when all of it is less than a working day, else 0."""
        return 0 if self.working_days else int(self._clock("kerja") / timedelta(minutes=1))

    @property
    def calendar_days(self) -> int:
        """Days by the calendar beside the working days, parts rounded up; weeks are seven."""
        weeks = sum((one.weeks for one, _kalender in self.path), Decimal(0))
        days = weeks * 7 + self._days("kalender") + Decimal(self._clock("kalender") / timedelta(days=1))
        return int(days.to_integral_value(ROUND_CEILING))

    @property
    def months(self) -> int:
        """Months by the calendar beside the days."""
        return sum(one.years * 12 + one.months for one, _kalender in self.path)

    def by(self, start: datetime, calendar: WorkingCalendar) -> datetime:
        """When the last step is due if every step takes all its time, from `start` (aware)."""
        for duration, kalender in self.path:
            start = calendar.add_duration(start, duration, kalender)
        return start

    def _days(self, kalender: str) -> Decimal:
        return sum((one.days for one, kind in self.path if kind == kalender), Decimal(0))

    def _clock(self, kalender: str) -> timedelta:
        return sum((one.clock for one, kind in self.path if kind == kalender), timedelta(0))


def promise(process: Process) -> Promise:
    """The promise of a process that was accepted by the validation."""
    way = _longest(process, process.id)
    path: list[tuple[Duration, str]] = []
    untimed, own = 0, False
    for node in way:
        lane = process.lane_of(node.id)
        if lane is not None and lane.performer_kind == "pemohon":
            own = True
        elif node.quality is not None and node.quality.max:
            path.append((parse_duration(node.quality.max), node.quality.kalender))
        else:
            untimed += 1
    return Promise(tuple(path), untimed, own)


def _longest(process: Process, scope: str) -> list[Node]:
    """The activities of the longest way through one scope, in order."""
    best: dict[str, tuple[Decimal, int, str | None]] = {}  # length and steps from a node to the end, and where to next
    for name in _postorder(process, scope):
        ways = [(*best[one][:2], one) for one in _after(process, name) if one in best]  # a way back is not known yet
        length, count, following = max(ways, default=(Decimal(0), 0, None))
        inside = _inside(process, process.nodes[name])
        length = sum((_rough(process, one) for one in inside), length)
        best[name] = (length, count + len(inside), following)
    here = max(_starts(process, scope), key=lambda one: best[one][:2], default=None)
    way: list[Node] = []
    while here is not None:
        way += _inside(process, process.nodes[here])
        here = best[here][2]
    return way


def _inside(process: Process, node: Node) -> list[Node]:
    """The activities that a node stands for: itself, or the longest way through a subprocess."""
    if node.kind in _SCOPES:
        return _longest(process, node.id)
    return [node] if node.kind in _ACTIVITIES else []


def _rough(process: Process, node: Node) -> Decimal:
    """About how many days an activity keeps the applicant waiting: enough to compare two ways."""
    lane = process.lane_of(node.id)
    if node.quality is None or not node.quality.max or (lane and lane.performer_kind == "pemohon"):
        return Decimal(0)
    duration = parse_duration(node.quality.max)
    per_day, day = _ROUGH[node.quality.kalender]
    months = (duration.years * 12 + duration.months) * 30 + duration.weeks * 7
    return months + (duration.days + Decimal(duration.clock / day)) * per_day


def _starts(process: Process, scope: str) -> list[str]:
    nodes = [process.nodes[name] for name in process.scopes[scope].nodes]
    starts = [node.id for node in nodes if node.kind == "startEvent"]
    return starts or [node.id for node in nodes if not node.incoming and node.attached_to is None]


def _after(process: Process, name: str) -> Iterator[str]:
    """Where the flow goes from a node, its boundary events' ways too."""
    node = process.nodes[name]
    for source in (node, *[process.nodes[one] for one in node.boundary]):
        for flow in source.outgoing:
            yield process.flows[flow].target


def _postorder(process: Process, scope: str) -> Iterator[str]:
    """The nodes that can be reached, each behind all that can be reached from it except by a way back."""
    seen: set[str] = set()
    for start in _starts(process, scope):
        if start in seen:
            continue
        seen.add(start)
        open_ = [(start, _after(process, start))]
        while open_:
            name, left = open_[-1]
            following = next((one for one in left if one not in seen), None)
            if following is None:
                open_.pop()
                yield name
            else:
                seen.add(following)
                open_.append((following, _after(process, following)))
