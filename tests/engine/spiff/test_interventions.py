"""Suspension, cancelling, modifying, migrating, retrying: what `Execution` allows and refuses."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from engine.diagram.model import EventDefinition
from engine.errors import InvalidInput, NotFound, WrongState
from engine.model import State
from engine.spiff.compile import compile_process
from engine.spiff.program import Program
from engine.spiff.run import Execution
from tests.bpmn.builder import Builder
from tests.bpmn.driver import START, TIMING, Run


def two_tasks(first: str = "a", second: str = "b", timer: str | None = None) -> Program:
    drawn = Builder()
    drawn.chain(
        drawn.node("startEvent", "s"), drawn.node("userTask", first), drawn.node("userTask", second),
        drawn.node("endEvent", "e"),
    )  # fmt: skip
    if timer:
        drawn.timer(first, "t", timer)
        drawn.flow("t", "e")
    return compile_process(drawn.diagram())


def token(instance: Run, element: str) -> str:
    return next(key for key, held in instance.state.tokens.items() if held.element == element)


def test_an_unknown_or_done_task_is_not_found() -> None:
    instance = Run(two_tasks()).start()
    first = token(instance, "a")
    instance.complete("a")
    for key in (first, "99"):
        with pytest.raises(NotFound):
            instance.do(lambda execution, key=key: execution.complete_task(key, {}))


def test_a_suspended_instance_takes_nothing() -> None:
    instance = Run(two_tasks(timer="PT1H")).start()
    instance.do(lambda execution: execution.record("instance_suspended", reason="diperiksa"))
    before = instance.state.to_json()
    with pytest.raises(WrongState):
        instance.complete("a")
    assert instance.do(lambda execution: execution.fire_timer("2:t")) is False
    assert not instance.message("m")
    assert not instance.signal("s")
    assert instance.state.to_json() == before
    instance.do(lambda execution: execution.record("instance_resumed"))
    instance.complete("a")
    assert instance.ready == ["b"]


def test_an_ended_instance_cannot_be_cancelled_or_started() -> None:
    instance = Run(two_tasks()).start()
    instance.do(lambda execution: execution.cancel("tidak jadi"))
    assert instance.types[-2:] == ["element_cancelled", "instance_cancelled"]
    with pytest.raises(WrongState):
        instance.do(lambda execution: execution.cancel("lagi"))
    with pytest.raises(WrongState):
        instance.start()


def test_a_timer_that_is_armed_no_more_says_so() -> None:
    instance = Run(two_tasks(timer="PT1H")).start()
    timer = next(iter(instance.state.timers))
    instance.complete("a")
    assert instance.do(lambda execution: execution.fire_timer(timer)) is False


@pytest.mark.parametrize("start_event", ["e", "tidak_ada"])
def test_only_start_events_start(start_event: str) -> None:
    with pytest.raises(InvalidInput):
        Run(two_tasks()).start(start_event=start_event)


def test_several_starts_and_none_chosen_is_refused_naming_them() -> None:
    drawn = Builder()
    for key in ("m1", "m2"):
        drawn.node("startEvent", key, events=(EventDefinition("message", name=key),))
        drawn.chain(key, drawn.node("userTask", f"u_{key}"))
    program = compile_process(drawn.diagram())
    with pytest.raises(InvalidInput, match="'m1', 'm2'"):
        Run(program).start()
    assert Run(program).start(start_event="m2").ready == ["u_m2"]
    assert [(start.element, start.kind, start.name) for start in program.starts] == [
        ("m1", "message", "m1"), ("m2", "message", "m2"),
    ]  # fmt: skip


def test_retry_needs_an_incident() -> None:
    instance = Run(two_tasks()).start()
    with pytest.raises(NotFound):
        instance.do(lambda execution: execution.retry(token(instance, "a")))


@pytest.mark.parametrize(
    ("change", "error"),
    [({"activate": ["tidak_ada"]}, InvalidInput), ({"cancel": ["99"]}, NotFound), ({"activate": ["t"]}, InvalidInput)],
)
def test_an_impossible_modification_changes_nothing(change: Mapping[str, Any], error: type[Exception]) -> None:
    instance = Run(two_tasks(timer="PT1H")).start()
    before = instance.state.to_json()
    execution = Execution(instance.program, instance.state, now=START, timing=TIMING)
    with pytest.raises(error):
        execution.modify(**change)
    assert instance.state.to_json() == before
    assert execution.events == []


def test_migration_renames_what_is_open_and_arms_its_timers_anew() -> None:
    instance = Run(two_tasks(timer="PT1H")).start()
    newer = two_tasks(first="periksa", timer="PT3H")
    instance.do(lambda execution: execution.migrate(newer, {"a": "periksa"}, reason="salah gambar"))
    migrated = next(event.data for event in instance.events if event.type == "instance_migrated")
    assert migrated == {"elements": {"a": "periksa"}, "reason": "salah gambar"}
    assert instance.ready == ["periksa"]
    assert [timer.due_at for timer in instance.state.timers.values()] == ["2026-03-05T04:00:00.000000Z"]
    instance.complete("periksa")
    instance.complete("b")
    assert instance.completed


def test_migration_refuses_what_has_no_place_and_names_it() -> None:
    instance = Run(two_tasks()).start()
    before = instance.state.to_json()
    for mapping in ({}, {"a": "tidak_ada"}, {"a": "e"}):
        with pytest.raises(InvalidInput, match="not for: a") as refusal:
            instance.do(lambda execution, to=mapping: execution.migrate(two_tasks(first="periksa"), to))
        assert [error["field"] for error in refusal.value.errors] == ["mapping.a"]
    assert instance.state.to_json() == before


def test_a_called_process_of_another_file() -> None:
    drawn = Builder()
    drawn.chain(
        drawn.node("startEvent", "s"), drawn.node("callActivity", "k", called="lain"), drawn.node("endEvent", "e")
    )
    called = two_tasks()
    instance = Run(compile_process(drawn.diagram()), resolve=lambda key: called, restart=True).start({"x": 1})
    task = next(iter(instance.state.tasks().values()))
    assert (task.element_id, task.process) == ("a", "lain")
    instance.complete("a", {"y": 2})
    instance.complete("b")
    assert instance.completed
    assert instance.state.variables == {"jejak": [], "x": 1, "y": 2}


def test_a_called_version_is_found_again_by_its_key() -> None:
    drawn = Builder()
    drawn.chain(drawn.node("startEvent", "s"), drawn.node("callActivity", "k", called="lain"))
    versions = {"lain@1": two_tasks(), "lain@2": two_tasks("x", "y")}
    newest = [replace(versions["lain@1"], key="lain@1")]
    instance = Run(
        compile_process(drawn.diagram()),
        resolve=lambda key: newest[0] if key == "lain" else versions[key],
        restart=True,
    )
    instance.start()
    newest[0] = replace(versions["lain@2"], key="lain@2")
    instance.complete("a")
    assert instance.ready == ["b"]


def test_one_program_serves_many_instances() -> None:
    program = two_tasks()
    states = [State() for _ in range(3)]
    for number, state in enumerate(states):
        Execution(program, state, now=START, timing=TIMING).start({"n": number})
    Execution(program, states[1], now=START, timing=TIMING).complete_task("2", {})
    assert [next(iter(state.tasks().values())).element_id for state in states] == ["a", "b", "a"]
    assert [state.variables["n"] for state in states] == [0, 1, 2]


def test_a_diagram_that_makes_ever_more_tokens_is_stopped() -> None:
    drawn = Builder()
    drawn.chain(drawn.node("startEvent", "s"), drawn.node("exclusiveGateway", "m"), drawn.node("parallelGateway", "g"))
    drawn.flow("g", "m")
    drawn.flow("g", drawn.node("userTask", "u"))
    instance = Run(compile_process(drawn.diagram()), limit=100_000, check_fold=False).start()
    assert len(instance.state.tokens) <= 5_010
    assert {code for _, code in instance.incidents} == {"too_many_tokens"}
