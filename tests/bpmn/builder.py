"""Builds diagrams as values, without XML, for tests that need many of them."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import Any

from engine.diagram.model import Diagram, EventDefinition, Flow, Node, Process, Scope, Timer


class Builder:
    """Collects nodes and flows of one process; `diagram()` completes incoming, outgoing, boundary and scopes."""

    def __init__(self, process: str = "P") -> None:
        self.process = process
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.scopes: dict[str, str | None] = {process: None}

    def node(self, kind: str, key: str, scope: str | None = None, **facts: Any) -> str:
        self.nodes[key] = Node(id=key, kind=kind, scope=scope or self.process, **facts)
        if kind in ("subProcess", "transaction"):
            self.scopes[key] = scope or self.process
        return key

    def flow(self, source: str, target: str, condition: str | None = None, key: str | None = None) -> str:
        key = key or f"f{len(self.flows)}_{source}_{target}"
        self.flows[key] = Flow(key, source, target, condition=condition, scope=self.nodes[source].scope)
        return key

    def chain(self, *keys: str) -> None:
        for source, target in pairwise(keys):
            self.flow(source, target)

    def timer(self, host: str, key: str, duration: str, *, interrupting: bool = True, kind: str = "duration") -> str:
        event = EventDefinition("timer", timer=Timer(kind, duration))
        return self.node(
            "boundaryEvent", key, self.nodes[host].scope, events=(event,), attached_to=host, interrupting=interrupting
        )

    def diagram(self) -> Diagram:
        incoming, outgoing, boundary = defaultdict(list), defaultdict(list), defaultdict(list)
        for flow in self.flows.values():
            outgoing[flow.source].append(flow.id)
            incoming[flow.target].append(flow.id)
        for node in self.nodes.values():
            if node.attached_to:
                boundary[node.attached_to].append(node.id)
        nodes = {
            key: replace(
                node, incoming=tuple(incoming[key]), outgoing=tuple(outgoing[key]), boundary=tuple(boundary[key])
            )
            for key, node in self.nodes.items()
        }
        scopes = {
            key: Scope(
                key, parent, tuple(n.id for n in nodes.values() if n.scope == key),
                tuple(f.id for f in self.flows.values() if f.scope == key),
            )
            for key, parent in self.scopes.items()
        }  # fmt: skip
        return Diagram((Process(self.process, "", scopes, nodes, self.flows),))
