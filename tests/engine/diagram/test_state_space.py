"""Exploration: named small diagrams, and random ones against an exhaustive token game written for this test.

The oracle plays on the diagram itself, without reduction, with every interleaving, at most two tokens on a flow.
"""

from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.diagram import state_space
from engine.diagram.model import Process
from engine.diagram.parse import parse_diagram
from engine.diagram.state_space import Verdict, examine

Marking = tuple[tuple[str, int], ...]
KINDS = {"t": "userTask", "x": "exclusiveGateway", "p": "parallelGateway", "i": "inclusiveGateway"}


def process_of(kinds: list[str], arrows: list[tuple[int, int]]) -> Process:
    """Node n is `kinds[n]`; node 0 follows the start, nodes without arrow lead to an end of their own."""
    parts = ['<startEvent id="s"/><sequenceFlow id="fs" sourceRef="s" targetRef="n0"/>']
    for number, kind in enumerate(kinds):
        parts.append(f'<{KINDS[kind]} id="n{number}"/>')
        if all(source != number for source, _ in arrows):
            parts.append(
                f'<endEvent id="e{number}"/><sequenceFlow id="z{number}" sourceRef="n{number}" targetRef="e{number}"/>'
            )
    for number, (source, target) in enumerate(arrows):
        parts.append(f'<sequenceFlow id="f{number}" sourceRef="n{source}" targetRef="n{target}"/>')
    text = f'<process id="p" isExecutable="true">{"".join(parts)}</process>'
    head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">'
    return parse_diagram(f"{head}{text}</definitions>".encode()).main


class Oracle:
    """Every marking of a process, by brute force."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.markings: dict[Marking, set[Marking]] = {}
        self.cut: set[Marking] = set()
        start = self.freeze(Counter(process.nodes["s"].outgoing))
        todo = [start]
        while todo:
            marking = todo.pop()
            if marking in self.markings:
                continue
            assume(len(self.markings) < 1500)
            self.markings[marking] = set(self.moves(Counter(dict(marking)), marking))
            todo += self.markings[marking]

    def freeze(self, tokens: Counter[str]) -> Marking:
        return tuple(sorted((flow, count) for flow, count in tokens.items() if count))

    def moves(self, tokens: Counter[str], marking: Marking) -> list[Marking]:
        found = []
        for node in self.process.nodes.values():
            filled = [flow for flow in node.incoming if tokens[flow]]
            if not filled:
                continue
            joins = len(node.incoming) > 1
            if node.kind == "parallelGateway" and joins:
                takes = [node.incoming] if len(filled) == len(node.incoming) else []
            elif node.kind == "inclusiveGateway" and joins:
                takes = [] if self.awaited(tokens, node.id) else [tuple(filled)]
            else:
                takes = [(flow,) for flow in filled]
            for taken in takes:
                for given_ in self.choices(node.kind, node.outgoing):
                    after = Counter(tokens)
                    after.subtract(taken)
                    after.update(given_)
                    if max(after.values(), default=0) > 2:
                        self.cut.add(marking)
                    else:
                        found.append(self.freeze(after))
        return found

    def choices(self, kind: str, out: tuple[str, ...]) -> list[tuple[str, ...]]:
        if not out:
            return [()]
        if kind == "exclusiveGateway":
            return [(flow,) for flow in out]
        if kind == "inclusiveGateway":
            return [some for size in range(1, len(out) + 1) for some in combinations(out, size)]
        return [out]

    def awaited(self, tokens: Counter[str], join: str) -> bool:
        inputs = self.process.nodes[join].incoming
        filled = [self.behind(flow, join) for flow in inputs if tokens[flow]]
        empty = [self.behind(flow, join) for flow in inputs if not tokens[flow]]
        return any(
            any(flow in reach for reach in empty) and not any(flow in reach for reach in filled)
            for flow, count in tokens.items()
            if count and flow not in inputs
        )

    def behind(self, flow: str, join: str) -> set[str]:
        found, todo = {flow}, [flow]
        while todo:
            source = self.process.flows[todo.pop()].source
            if source != join:
                fresh = set(self.process.nodes[source].incoming) - found
                found |= fresh
                todo += fresh
        return found

    @property
    def stuck(self) -> bool:
        return any(marking and not after and marking not in self.cut for marking, after in self.markings.items())

    @property
    def doubled(self) -> bool:
        merges = [
            node.incoming
            for node in self.process.nodes.values()
            if len(node.incoming) > 1 and node.kind in ("userTask", "exclusiveGateway")
        ]
        return any(
            sum(dict(marking).get(flow, 0) for flow in merge) > 1 for marking in self.markings for merge in merges
        )

    @property
    def endless(self) -> bool:
        ending = {marking for marking, after in self.markings.items() if not after} | self.cut
        while True:
            more = {marking for marking, after in self.markings.items() if marking not in ending and after & ending}
            if not more:
                return len(ending) < len(self.markings)
            ending |= more


def verdict_of(process: Process) -> Verdict:
    return next(iter(examine(process)), Verdict("p"))


def verdict_without_interleaving(process: Process) -> Verdict:
    """As large nets are explored: one node at a time, the most upstream first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state_space, "_EVERY_INTERLEAVING", 0)
        return verdict_of(process)


@st.composite
def processes(draw: st.DrawFn) -> Process:
    kinds = draw(st.lists(st.sampled_from("txxppi"), min_size=2, max_size=9))
    places = st.integers(0, len(kinds) - 1)
    chain = [(number, number + 1) for number in range(len(kinds) - 1) if draw(st.integers(0, 9))]
    extra = draw(st.lists(st.tuples(places, places), max_size=5))
    return process_of(kinds, list(dict.fromkeys(chain + extra)))


@pytest.mark.parametrize("explore", [verdict_of, verdict_without_interleaving])
@settings(max_examples=100, deadline=None)
@given(process=processes())
def test_agrees_with_exhaustive_exploration(explore: Callable[[Process], Verdict], process: Process) -> None:
    oracle = Oracle(process)
    verdict = explore(process)
    assume(verdict.complete)
    assert bool(verdict.stuck) == oracle.stuck
    if not oracle.cut:
        assert bool(verdict.livelock) == oracle.endless


@settings(max_examples=100, deadline=None)
@given(processes())
def test_lack_of_synchronisation_is_found_where_it_is(process: Process) -> None:
    oracle = Oracle(process)
    found = bool(verdict_of(process).doubled)
    assert oracle.doubled or not found
    if not oracle.cut:  # a loop that breeds tokens without end is reduced before they can meet
        assert found == oracle.doubled


@pytest.mark.parametrize(
    ("kinds", "arrows", "stuck"),
    [
        ("xttp", [(0, 1), (0, 2), (1, 3), (2, 3)], ["n3"]),
        ("pttx", [(0, 1), (0, 2), (1, 3), (2, 3)], []),
        ("pttp", [(0, 1), (0, 2), (1, 3), (2, 3)], []),
        ("ittp", [(0, 1), (0, 2), (1, 3), (2, 3)], ["n3"]),
        ("itti", [(0, 1), (0, 2), (1, 3), (2, 3)], []),
    ],
)
def test_classic_pairs_of_gateways(kinds: str, arrows: list[tuple[int, int]], stuck: list[str]) -> None:
    verdict = verdict_of(process_of(list(kinds), arrows))
    assert [found.join for found in verdict.stuck] == stuck
    assert all("n0" in found.path for found in verdict.stuck)
    assert list(verdict.doubled) == (["n3"] if kinds == "pttx" else [])
