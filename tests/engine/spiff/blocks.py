"""Random sound processes and a small token game that plays them, written without looking at `engine/spiff`.

A block is a tuple: ("task",), ("seq", …blocks), ("xor" | "and" | "or", …blocks), ("loop", block), ("sub", block),
("graph", edges) - a state machine of tasks and exclusive gateways without structure. Decisions are read from variables:
gateway `g7` takes the branch whose number is in `d_g7` (or the bits of it, for "or").
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from engine.diagram.model import Diagram
from tests.bpmn.builder import Builder

Block = tuple[Any, ...]


def blocks(loops: bool = True, inclusive: bool = True, graphs: bool = True) -> st.SearchStrategy[Block]:
    """Random blocks, about ten tasks each."""
    leaf = st.just(("task",))
    if graphs:
        edges = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=5)
        leaf = st.one_of(leaf, leaf, st.tuples(st.just("graph"), edges))

    def grow(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        several = st.lists(inner, min_size=2, max_size=3)
        kinds = ["seq", "xor", "and"] + (["or"] if inclusive else [])
        options = [several.map(lambda found, kind=kind: (kind, *found)) for kind in kinds]
        options.append(inner.map(lambda found: ("sub", found)))
        if loops:
            options.append(inner.map(lambda found: ("loop", found)))
        return st.one_of(options)

    return st.recursive(leaf, grow, max_leaves=8)


@dataclass
class Drawn:
    """A drawn block: the diagram, and for the game each node's kind and numbered outgoing edges."""

    builder: Builder
    kinds: dict[str, str] = field(default_factory=dict)
    edges: dict[str, list[str]] = field(default_factory=dict)
    needs: dict[str, int] = field(default_factory=dict)  # joins: how many tokens, 0 = as many as its split sent
    partner: dict[str, str] = field(default_factory=dict)  # inclusive split -> its join
    count: int = 0

    def add(self, kind: str, scope: str, name: str = "n") -> str:
        self.count += 1
        key = f"{name}{self.count}"
        drawn = {"task": "userTask", "xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway",
                 "start": "startEvent", "end": "endEvent", "sub": "subProcess"}[kind]  # fmt: skip
        self.builder.node(drawn, key, scope)
        self.kinds[key], self.edges[key] = kind, []
        return key

    def connect(self, source: str, target: str, condition: str | None = None) -> None:
        self.builder.flow(source, target, condition)
        self.edges[source].append(target)

    @property
    def deciding(self) -> list[str]:
        return [key for key, kind in self.kinds.items() if kind in ("xor", "or") and len(self.edges[key]) > 1]


def draw(block: Block) -> tuple[Drawn, Diagram]:
    """The block as a process between a start and an end event."""
    drawn = Drawn(Builder())
    start = drawn.add("start", "P")
    first, last = _draw(drawn, block, "P")
    end = drawn.add("end", "P")
    drawn.connect(start, first)
    drawn.connect(last, end)
    return drawn, drawn.builder.diagram()


def _draw(drawn: Drawn, block: Block, scope: str) -> tuple[str, str]:
    kind, *parts = block
    if kind == "task":
        key = drawn.add("task", scope, "t")
        return key, key
    if kind == "seq":
        ends = [_draw(drawn, part, scope) for part in parts]
        for (_, last), (first, _) in pairwise(ends):
            drawn.connect(last, first)
        return ends[0][0], ends[-1][1]
    if kind == "loop":
        merge, decide = drawn.add("xor", scope), drawn.add("xor", scope)
        first, last = _draw(drawn, parts[0], scope)
        drawn.connect(merge, first)
        drawn.connect(last, decide)
        drawn.connect(decide, merge, f"d_{decide} = 0")
        after = drawn.add("xor", scope)
        drawn.connect(decide, after, f"d_{decide} > 0")
        return merge, after
    if kind == "sub":
        outer = drawn.add("sub", scope)
        start = drawn.add("start", outer)
        first, last = _draw(drawn, parts[0], outer)
        end = drawn.add("end", outer)
        drawn.connect(start, first)
        drawn.connect(last, end)
        drawn.partner[outer], drawn.partner[end] = start, outer
        return outer, outer
    if kind == "graph":
        return _draw_graph(drawn, parts[0], scope)
    split, join = drawn.add(kind, scope), drawn.add(kind, scope)
    drawn.needs[join] = len(parts) if kind == "and" else 0
    drawn.partner[split] = join
    for index, part in enumerate(parts):
        first, last = _draw(drawn, part, scope)
        condition = {"xor": f"d_{split} = {index}", "and": None, "or": f"b_{split}_{index}"}[kind]
        drawn.connect(split, first, condition)
        drawn.connect(last, join)
    return split, join


def _draw_graph(drawn: Drawn, edges: list[tuple[int, int]], scope: str) -> tuple[str, str]:
    """Five tasks in a row, each followed by a gateway that may also jump along `edges` (5 = the end)."""
    tasks = [drawn.add("task", scope, "t") for _ in range(5)]
    gates = [drawn.add("xor", scope) for _ in range(5)]
    last = drawn.add("xor", scope)
    for index, (task, gate) in enumerate(zip(tasks, gates, strict=True)):
        drawn.connect(task, gate)
        targets = [[*tasks, last][index + 1], *([*tasks, last][to] for source, to in edges if source == index)]
        for number, target in enumerate(targets):
            drawn.connect(gate, target, f"d_{gate} = {number}" if len(targets) > 1 else None)
    return tasks[0], last


class Game:
    """The token game: a multiset of open tasks and counters at joins."""

    def __init__(self, drawn: Drawn, choose: Callable[[str], int]) -> None:
        self.drawn, self.choose = drawn, choose
        self.open: Counter[str] = Counter()
        self.arrived: Counter[str] = Counter()
        self.sent: dict[str, int] = {}
        self.over = False
        self._move(next(key for key, kind in drawn.kinds.items() if kind == "start"))

    def complete(self, task: str) -> None:
        self.open[task] -= 1
        self._on(task)

    @property
    def tasks(self) -> list[str]:
        return sorted(self.open.elements())

    def _on(self, key: str) -> None:
        for target in self.drawn.edges[key]:
            self._move(target)

    def _move(self, key: str) -> None:
        drawn, kind = self.drawn, self.drawn.kinds[key]
        edges = drawn.edges[key]
        if kind == "task":
            self.open[key] += 1
        elif kind == "sub":
            self._move(drawn.partner[key])
        elif kind == "end":
            if key in drawn.partner:
                self._on(drawn.partner[key])
            else:
                self.over = True
        elif key in drawn.needs and kind in ("and", "or"):
            self.arrived[key] += 1
            if self.arrived[key] == (drawn.needs[key] or self.sent[key]):
                self.arrived[key] = 0
                self._on(key)
        elif kind == "xor" and len(edges) > 1:
            self._move(edges[self.choose(key)])
        elif kind == "or":
            chosen = [target for index, target in enumerate(edges) if self.choose(key) >> index & 1]
            self.sent[drawn.partner[key]] = len(chosen)
            for target in chosen:
                self._move(target)
        else:
            self._on(key)
