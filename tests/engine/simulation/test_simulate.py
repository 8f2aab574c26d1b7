"""Against what queueing theory knows, and against Little's law."""

import json
from dataclasses import replace
from math import factorial

import pytest

from engine.diagram.model import Process
from engine.durations import parse_duration
from engine.simulation.scenario import ActivityPlan
from engine.simulation.simulate import simulate, summary
from small_nets import ALWAYS, OFFICE, limited, net, scenario, spread

ONE = {"s": "startEvent", "a": "userTask", "e": "endEvent"}
LINE = ["s -> a", "a -> e"]
HOUR = spread("exponential", mean="PT1H")


def one_activity(**facts: object) -> Process:
    return net({**ONE, "a": {"kind": "userTask", **facts}}, LINE)


def erlang_wait(load: float, people: int) -> float:
    """Mean wait in units of the mean service time of M/M/c with load = arrival rate / (c * service rate)."""
    offered = load * people
    tail = offered**people / factorial(people) / (1 - load)
    waiting = tail / (sum(offered**k / factorial(k) for k in range(people)) + tail)
    return waiting / (people * (1 - load))


@pytest.mark.parametrize(("load", "people", "seed"), [(0.5, 1, 1), (0.8, 1, 2), (0.7, 2, 3), (0.8, 4, 4)])
def test_waits_as_queueing_theory_says(load: float, people: int, seed: int) -> None:
    """M/M/c in office time: nine runs, the theory within three standard errors of their mean."""
    per_day = load * people * OFFICE.average_day.total_seconds() / 3600
    waits, loads = [], []
    for run in range(9):
        chosen = scenario(5000, per_day, warm_up=500, staff={"petugas": people}, activities={"a": HOUR})
        result = simulate(one_activity(), chosen, OFFICE, seed * 100 + run)
        waits.append(result.activities[0].wait_hours)
        loads.append(result.roles[0].utilisation or 0.0)
    wait, used = summary(waits), summary(loads)
    assert abs(wait.mean - erlang_wait(load, people)) < 3 * wait.deviation / 8**0.5
    assert abs(used.mean - load) < 3 * used.deviation / 8**0.5


@pytest.mark.parametrize("load", [0.4, 0.75])
def test_littles_law(load: float) -> None:
    """Requests under way = arrivals per hour times hours per request; and so for the queue alone."""
    chosen = scenario(20_000, load * 24, warm_up=1000, activities={"a": HOUR})
    result = simulate(one_activity(), chosen, ALWAYS, 5)
    assert result.in_system == pytest.approx(result.arrivals_per_hour * result.office_hours.mean, rel=0.01)
    queue = result.roles[0]
    assert queue.queue_mean == pytest.approx(result.arrivals_per_hour * queue.wait_hours, rel=0.01)


def test_constant_service_waits_half_as_long() -> None:
    """Pollaczek-Khinchine: M/D/1 waits half of M/M/1."""
    chosen = scenario(40_000, 0.8 * 24, warm_up=2000, activities={"a": spread("constant", mean="PT1H")})
    assert simulate(one_activity(), chosen, ALWAYS, 6).activities[0].wait_hours == pytest.approx(2.0, rel=0.08)


def test_same_seed_same_result_and_other_seed_another() -> None:
    chosen = scenario(500, 6, activities={"a": HOUR})
    results = [simulate(one_activity(), chosen, OFFICE, seed).to_dict() for seed in (1, 1, 2)]
    assert results[0] == results[1] != results[2]
    assert json.loads(json.dumps(results[0])) == results[0]


def test_progress_is_told_about_a_hundred_times() -> None:
    told: list[tuple[int, int]] = []
    simulate(one_activity(), scenario(1000, 6), OFFICE, 1, lambda *progress: told.append(progress))
    assert told == [(done, 1000) for done in range(10, 1001, 10)]


def test_too_much_work_is_not_stable() -> None:
    chosen = scenario(500, 2 * 7.5, activities={"a": HOUR})
    result = simulate(one_activity(), chosen, OFFICE, 1)
    assert not result.stable and result.bottleneck == "petugas"
    assert result.roles[0].utilisation == pytest.approx(2.0, rel=0.15)
    assert "TIDAK STABIL" in result.to_table()


def test_on_time_is_the_share_below_the_limit() -> None:
    """Uniform over 0 to 2 hours with nobody to wait for, against a limit of 1 hour: one half."""
    chosen = scenario(4000, 5, staff={"petugas": None}, activities={"a": spread("uniform", min="PT0S", max="PT2H")})
    result = simulate(one_activity(quality=limited("PT1H")), chosen, ALWAYS, 3)
    assert result.activities[0].on_time == pytest.approx(0.5, abs=0.03)
    assert result.on_time == pytest.approx(result.activities[0].on_time or 0.0)
    assert result.office_hours.median == pytest.approx(1.0, abs=0.05)


def test_target_of_the_whole_request() -> None:
    chosen = scenario(2000, 5, staff={"petugas": None}, activities={"a": spread("uniform", min="PT0S", max="PT2H")})
    aimed = replace(chosen, target=(parse_duration("PT30M"), "kalender"))
    assert simulate(one_activity(), aimed, ALWAYS, 3).within_target == pytest.approx(0.25, abs=0.03)


def test_only_effort_occupies_people() -> None:
    plan = spread("constant", mean="PT1H")
    half = ActivityPlan(plan.duration, effort=0.25)
    result = simulate(one_activity(), scenario(4000, 12, activities={"a": half}), ALWAYS, 2)
    assert result.roles[0].utilisation == pytest.approx(0.125, rel=0.05)
    assert result.activities[0].hours == pytest.approx(1.0 + result.activities[0].wait_hours, rel=1e-6)


def test_office_time_stands_still_at_night_and_calendar_time_does_not() -> None:
    office = scenario(300, 1, staff={"petugas": None}, activities={"a": spread("constant", mean="P1D")})
    result = simulate(one_activity(), office, OFFICE, 1)
    assert result.office_hours.most == pytest.approx(7.5)
    assert result.calendar_days.mean > 1.0
    calendar = one_activity(quality=limited("P1D", "kalender"))
    by_calendar = simulate(calendar, scenario(300, 1, reading="constant"), OFFICE, 1)
    assert by_calendar.calendar_days.mean == pytest.approx(1.0)
    assert by_calendar.roles == ()


def test_the_requests_own_clock_pauses_with_the_applicant() -> None:
    process = net(
        {"s": "startEvent", "a": "userTask", "b": "userTask", "e": "endEvent"}, ["s -> a", "a -> b", "b -> e"]
    )
    pemohon = replace(process.lanes[0], id="l2", role="pemohon", performer_kind="pemohon")
    process = replace(
        process,
        lanes=(*process.lanes, pemohon),
        nodes={**process.nodes, "b": replace(process.nodes["b"], lane="l2")},
    )
    hour = spread("constant", mean="PT1H")
    result = simulate(process, scenario(200, 1, staff={"petugas": None}, activities={"a": hour, "b": hour}), ALWAYS, 1)
    assert (result.office_hours.mean, result.own_hours.mean) == (pytest.approx(2.0), pytest.approx(1.0))
