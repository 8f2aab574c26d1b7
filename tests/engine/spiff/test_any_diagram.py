"""Diagrams drawn at random without any sense, poked at random: whatever happens is an event or a typed refusal.

No other exception, the fold of the events is the state, a restart changes nothing, and nothing moves after the end.
"""

from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.diagram.model import EventDefinition, MultiInstance, Timer
from engine.errors import AlurError, DiagramRefused
from engine.model import WORKING
from engine.spiff.compile import compile_process
from engine.spiff.run import Execution
from tests.bpmn.builder import Builder
from tests.bpmn.driver import Run

NODES = ("userTask", "userTask", "scriptTask", "serviceTask", "receiveTask", "sendTask", "exclusiveGateway",
         "parallelGateway", "inclusiveGateway", "eventBasedGateway", "intermediateCatchEvent", "intermediateThrowEvent",
         "subProcess", "transaction", "callActivity", "endEvent")  # fmt: skip
CAUGHT = ("timer", "message", "signal", "conditional")
THROWN = ("message", "signal", "escalation", "compensation")
LOOPS = (
    MultiInstance("parallel", cardinality="2"), MultiInstance("sequential", cardinality="2"),
    MultiInstance("parallel", collection="xs", item="x", output_collection="ys", output_item="x"),
    MultiInstance("loop", loop_maximum=2), MultiInstance("parallel", cardinality="3", completion_condition="a"),
)  # fmt: skip


def event(random: Random, kinds: tuple[str, ...]) -> tuple[EventDefinition, ...]:
    kind = random.choice(kinds)
    timer = Timer(*random.choice([("duration", "PT1H"), ("cycle", "R2/PT1H")])) if kind == "timer" else None
    code = random.choice(["E1", "E2", None]) if kind in ("error", "escalation") else None
    return (EventDefinition(kind, name=random.choice("mn"), code=code, timer=timer, condition=random.choice("ab")),)


def fill(random: Random, drawn: Builder, scope: str, depth: int) -> None:
    """Nodes, flows, boundary events and event subprocesses of one scope."""
    keys = [drawn.node("startEvent", f"start_{scope}", scope)]
    for number in range(random.randint(2, 6)):
        keys.append(add(random, drawn, scope, f"{scope}_{number}", depth))
    for key in keys[1:]:
        if random.random() < 0.35 and drawn.nodes[key].kind in ("userTask", "serviceTask", "subProcess", "transaction"):
            kinds = (*CAUGHT, "error", "escalation", "compensation", *(["cancel"] if "tx" in key else []))
            boundary = drawn.node(
                "boundaryEvent", f"b_{key}", scope, attached_to=key, events=event(random, kinds),
                interrupting=random.random() < 0.5, compensates=random.choice(keys[1:]),
            )  # fmt: skip
            keys.append(boundary)
    connect(random, drawn, keys)
    if depth and random.random() < 0.4:
        handler = drawn.node("subProcess", f"es_{scope}", scope, triggered_by_event=True)
        drawn.node(
            "startEvent", f"start_{handler}", handler, interrupting=random.random() < 0.5,
            events=event(random, (*CAUGHT, "error", "escalation", "compensation")),
        )  # fmt: skip
        drawn.chain(f"start_{handler}", drawn.node("userTask", f"u_{handler}", handler))


def add(random: Random, drawn: Builder, scope: str, key: str, depth: int) -> str:
    kind = random.choice(NODES)
    facts: dict[str, Any] = {}
    if kind in ("userTask", "serviceTask", "subProcess", "callActivity") and random.random() < 0.25:
        facts["multi"] = random.choice(LOOPS)
    if kind in ("subProcess", "transaction") and not depth:
        kind = "userTask"
    if kind == "scriptTask":
        kind = "task"  # scripts are covered elsewhere; here only the flow counts
    if kind in ("receiveTask", "sendTask"):
        facts["events"] = event(random, ("message",))
    elif kind == "intermediateCatchEvent":
        facts["events"] = event(random, CAUGHT)
    elif kind == "intermediateThrowEvent" and random.random() < 0.8:
        facts["events"] = event(random, THROWN)
    elif kind == "endEvent" and random.random() < 0.6:
        cancels = ("cancel",) if drawn.nodes.get(scope) and drawn.nodes[scope].kind == "transaction" else ()
        facts["events"] = event(random, (*THROWN, "error", "terminate", *cancels))
    elif kind == "callActivity":
        facts["called"] = random.choice(["P", "lain"])
    key = f"{key}_tx" if kind == "transaction" else key
    drawn.node(kind, key, scope, **facts)
    if kind in ("subProcess", "transaction"):
        fill(random, drawn, key, depth - 1)
    return key


def connect(random: Random, drawn: Builder, keys: list[str]) -> None:
    sources = [key for key in keys if drawn.nodes[key].kind != "endEvent"]
    targets = [key for key in keys if drawn.nodes[key].kind not in ("startEvent", "boundaryEvent")]
    for source in sources:
        for target in random.sample(targets, min(len(targets), random.choice([1, 1, 2, 3]))):
            drawn.flow(source, target, random.choice([None, None, "a", "b", "not(a)"]))


def poke(random: Random, instance: Run) -> None:
    """One random act, such as people, workers, clocks and administrators do."""
    state = instance.state
    tokens = list(state.tokens) or ["1"]
    token = random.choice(tokens)
    values = {"a": random.random() < 0.5, "b": random.random() < 0.5, "xs": [1, 2]}
    element = random.choice(list(instance.program.elements))
    acts: list[Any] = [
        lambda: instance.advance(random.choice([1_800, 3_600, 90_000])),
        lambda: instance.message(random.choice("mn"), **values),
        lambda: instance.signal(random.choice("mn"), **values),
        lambda: instance.do(lambda execution: execution.complete_job(token, values)),
        lambda: instance.do(lambda execution: execution.throw_error(token, "E1")),
        lambda: instance.do(lambda execution: execution.fail_job(token, "gagal", 0)),
        lambda: instance.do(lambda execution: execution.retry(token)),
        lambda: instance.do(lambda execution: execution.modify([element], [token], values)),
        lambda: instance.do(lambda execution: execution.migrate(instance.program, {})),
    ]
    acts += [lambda: instance.do(lambda execution: execution.complete_task(token, values))] * 6
    random.choice(acts)()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_nothing_but_events_and_refusals(seed: int) -> None:
    random = Random(seed)
    drawn = Builder()
    fill(random, drawn, "P", depth=2)
    try:
        program = compile_process(drawn.diagram())
    except DiagramRefused as refusal:
        assert all(error["element"] for error in refusal.errors)
        return
    runs = [Run(program, limit=60), Run(program, limit=60, restart=True)]
    ends = [play(Random(seed), instance) for instance in runs]
    assert ends[0] == ends[1]
    assert runs[0].state.to_json() == runs[1].state.to_json()
    check(runs[0])


def play(random: Random, instance: Run) -> list[Any]:
    refusals: list[Any] = []
    for number in range(15):
        try:
            if number == 0:
                instance.start({"a": True, "b": False, "xs": [1, 2]})
            else:
                poke(random, instance)
        except AlurError as refusal:
            refusals.append((number, refusal.code))
            if number == 0:
                break
        if len(instance.state.tokens) > 200:  # a diagram that makes ever more tokens; the bound has its own test
            break
    return [*refusals, [(event.type, event.element_id) for event in instance.events]]


def check(instance: Run) -> None:
    """What must be true of any state."""
    state = instance.state
    if state.status not in WORKING:
        assert (state.tokens, state.timers, state.watching) == ({}, {}, {})
        if state.status in ("completed", "cancelled"):
            assert not Execution.deliver_message(_execution(instance), "m", None, {})
        return
    assert state.tokens
    assert all(held.phase in ("task", "job", "wait", "host", "undo", "flow") or held.incident
               for held in state.tokens.values())  # fmt: skip
    owners = {*state.tokens, *state.scopes}
    assert all(watch.token in owners for watch in [*state.timers.values(), *state.watching.values()])
    assert all(key in state.tokens or key == "0" for key in state.scopes)


def _execution(instance: Run) -> Execution:
    found: list[Execution] = []
    instance.do(found.append)
    return found[0]
