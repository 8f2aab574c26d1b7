"""A scenario from JSON: right ones are read, wrong ones refused with every field named."""

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.durations import parse_duration
from engine.simulation.scenario import ActivityPlan, Scenario, ScenarioRefused, Spread
from engine.simulation.scenario_json import parse_scenario
from engine.simulation.simulate import simulate
from small_nets import OFFICE, START, net

NET = net(
    {"s": "startEvent", "a": "userTask", "g": "exclusiveGateway", "e": "endEvent"},
    ["s -> a", "a -> g", "ya: g -> e", "tidak: g -> a"],
)


DURATION = "activities.a.duration"


def read(data: object) -> Scenario:
    return parse_scenario(data, NET, "Asia/Jakarta", START)


def fields(data: object) -> list[str]:
    with pytest.raises(ScenarioRefused) as refused:
        read(data)
    assert all(error["message"].startswith("Expected") for error in refused.value.errors)
    return sorted(error["field"] for error in refused.value.errors)


def duration(**given: Any) -> dict[str, Any]:
    return {"activities": {"a": {"duration": given}}}


def test_everything_has_a_default() -> None:
    assert read({}) == Scenario(1000, START, 10.0)


def test_everything_can_be_said() -> None:
    scenario = read(
        {
            "requests": 50,
            "start": "2026-03-03T08:00:00",
            "arrivals": {"per_day": 2.5, "calendar": "kalender"},
            "warm_up": 10,
            "staff": {"petugas": None},
            "default_staff": 3,
            "activities": {
                "a": {
                    "duration": {
                        "kind": "triangular",
                        "min": "PT5M",
                        "mode": "PT10M",
                        "max": "P1D",
                        "calendar": "kerja",
                    },
                    "effort": 0.5,
                    "occupies": False,
                }
            },
            "branches": {"g": {"tidak": 0.1, "f3": 0.9}},
            "reading": "uniform",
            "open_time": "PT2H",
            "effort": 0.2,
            "target": {"duration": "P10D", "calendar": "kalender"},
        }
    )
    minutes = [parse_duration(text) for text in ("PT5M", "PT10M", "P1D")]
    assert scenario.activities["a"] == ActivityPlan(Spread("triangular", *minutes, calendar="kerja"), 0.5, False)
    assert scenario.branches == {"g": {"f4": 0.1, "f3": 0.9}}
    assert scenario.start == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert (scenario.staff, scenario.default_staff) == ({"petugas": None}, 3)
    assert scenario.target == (parse_duration("P10D"), "kalender")


def test_samples_are_minutes_or_durations() -> None:
    plans = read({"activities": {"a": {"duration": {"kind": "samples", "samples": [30, "PT1H", 0.5]}}}}).activities
    assert plans["a"].duration is not None
    assert [time.clock.total_seconds() for time in plans["a"].duration.samples] == [1800, 3600, 30]


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ([], ["scenario"]),
        ({"request": 5}, ["request"]),
        ({"requests": 0}, ["requests"]),
        ({"requests": True}, ["requests"]),
        ({"requests": 10**9}, ["requests"]),
        ({"requests": 5, "warm_up": 5}, ["warm_up"]),
        ({"start": "besok"}, ["start"]),
        ({"start": 5}, ["start"]),
        ({"arrivals": {"per_day": 0}}, ["arrivals.per_day"]),
        ({"arrivals": {"per_day": float("nan")}}, ["arrivals.per_day"]),
        ({"arrivals": 5}, ["arrivals"]),
        ({"arrivals": {"calendar": "masehi"}}, ["arrivals.calendar"]),
        ({"staff": {"raja": 1, "petugas": 0}}, ["staff.petugas", "staff.raja"]),
        ({"activities": {"zz": {}}}, ["activities.zz"]),
        ({"activities": {"a": {"effort": 2, "occupies": 1}}}, ["activities.a.effort", "activities.a.occupies"]),
        (duration(kind="normal"), [f"{DURATION}.kind", f"{DURATION}.mean"]),
        (duration(kind="uniform", min="5"), [f"{DURATION}.max", f"{DURATION}.min"]),
        (duration(kind="samples"), [f"{DURATION}.samples"]),
        (duration(kind="samples", samples=[-1]), [f"{DURATION}.samples"]),
        ({"branches": {"a": {}}}, ["branches.a"]),
        ({"branches": {"g": {"mungkin": 1, "ya": -1}}}, ["branches.g.mungkin", "branches.g.ya"]),
        ({"branches": {"g": {"ya": 0, "tidak": 0}}}, ["branches.g"]),
        ({"reading": "samples"}, ["reading"]),
        ({"target": {}}, ["target.duration"]),
        ({"effort": 0, "open_time": "1 jam"}, ["effort", "open_time"]),
    ],
)  # fmt: skip
def test_every_wrong_field_is_named(data: Any, wrong: list[str]) -> None:
    assert fields(data) == wrong


def test_times_out_of_order_are_refused() -> None:
    plan = {"activities": {"a": {"duration": {"kind": "uniform", "min": "PT2H", "max": "PT1H"}}}}
    with pytest.raises(ScenarioRefused) as refused:
        simulate(NET, read(plan), OFFICE)
    assert refused.value.errors[0]["field"] == "activities.a.duration"
