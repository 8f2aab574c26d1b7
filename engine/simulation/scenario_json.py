"""Reads a scenario from JSON. Everything wrong comes in one refusal that names each field."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.diagram.model import Process
from engine.durations import Duration, TimeExpressionRefused, parse_duration, parse_moment
from engine.errors import AlurError
from engine.simulation.scenario import (
    KINDS,
    MOST_REQUESTS,
    MOST_SAMPLES,
    MOST_STAFF,
    READINGS,
    ActivityPlan,
    Scenario,
    ScenarioRefused,
    Spread,
)

_NEEDS = {"triangular": ("min", "max"), "uniform": ("min", "max"), "exponential": ("mean",), "constant": ("mean",)}
_FIELDS = frozenset(
    {
        "requests",
        "start",
        "arrivals",
        "warm_up",
        "staff",
        "default_staff",
        "activities",
        "branches",
        "reading",
        "open_time",
        "effort",
        "target",
    }
)
_CALENDARS = ("kerja", "kalender")


def parse_scenario(data: object, process: Process, zone: str, default_start: datetime) -> Scenario:
    """The scenario in a JSON value, checked against the process.

    Args:
        data: the decoded JSON; docs/simulation.md lists its fields.
        process: element ids, flows and roles must be of it.
        zone: of a `start` written without one.
        default_start: aware; where `start` is left out.

    Raises:
        ScenarioRefused: with `{field, message}` for everything to mend.
    """
    return _Reader(process, zone, default_start).read(data)


class _Wrong(Exception):
    """A value that does not fit its field; caught by the reader, which knows the field."""


class _Reader:
    def __init__(self, process: Process, zone: str, default_start: datetime) -> None:
        self._process, self._zone, self._default_start = process, zone, default_start
        self._errors: list[dict[str, str]] = []

    def read(self, data: object) -> Scenario:
        given = self._object("", data, _FIELDS)
        arrivals = self._object("arrivals", given.get("arrivals", {}), frozenset({"per_day", "calendar"}))
        requests = self._take("requests", given, _whole(1, MOST_REQUESTS), 1000)
        scenario = Scenario(
            requests=requests,
            start=self._take("start", given, self._moment, self._default_start),
            per_day=self._take("arrivals.per_day", arrivals, _number(0.0, 1e6), 10.0),
            arrivals_calendar=self._take("arrivals.calendar", arrivals, _one_of(_CALENDARS), "kerja"),
            warm_up=self._take("warm_up", given, _whole(0, requests - 1), 0),
            staff=self._staff(given.get("staff", {})),
            default_staff=self._take("default_staff", given, _people, 1),
            activities=self._activities(given.get("activities", {})),
            branches=self._branches(given.get("branches", {})),
            reading=self._take("reading", given, _one_of(READINGS), "triangular"),
            open_time=self._take("open_time", given, _duration, parse_duration("PT1H")),
            effort=self._take("effort", given, _share, 1.0),
            target=self._target(given.get("target")),
        )
        if self._errors:
            first = self._errors[0]
            raise ScenarioRefused(
                f"Expected a scenario that can be simulated, but {len(self._errors)} field(s) need mending; "
                f"the first is {first['field']}: {first['message']}",
                self._errors,
            )
        return scenario

    def _wrong(self, field: str, message: str) -> None:
        self._errors.append({"field": field or "scenario", "message": message})

    def _object(self, field: str, value: object, known: frozenset[str] | None = None) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self._wrong(field, f"Expected an object, but got {_shown(value)}.")
            return {}
        for name in value.keys() - known if known is not None else ():
            self._wrong(_path(field, str(name)), f"Expected one of {', '.join(sorted(known or ()))}.")
        return value

    def _take(self, field: str, given: Mapping[str, Any], read: Callable[[Any], Any], default: Any) -> Any:
        name = field.rpartition(".")[2]
        return self._value(field, given[name], read, default) if name in given else default

    def _value(self, field: str, value: object, read: Callable[[Any], Any], default: Any) -> Any:
        try:
            return read(value)
        except _Wrong as wrong:
            self._wrong(field, str(wrong))
        except AlurError as refused:
            self._wrong(field, refused.detail)
        return default

    def _moment(self, value: object) -> datetime:
        if not isinstance(value, str):
            raise _Wrong(f"Expected a moment such as 2026-03-02T07:30:00+07:00, but got {_shown(value)}.")
        return parse_moment(value, self._zone)

    def _staff(self, value: object) -> dict[str, int | None]:
        roles = {lane.role or lane.id for lane in self._process.lanes} | {"pegawai"}
        staff: dict[str, int | None] = {}
        given = self._object("staff", value)
        for role in given:
            if role not in roles:
                self._wrong(f"staff.{role}", f"Expected a role of this SOP: {', '.join(sorted(roles))}.")
            else:
                staff[role] = self._value(f"staff.{role}", given[role], _people, 1)
        return staff

    def _activities(self, value: object) -> dict[str, ActivityPlan]:
        plans = {}
        for key, given in self._object("activities", value).items():
            field = f"activities.{key}"
            if key not in self._process.nodes:
                self._wrong(field, "Expected the id of an element of this diagram.")
                continue
            plan = self._object(field, given, frozenset({"duration", "effort", "occupies"}))
            plans[key] = ActivityPlan(
                duration=self._spread(f"{field}.duration", plan["duration"]) if "duration" in plan else None,
                effort=self._take(f"{field}.effort", plan, _share, 1.0) if "effort" in plan else None,
                occupies=self._take(f"{field}.occupies", plan, _yes_or_no, True) if "occupies" in plan else None,
            )
        return plans

    def _spread(self, field: str, value: object) -> Spread | None:
        given = self._object(field, value, frozenset({"kind", "min", "mode", "max", "mean", "samples", "calendar"}))
        kind = self._take(f"{field}.kind", given, _one_of(KINDS), "constant")
        times: dict[str, Duration] = {}
        for name in ("min", "mode", "max", "mean"):
            if name in given:
                times[name] = self._take(f"{field}.{name}", given, _duration, Duration())
        samples = self._take(f"{field}.samples", given, _samples, ())
        for name in _NEEDS.get(kind, ()):
            if name not in given:
                self._wrong(f"{field}.{name}", f"Expected a duration, because the kind is {kind}.")
        if kind == "samples" and not samples and "samples" not in given:
            self._wrong(f"{field}.samples", "Expected a list of minutes or durations, because the kind is samples.")
        calendar = self._take(f"{field}.calendar", given, _one_of(_CALENDARS), None)
        return Spread(kind, times.get("min"), times.get("mode"), times.get("max"), times.get("mean"), samples, calendar)

    def _branches(self, value: object) -> dict[str, dict[str, float]]:
        branches = {}
        for gateway, given in self._object("branches", value).items():
            field = f"branches.{gateway}"
            node = self._process.nodes.get(gateway)
            if node is None or len(node.outgoing) < 2:
                self._wrong(field, "Expected the id of a gateway with two ways or more.")
                continue
            names = {self._process.flows[key].name: key for key in node.outgoing} | {key: key for key in node.outgoing}
            weights: dict[str, float] = {}
            for name, weight in self._object(field, given).items():
                if name not in names:
                    labels = ", ".join(repr(self._process.flows[key].name or key) for key in node.outgoing)
                    self._wrong(f"{field}.{name}", f"Expected one of its ways: {labels}.")
                else:
                    weights[names[name]] = self._value(f"{field}.{name}", weight, _number(0.0, 1e9, zero=True), 1.0)
            if weights and len(weights) == len(node.outgoing) and sum(weights.values()) <= 0:
                self._wrong(field, "Expected at least one way with a weight above 0.")
            branches[gateway] = weights
        return branches

    def _target(self, value: object) -> tuple[Duration, str] | None:
        if value is None:
            return None
        given = self._object("target", value, frozenset({"duration", "calendar"}))
        if "duration" not in given:
            self._wrong("target.duration", "Expected a duration such as P10D.")
        duration = self._take("target.duration", given, _duration, Duration())
        return duration, self._take("target.calendar", given, _one_of(_CALENDARS), "kerja")


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _Wrong(f"Expected a whole number from {least} to {most}, but got {_shown(value)}.")
        return value

    return read


def _number(least: float, most: float, zero: bool = False) -> Callable[[Any], float]:
    def read(value: object) -> float:
        right = isinstance(value, int | float) and not isinstance(value, bool) and (least < value <= most)
        if not right and not (zero and value == 0 and not isinstance(value, bool)):
            raise _Wrong(f"Expected a number above {least:g} and up to {most:g}, but got {_shown(value)}.")
        return float(value)  # type: ignore[arg-type]

    return read


def _share(value: object) -> float:
    return _number(0.0, 1.0)(value)


def _people(value: object) -> int | None:
    return None if value is None else _whole(1, MOST_STAFF)(value)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f"Expected true or false, but got {_shown(value)}.")
    return value


def _one_of(known: tuple[Any, ...]) -> Callable[[Any], Any]:
    def read(value: object) -> Any:
        if value not in known:
            raise _Wrong(f"Expected one of {', '.join(known)}, but got {_shown(value)}.")
        return value

    return read


def _duration(value: object) -> Duration:
    if not isinstance(value, str):
        raise _Wrong(f"Expected a duration such as PT30M or P3D, but got {_shown(value)}.")
    return parse_duration(value)


def _samples(value: object) -> tuple[Duration, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_SAMPLES:
        raise _Wrong(f"Expected a list of 1 to {MOST_SAMPLES} minutes or durations.")
    return tuple(_sample(sample) for sample in value)


def _sample(value: object) -> Duration:
    if isinstance(value, str):
        return _duration(value)
    try:
        return parse_duration(f"PT{_number(0.0, 1e7, zero=True)(value):.6f}M")
    except TimeExpressionRefused as refused:
        raise _Wrong(refused.detail) from None


def _path(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
