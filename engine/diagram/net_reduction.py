"""Reduces a net without changing whether it is sound: sequences, parallel edges, simple loops, nested gateways, sinks.

Owns the reduction rules (those of Sadiq and Orlowska for structured flow, on free-choice nets) and nothing else.
"""

from engine.diagram.control_flow import START, Edge, Net, NetNode

Links = dict[str, list[int]]
_MATCHING = frozenset({("all", "all"), ("one", "any"), ("some", "or"), ("one", "or"), ("all", "or")})


def reduce_net(net: Net) -> None:
    """Applies the rules in place until none applies. Each application removes an edge, so it ends."""
    work = list(net.nodes)
    while work:
        incoming, outgoing = net.incoming(), _outgoing(net)
        before = len(net.edges)
        for key in work:
            if key in net.nodes and key != START:
                _reduce_node(net, key, incoming, outgoing)
        work = list(net.nodes) if len(net.edges) < before else []


def _outgoing(net: Net) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {key: [] for key in net.nodes}
    for number, edge in net.edges.items():
        found[edge.source].append(number)
    return found


def split_of(node: NetNode, out: list[int]) -> str:
    """How a node hands out tokens: at most "one" of its edges, "all", "some", or "mixed"."""
    choices = set(node.choices)
    if choices == {frozenset(out)}:
        return "all"
    if all(len(choice) <= 1 for choice in choices):
        return "one"
    if len(choices) == 2 ** len(out) - 1 and frozenset() not in choices:
        return "some"
    return "mixed"


def _reduce_node(net: Net, key: str, incoming: Links, outgoing: Links) -> None:
    node, ins, outs = net.nodes[key], incoming[key], outgoing[key]
    if node.terminates:
        return
    if not outs and len(ins) == 1:
        _swallow(net, key, ins[0], incoming, outgoing)
        return
    if _drop_parallel(net, node, incoming, outgoing) or _drop_self_loop(net, node, incoming, outgoing):
        return
    if len(outs) == 1 and split_of(node, outs) == "all":
        target = net.edges[outs[0]].target
        if target == key:
            return
        if len(ins) == 1:
            _bypass(net, key, ins[0], outs[0], incoming, outgoing)
        elif len(incoming[target]) == 1 and not net.nodes[target].terminates:
            _absorb(net, node, outs[0], incoming, outgoing)
    elif len(ins) == 1:
        _merge_backward(net, node, ins[0], incoming, outgoing)


def _swallow(net: Net, key: str, edge: int, incoming: Links, outgoing: Links) -> None:
    """A node behind which nothing comes: a token on its edge is as good as gone."""
    source = net.nodes[net.edges[edge].source]
    source.choices = list(dict.fromkeys(choice - {edge} for choice in source.choices))
    outgoing[source.id].remove(edge)
    del net.edges[edge], net.nodes[key], incoming[key], outgoing[key]


def _bypass(net: Net, key: str, into: int, out: int, incoming: Links, outgoing: Links) -> None:
    """Removes a node with one way in and one way out: its incoming edge leads to where it led."""
    before, after = net.edges[into], net.edges[out]
    net.edges[into] = Edge(before.source, after.target, (*before.path, key, *after.path))
    incoming[after.target] = [into if number == out else number for number in incoming[after.target]]
    del net.edges[out], net.nodes[key], incoming[key], outgoing[key]


def _absorb(net: Net, node: NetNode, edge: int, incoming: Links, outgoing: Links) -> None:
    """A merge or join takes over the choices of the only node behind it."""
    target, path = net.edges[edge].target, net.edges[edge].path
    for number in outgoing[target]:
        old = net.edges[number]
        net.edges[number] = Edge(node.id, old.target, (*path, target, *old.path))
    node.choices = net.nodes[target].choices
    outgoing[node.id] = outgoing.pop(target)
    del net.edges[edge], net.nodes[target], incoming[target]


def _merge_backward(net: Net, node: NetNode, edge: int, incoming: Links, outgoing: Links) -> None:
    """A choice right behind a choice is one choice; a fork right behind a fork is one fork."""
    source = net.nodes[net.edges[edge].source]
    kind = split_of(node, outgoing[node.id])
    if source is node or not outgoing[node.id] or kind not in ("one", "all"):
        return
    if kind != split_of(source, outgoing[source.id]):
        return
    path = net.edges[edge].path
    for number in outgoing[node.id]:
        old = net.edges[number]
        net.edges[number] = Edge(source.id, old.target, (*path, node.id, *old.path))
    moved = outgoing.pop(node.id)
    outgoing[source.id] = [*(other for other in outgoing[source.id] if other != edge), *moved]
    every = outgoing[source.id]
    if kind == "one":
        rest = (choice for choice in source.choices if choice != {edge})
        source.choices = list(dict.fromkeys((*rest, *node.choices)))
    else:
        source.choices = [frozenset(every)]
    del net.edges[edge], net.nodes[node.id], incoming[node.id]


def _drop_parallel(net: Net, node: NetNode, incoming: Links, outgoing: Links) -> bool:
    """Several edges from one split to the matching join count as one."""
    outs = outgoing[node.id]
    kind = split_of(node, outs) if len(outs) > 1 else ""
    seen: set[str] = set()
    doubled: set[int] = set()
    for number in outs:
        target = net.edges[number].target
        if target in seen and (kind, net.nodes[target].join) in _MATCHING:
            doubled.add(number)
        seen.add(target)
    _drop(net, node, doubled, incoming, outgoing)
    return bool(doubled)


def _drop_self_loop(net: Net, node: NetNode, incoming: Links, outgoing: Links) -> bool:
    """A choice that may come back to itself, or to the merge right before it, is a loop that can be left."""
    outs = outgoing[node.id]
    if len(node.choices) < 2 or split_of(node, outs) != "one" or node.join != "any" or not incoming[node.id]:
        return False
    before = net.edges[incoming[node.id][0]].source if len(incoming[node.id]) == 1 else ""
    merge = net.nodes.get(before)
    returns_to = {node.id}
    if merge is not None and merge.join == "any" and len(outgoing[before]) == 1 and before != START:
        returns_to.add(before)
    back = {number for number in outs if net.edges[number].target in returns_to}
    if len(node.choices) == len(back):
        back.pop()  # a loop that nothing leaves stays, to be found
    _drop(net, node, back, incoming, outgoing)
    return bool(back)


def _drop(net: Net, node: NetNode, numbers: set[int], incoming: Links, outgoing: Links) -> None:
    """Takes edges away from a node and from the choices that hold them."""
    if not numbers:
        return
    for target in {net.edges[number].target for number in numbers}:
        incoming[target] = [number for number in incoming[target] if number not in numbers]
    outgoing[node.id] = [number for number in outgoing[node.id] if number not in numbers]
    node.choices = list(dict.fromkeys(way - numbers for way in node.choices if not way or not way <= numbers))
    for number in numbers:
        del net.edges[number]
