"""Choices and reach in the diagram: which way a gateway takes, where a scope begins, what can still come. Pure."""

from itertools import accumulate
from random import Random

from engine.diagram.model import Node, Process
from engine.diagram.prepare import starts_by_itself
from engine.simulation.scenario import Scenario


class Choice:
    """The way a decision takes, by the scenario's weights.

    Args:
        process, scenario: flows without a weight share equally what the others leave of 1.
        random: the simulation's stream.
    """

    def __init__(self, process: Process, scenario: Scenario, random: Random) -> None:
        self._random = random
        self._given = scenario.branches
        gateways = [node for node in process.nodes.values() if node.kind.endswith("Gateway") and node.outgoing]
        self._sums = {node.id: list(accumulate(self._weights(node))) for node in gateways}

    def one(self, node: Node) -> str:
        """One flow."""
        return self._random.choices(node.outgoing, cum_weights=self._sums[node.id])[0]

    def some(self, node: Node) -> list[str]:
        """Any flows of an inclusive gateway: each with its weight as probability (a half if none), at least one."""
        given = self._given.get(node.id, {})
        chosen = [flow for flow in node.outgoing if self._random.random() < given.get(flow, 0.5)]
        return chosen or [self.one(node)]

    def _weights(self, node: Node) -> list[float]:
        given = self._given.get(node.id, {})
        others = len(node.outgoing) - len(given)
        rest = max(0.0, 1.0 - sum(given.values())) / others if others else 0.0
        weights = [given.get(flow, rest) for flow in node.outgoing]
        return weights if sum(weights) > 0 else [1.0] * len(weights)


def starts_of(process: Process, scope: str) -> tuple[Node, ...]:
    """Where tokens begin in a process or subprocess: one start event, or everything that begins by itself."""
    nodes = [process.nodes[key] for key in process.scopes[scope].nodes]
    starts = [node for node in nodes if node.kind == "startEvent"]
    plain = [node for node in starts if not node.events]
    if starts:
        return ((plain or starts)[0],)
    return tuple(node for node in nodes if starts_by_itself(node))


def reach_of(process: Process) -> dict[str, frozenset[str]]:
    """For each node, the nodes of its scope that a token on it can reach."""
    targets: dict[str, set[str]] = {key: set() for key in process.nodes}
    for node in process.nodes.values():
        for key in (*node.outgoing, *(flow for event in node.boundary for flow in process.nodes[event].outgoing)):
            targets[node.id].add(process.flows[key].target)
    return {key: _reached(key, targets) for key in targets}


def _reached(start: str, targets: dict[str, set[str]]) -> frozenset[str]:
    seen: set[str] = set()
    todo = [start]
    while todo:
        for target in targets.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return frozenset(seen)
