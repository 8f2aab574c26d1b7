"""The walk through the diagram: loops, forks, joins, subprocesses, timers, ends."""

from itertools import pairwise

import pytest

from engine.diagram.model import EventDefinition, Process
from engine.simulation.result import SimulationResult
from engine.simulation.scenario import ScenarioRefused
from engine.simulation.simulate import simulate
from small_nets import ALWAYS, limited, net, scenario, spread, timer

HOUR = spread("constant", mean="PT1H")
TWO = spread("constant", mean="PT2H")


def run(process: Process, requests: int = 2000, **more: object) -> SimulationResult:
    return simulate(process, scenario(requests, 4, staff={"petugas": None}, **more), ALWAYS, 11)


def visits(result: SimulationResult) -> dict[str, float]:
    return {activity.element: activity.per_request for activity in result.activities}


def test_a_loop_is_walked_as_often_as_its_weight_says() -> None:
    process = net(
        {"s": "startEvent", "a": "userTask", "g": "exclusiveGateway", "e": "endEvent"},
        ["s -> a", "a -> g", "ya: g -> e", "tidak: g -> a"],
    )
    assert visits(run(process, branches={"g": {"f4": 0.2}}))["a"] == pytest.approx(1.25, abs=0.04)
    assert visits(run(process))["a"] == pytest.approx(2.0, abs=0.1)


def test_a_loop_without_a_way_out_is_refused() -> None:
    process = net(
        {"s": "startEvent", "a": "userTask", "g": "exclusiveGateway", "e": "endEvent"},
        ["s -> a", "a -> g", "g -> e", "g -> a"],
    )
    with pytest.raises(ScenarioRefused) as refused:
        run(process, requests=1, branches={"g": {"f4": 1.0}})
    assert refused.value.errors[0]["field"] == "branches"


def test_a_join_waits_for_the_slowest() -> None:
    nodes = {"s": "startEvent", "f": "parallelGateway", "a": "userTask", "b": "userTask", "j": "parallelGateway"}
    process = net({**nodes, "c": "userTask", "e": "endEvent"}, [
        "s -> f", "f -> a", "f -> b", "a -> j", "b -> j", "j -> c", "c -> e",
    ])  # fmt: skip
    result = run(process, requests=50, activities={"a": HOUR, "b": TWO, "c": HOUR})
    assert visits(result) == {"a": 1, "b": 1, "c": 1}
    assert result.office_hours.most == pytest.approx(3.0)


def test_a_fork_inside_a_loop_joins_each_round() -> None:
    nodes = {"s": "startEvent", "m": "exclusiveGateway", "f": "parallelGateway", "a": "userTask", "b": "userTask"}
    process = net({**nodes, "j": "parallelGateway", "g": "exclusiveGateway", "e": "endEvent"}, [
        "s -> m", "m -> f", "f -> a", "f -> b", "a -> j", "b -> j", "j -> g", "g -> e", "g -> m",
    ])  # fmt: skip
    result = run(process, activities={"a": HOUR, "b": TWO}, branches={"g": {"f9": 0.5}})
    rounds = visits(result)
    assert rounds["a"] == rounds["b"] == pytest.approx(2.0, abs=0.15)
    assert result.office_hours.mean == pytest.approx(2 * rounds["a"])


def test_an_inclusive_join_waits_only_for_what_comes() -> None:
    nodes = {"s": "startEvent", "f": "inclusiveGateway", "a": "userTask", "b": "userTask", "j": "inclusiveGateway"}
    process = net({**nodes, "c": "userTask", "e": "endEvent"}, [
        "s -> f", "f -> a", "f -> b", "a -> j", "b -> j", "j -> c", "c -> e",
    ])  # fmt: skip
    plans = {"a": HOUR, "b": TWO, "c": HOUR}
    result = run(process, activities=plans, branches={"f": {"f2": 1.0, "f3": 0.3}})
    assert visits(result)["c"] == 1
    assert visits(result)["b"] == pytest.approx(0.3, abs=0.04)
    assert result.office_hours.mean == pytest.approx(2.0 + visits(result)["b"])


def test_an_interrupting_timer_cuts_work_off() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "e": "endEvent", "x": "userTask", "e2": "endEvent"}
    watch = {"kind": "boundaryEvent", "attached_to": "a", "events": timer("PT1H"), "interrupting": True}
    process = net({**nodes, "t": watch}, ["s -> a", "a -> e", "t -> x", "x -> e2"])
    result = run(process, activities={"a": spread("uniform", min="PT0S", max="PT4H"), "x": HOUR})
    share = visits(result)
    assert share["a"] == pytest.approx(0.25, abs=0.03)
    assert share["x"] == pytest.approx(0.75, abs=0.03)
    assert result.activities[0].timers_fired == round(share["x"] * 2000)
    assert result.on_time == pytest.approx(share["a"])


def test_a_timer_that_cuts_work_off_sets_people_free() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "e": "endEvent", "e2": "endEvent"}
    watch = {"kind": "boundaryEvent", "attached_to": "a", "events": timer("PT1H"), "interrupting": True}
    process = net({**nodes, "t": watch}, ["s -> a", "a -> e", "t -> e2"])
    result = simulate(process, scenario(300, 20, activities={"a": spread("constant", mean="PT4H")}), ALWAYS, 1)
    assert result.office_hours.most == pytest.approx(1.0)
    assert result.roles[0].busy_mean <= 1.0


def test_a_reminder_goes_beside_the_work() -> None:
    nodes = {"s": "startEvent", "a": "userTask", "e": "endEvent", "x": "userTask", "e2": "endEvent"}
    watch = {"kind": "boundaryEvent", "attached_to": "a", "events": timer("PT1H"), "interrupting": False}
    process = net({**nodes, "t": watch}, ["s -> a", "a -> e", "t -> x", "x -> e2"])
    result = run(process, requests=100, activities={"a": TWO, "x": TWO})
    assert visits(result) == {"a": 1, "x": 1}
    assert result.office_hours.mean == pytest.approx(3.0)


def test_a_breach_that_only_escalates_is_lateness() -> None:
    nodes = {
        "s": "startEvent",
        "a": {"kind": "userTask", "quality": limited("PT1H")},
        "e": "endEvent",
        "e2": "endEvent",
    }
    watch = {"kind": "boundaryEvent", "attached_to": "a", "events": timer("PT1H"), "interrupting": False}
    process = net({**nodes, "t": watch}, ["s -> a", "a -> e", "t -> e2"])
    result = run(process, requests=100, activities={"a": TWO})
    assert result.activities[0].late == 100
    assert result.activities[0].timers_fired == 0


def test_a_subprocess_ends_when_all_in_it_has() -> None:
    nodes = {"s": "startEvent", "u": "subProcess", "c": "userTask", "e": "endEvent"}
    inner = {
        "is": "startEvent",
        "f": "parallelGateway",
        "a": "userTask",
        "b": "userTask",
        "x": "endEvent",
        "y": "endEvent",
    }
    process = net(
        {**nodes, **inner},
        ["s -> u", "u -> c", "c -> e", "is -> f", "f -> a", "f -> b", "a -> x", "b -> y"],
        dict.fromkeys(inner, "u"),
    )
    result = run(process, requests=50, activities={"a": HOUR, "b": TWO, "c": HOUR})
    assert result.office_hours.most == pytest.approx(3.0)


@pytest.mark.parametrize(("kind", "hours"), [("terminate", 1.0), ("error", 2.0)])
def test_terminate_and_error_cut_a_subprocess_off(kind: str, hours: float) -> None:
    nodes = {"s": "startEvent", "u": "subProcess", "e": "endEvent", "h": "userTask", "e2": "endEvent"}
    nodes["t"] = {"kind": "boundaryEvent", "attached_to": "u", "events": (EventDefinition("error"),)}
    inner = {"is": "startEvent", "f": "parallelGateway", "a": "userTask", "b": "userTask", "y": "endEvent"}
    inner["x"] = {"kind": "endEvent", "events": (EventDefinition(kind),)}
    process = net(
        {**nodes, **inner},
        ["s -> u", "u -> e", "t -> h", "h -> e2", "is -> f", "f -> a", "f -> b", "a -> x", "b -> y"],
        dict.fromkeys(inner, "u"),
    )
    result = run(process, requests=50, activities={"a": HOUR, "b": spread("constant", mean="PT9H"), "h": HOUR})
    assert result.office_hours.most == pytest.approx(hours)
    assert visits(result)["h"] == (kind == "error")


@pytest.mark.parametrize(("interrupting", "hours", "rounds"), [(True, 2.5, 2), (False, 9.0, 9)])
def test_a_timer_on_a_subprocess(interrupting: bool, hours: float, rounds: int) -> None:
    nodes = {"s": "startEvent", "u": "subProcess", "e": "endEvent", "e2": "endEvent", "x": "userTask"}
    watch = {"kind": "boundaryEvent", "attached_to": "u", "events": timer("PT2H30M"), "interrupting": interrupting}
    inner = {"is": "startEvent", **{f"a{number}": "userTask" for number in range(9)}, "ie": "endEvent"}
    chain = [f"{one} -> {other}" for one, other in pairwise(inner)]
    process = net(
        {**nodes, "t": watch, **inner}, ["s -> u", "u -> e", "t -> x", "x -> e2", *chain], dict.fromkeys(inner, "u")
    )
    plans = {f"a{number}": HOUR for number in range(9)} | {"x": spread("constant", mean="PT0S")}
    result = run(process, requests=20, activities=plans)
    assert result.office_hours.most == pytest.approx(hours)
    assert visits(result)["x"] == 1
    assert sum(share for key, share in visits(result).items() if key.startswith("a")) == rounds
    assert result.on_time == 0


def test_requests_that_never_end_are_refused() -> None:
    nodes = {"s": "startEvent", "g": "exclusiveGateway", "a": "userTask", "b": "userTask", "j": "parallelGateway"}
    process = net({**nodes, "e": "endEvent"}, ["s -> g", "g -> a", "g -> b", "a -> j", "b -> j", "j -> e"])
    with pytest.raises(ScenarioRefused) as refused:
        run(process, requests=10)
    assert refused.value.errors[0]["field"] == "definition"


def test_links_and_waits() -> None:
    link = (EventDefinition("link", name="L"),)
    nodes = {"s": "startEvent", "w": {"kind": "intermediateCatchEvent", "events": timer("PT3H")}}
    nodes["out"] = {"kind": "intermediateThrowEvent", "events": link}
    nodes["in"] = {"kind": "intermediateCatchEvent", "events": link}
    process = net({**nodes, "a": "userTask", "e": "endEvent"}, ["s -> w", "w -> out", "in -> a", "a -> e"])
    result = run(process, requests=20, activities={"a": HOUR})
    assert result.office_hours.most == pytest.approx(4.0)


def test_what_is_simplified_is_said() -> None:
    process = net(
        {"s": "startEvent", "a": {"kind": "userTask", "name": "Memeriksa"}, "e": "endEvent"}, ["s -> a", "a -> e"]
    )
    assert run(process, requests=5).assumptions == ("Memeriksa: tanpa batas waktu; dianggap paling lama 1 jam.",)
