"""The control flow of one process or subprocess as a net of edges and nodes, and its reduction.

Owns the abstraction: data, time and people are left out, every choice is free. `reduce_net` takes away what cannot go
wrong (sequences, well-formed blocks and loops), so that only the hard core has to be explored by `state_space.py`.
"""

from dataclasses import dataclass, field
from itertools import combinations

from engine.diagram.model import Node, Process, Scope
from engine.diagram.prepare import starts_by_itself

START, _SINK = "⊢", "⊣"
_MANY = 5  # an inclusive split of more branches is explored by its single, full and all-but-one choices


@dataclass(slots=True)
class NetNode:
    """A node of the net.

    Attributes:
        join: "any" takes one token of one edge, "all" one of each edge, "or" what can still arrive.
        choices: the sets of edges that may receive a token when it fires; the empty set ends a path.
        terminates: it takes all other tokens away with it.
    """

    id: str
    join: str = "any"
    choices: list[frozenset[int]] = field(default_factory=list)
    terminates: bool = False


@dataclass(slots=True)
class Edge:
    """An edge and the ids of the elements that were reduced into it."""

    source: str
    target: str
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class Net:
    """Nodes by id and edges by number; `START` fires once."""

    nodes: dict[str, NetNode]
    edges: dict[int, Edge]

    def incoming(self) -> dict[str, list[int]]:
        """Edges by their target."""
        found: dict[str, list[int]] = {key: [] for key in self.nodes}
        for number, edge in self.edges.items():
            found[edge.target].append(number)
        return found


def net_of(process: Process, scope: Scope) -> Net:
    """The net of one scope, its subprocesses being single nodes."""
    nodes = [process.nodes[key] for key in scope.nodes]
    net = Net({START: NetNode(START)}, {})
    edge_of: dict[str, int] = {}
    inside = {node.id for node in nodes if node.kind != "boundaryEvent"}
    for key in scope.flows:
        flow = process.flows[key]
        source = process.nodes.get(flow.source)
        if source is not None and flow.target in inside and source.scope == scope.id:
            edge_of[key] = len(net.edges)
            start = source.attached_to if source.kind == "boundaryEvent" else source.id
            net.edges[len(net.edges)] = Edge(start or source.id, _place(process.nodes[flow.target]))
    links = _add_links(nodes, net)
    for node in nodes:
        if node.id in inside and _place(node) != _SINK:
            net.nodes[node.id] = _net_node(process, node, edge_of, links)
    _add_start(nodes, net)
    net.edges = {n: e for n, e in net.edges.items() if e.source in net.nodes and e.target in net.nodes}
    kept = frozenset(net.edges)
    for one in net.nodes.values():
        one.choices = list(dict.fromkeys(choice & kept for choice in one.choices))
    return net


def _place(node: Node) -> str:
    """Plain end events swallow tokens: edges to them are left out in the end."""
    return _SINK if node.kind == "endEvent" and not _terminates(node) else node.id


def _terminates(node: Node) -> bool:
    return node.kind == "endEvent" and any(event.kind in ("terminate", "error", "cancel") for event in node.events)


def _add_links(nodes: list[Node], net: Net) -> dict[str, int]:
    """A link throw event leads to the link catch event of its name."""
    catches = {e.name: n.id for n in nodes if n.kind == "intermediateCatchEvent" for e in n.events if e.kind == "link"}
    links: dict[str, int] = {}
    for node in nodes:
        for event in node.events:
            if node.kind == "intermediateThrowEvent" and event.kind == "link" and event.name in catches:
                links[node.id] = len(net.edges)
                net.edges[len(net.edges)] = Edge(node.id, catches[event.name])
    return links


def _net_node(process: Process, node: Node, edge_of: dict[str, int], links: dict[str, int]) -> NetNode:
    if node.kind in ("parallelGateway", "inclusiveGateway") and len(node.incoming) > 1:
        join = "all" if node.kind == "parallelGateway" else "or"
    else:
        join = "any"
    linked = links.get(node.id)
    choices = _choices(process, node, edge_of) if linked is None else [frozenset({linked})]
    return NetNode(node.id, join, _with_boundary(process, node, edge_of, choices), _terminates(node))


def _choices(process: Process, node: Node, edge_of: dict[str, int]) -> list[frozenset[int]]:
    """Where tokens may go when a node is left."""
    flows = [process.flows[key] for key in node.outgoing if key in edge_of]
    edges = [edge_of[flow.id] for flow in flows]
    if node.kind in ("exclusiveGateway", "eventBasedGateway"):
        return [frozenset({edge}) for edge in edges] or [frozenset()]
    if node.kind == "inclusiveGateway":
        return _subsets(edges) or [frozenset()]
    if node.kind == "parallelGateway" or not any(flow.condition for flow in flows):
        return [frozenset(edges)]
    conditional = [edge_of[flow.id] for flow in flows if flow.condition and flow.id != node.default]
    always = frozenset(edge_of[f.id] for f in flows if not f.condition and f.id != node.default)
    choices = [always | chosen for chosen in _subsets(conditional)]
    if node.default in edge_of:
        choices.append(always | {edge_of[node.default]})
    elif always:
        choices.append(always)
    return choices


def _subsets(edges: list[int]) -> list[frozenset[int]]:
    if len(edges) <= _MANY:
        return [frozenset(some) for size in range(1, len(edges) + 1) for some in combinations(edges, size)]
    whole = frozenset(edges)
    but_one = [whole - {edge} for edge in edges] if len(edges) <= _MANY * _MANY else []
    return [*(frozenset({edge}) for edge in edges), whole, *but_one]


def _with_boundary(
    process: Process, node: Node, edge_of: dict[str, int], choices: list[frozenset[int]]
) -> list[frozenset[int]]:
    """An interrupting boundary event is another way out; another boundary event may add its tokens once."""
    ways = list(choices)
    for key in node.boundary:
        event = process.nodes[key]
        if any(definition.kind == "compensation" for definition in event.events):
            continue
        out = frozenset(edge_of[flow] for flow in event.outgoing if flow in edge_of)
        if event.interrupting:
            ways.append(out)
        elif out and len(ways) < 64:
            ways += [way | out for way in ways]
    return list(dict.fromkeys(ways))


def _add_start(nodes: list[Node], net: Net) -> None:
    """Of several start events one happens; without start event everything without incoming flow starts together."""
    starts = [node for node in nodes if node.kind == "startEvent"]
    starts += [node for node in nodes if node.instantiate and not node.incoming]
    together = not starts
    if together:
        starts = [node for node in nodes if starts_by_itself(node)]
    numbers = []
    for node in starts:
        number = len(net.edges)
        net.edges[number] = Edge(START, node.id)
        numbers.append(number)
    net.nodes[START].choices = [frozenset(numbers)] if together else [frozenset({number}) for number in numbers]
