"""What is assumed in a simulation: arrivals, staff, durations, branches. Values only; `scenario_json` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Literal

from engine.durations import Duration, parse_duration
from engine.errors import AlurError

Kind = Literal["triangular", "uniform", "exponential", "constant", "samples"]
KINDS: tuple[Kind, ...] = ("triangular", "uniform", "exponential", "constant", "samples")
READINGS: tuple[Kind, ...] = KINDS[:4]
MOST_REQUESTS = 200_000
MOST_STAFF = 10_000
MOST_SAMPLES = 10_000


class ScenarioRefused(AlurError):
    """A scenario that cannot be simulated; `errors` lists `{field, message}` of everything to mend."""

    code: ClassVar[str] = "invalid_scenario"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Spread:
    """How long an activity takes, as given.

    Attributes:
        kind: triangular (min, mode, max), uniform (min, max), exponential (mean), constant (mean), samples.
        mode: None is the middle between min and max.
        calendar: "kerja" or "kalender"; None is that of the activity's mutu baku.
    """

    kind: Kind
    min: Duration | None = None
    mode: Duration | None = None
    max: Duration | None = None
    mean: Duration | None = None
    samples: tuple[Duration, ...] = ()
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityPlan:
    """What a scenario says about one activity; None leaves it to the SOP and the scenario's defaults.

    Attributes:
        effort: the share of the duration for which somebody is busy with it; for the rest it only lies there.
        occupies: whether somebody is busy at all.
    """

    duration: Spread | None = None
    effort: float | None = None
    occupies: bool | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One set of assumptions.

    Attributes:
        requests: how many arrive. warm_up: how many of them, the first ones, do not count in the result.
        start: aware; requests arrive from here on.
        per_day: arrivals per office day ("kerja", only while the office is open) or per day ("kalender").
        staff: people per role; None is as many as it takes. Roles not named: `default_staff`, but as many as it takes
            for applicants and outside offices.
        activities: by element id. branches: by gateway id, the weights of its flows by flow id; others are equal.
        reading: how the times of mutu baku are read where no duration is given.
        open_time: how long an activity takes that has no time limit.
        effort: default of `ActivityPlan.effort`.
        target: the time allowed for a whole request, with its calendar.
    """

    requests: int
    start: datetime
    per_day: float
    arrivals_calendar: str = "kerja"
    warm_up: int = 0
    staff: Mapping[str, int | None] = field(default_factory=dict)
    default_staff: int | None = 1
    activities: Mapping[str, ActivityPlan] = field(default_factory=dict)
    branches: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    reading: Kind = "triangular"
    open_time: Duration = field(default_factory=lambda: parse_duration("PT1H"))
    effort: float = 1.0
    target: tuple[Duration, str] | None = None
