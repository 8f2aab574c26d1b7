"""Plays the token game of a control flow to its end, within a bound, and says what can go wrong.

Owns the exploration: deadlock, joins that never fire, tokens left behind, lack of synchronisation, livelock. It knows
nets, not BPMN; messages are the rules' job. Small nets are explored with every interleaving. Larger ones fire one node
at a time, the most upstream first: no two nodes share an edge, so no deadlock is missed by that.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.diagram.control_flow import START, Net, NetNode, net_of
from engine.diagram.model import Process, Scope
from engine.diagram.net_reduction import reduce_net

BOUND = 50_000
_WORK = 2_000_000  # markings times edges: large nets stop earlier, so that validation stays below a second
_EVERY_INTERLEAVING = 2_000
_MOST_FLOWS = 5_000
_MOST_TOKENS = 2  # on one edge; more would only repeat what two show

Marking = bytes
Origin = tuple[Marking, str, tuple[int, ...]]
"""The marking before, the node that fired, the places it gave tokens to."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A join that waits for ever: which, along which path, and whether it fired before in that run or ever."""

    join: str
    path: tuple[str, ...]
    fired_before: bool
    fires_ever: bool


@dataclass(slots=True)
class Verdict:
    """What exploring one scope showed. `complete` is False when the bound was reached."""

    scope: str
    stuck: list[Stuck] = field(default_factory=list)
    doubled: dict[str, tuple[str, ...]] = field(default_factory=dict)  # merge -> path
    livelock: tuple[str, ...] = ()
    states: int = 0
    complete: bool = True


def examine(process: Process) -> tuple[Verdict, ...]:
    """The verdict on every process and subprocess whose flow is not trivially sound."""
    return tuple(filter(None, (_examine_scope(process, scope) for scope in process.scopes.values())))


def _examine_scope(process: Process, scope: Scope) -> Verdict | None:
    if any(process.nodes[key].kind == "complexGateway" for key in scope.nodes):
        return None
    host = process.nodes.get(scope.id)
    if not scope.nodes or (host is not None and host.kind == "adHocSubProcess"):
        return None
    if len(scope.flows) > _MOST_FLOWS:
        return Verdict(scope.id, complete=False)
    net = net_of(process, scope)
    if not any(net.nodes[START].choices):
        return None
    reduce_net(net)
    if not net.edges:
        return None
    exploration = _Exploration(net, every_interleaving=True)
    if not exploration.run(_EVERY_INTERLEAVING):
        exploration = _Exploration(net, every_interleaving=False)
        exploration.run(min(BOUND, _WORK // len(net.edges)))
    return exploration.verdict(scope.id)


class _Exploration:
    """One breadth-first walk over the markings of a net."""

    def __init__(self, net: Net, *, every_interleaving: bool) -> None:
        self.net = net
        self.every_interleaving = every_interleaving
        self.numbers = {number: place for place, number in enumerate(net.edges)}
        self.edges = list(net.edges.values())
        self.inputs = {key: [self.numbers[n] for n in found] for key, found in net.incoming().items()}
        self.rank = {key: rank for rank, key in enumerate(self._upstream_first())}
        self.reach = self._reach()
        self.before: dict[Marking, Origin] = {}
        self.after: dict[Marking, list[Marking]] = {}
        self.final: list[Marking] = []
        self.dead: list[Marking] = []
        self.cut: set[Marking] = set()
        self.fired: set[str] = set()
        self.doubled: dict[str, Marking] = {}
        self.merges = [key for key, node in net.nodes.items() if node.join == "any" and len(self.inputs[key]) > 1]
        self.complete = True

    def _upstream_first(self) -> list[str]:
        """Node ids in reverse postorder from the start."""
        targets: dict[str, list[str]] = {key: [] for key in self.net.nodes}
        for edge in self.edges:
            targets[edge.source].append(edge.target)
        order: list[str] = []
        seen = {START}
        stack = [(START, iter(targets[START]))]
        while stack:
            key, rest = stack[-1]
            following = next((target for target in rest if target not in seen), None)
            if following is None:
                order.append(key)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(targets[following])))
        return order[::-1]

    def _reach(self) -> dict[str, list[frozenset[int]]]:
        """For every inclusive join and each of its edges: the edges from which a token can come there."""
        reach: dict[str, list[frozenset[int]]] = {}
        for key, node in self.net.nodes.items():
            if node.join == "or":
                reach[key] = [self._behind(place, key) for place in self.inputs[key]]
        return reach

    def _behind(self, place: int, join: str) -> frozenset[int]:
        found = {place}
        open_places = [place]
        while open_places:
            source = self.edges[open_places.pop()].source
            if source != join:
                fresh = [other for other in self.inputs[source] if other not in found]
                found.update(fresh)
                open_places.extend(fresh)
        return frozenset(found)

    def run(self, bound: int) -> bool:
        """Explores at most `bound` markings; whether that was everything."""
        queue: deque[Marking] = deque()
        empty = bytes(len(self.edges))
        for choice in self.net.nodes[START].choices:
            places = tuple(self.numbers[number] for number in choice if number in self.numbers)
            tokens = bytearray(empty)
            for place in places:
                tokens[place] = 1
            self._visit(bytes(tokens), (empty, START, places), queue)
            self._note_doubled(bytes(tokens))
        while queue:
            if len(self.before) > bound:
                self.complete = False
                return False
            # Depth first reaches the ends, and with them the deadlocks, before the bound does.
            marking = queue.popleft() if self.every_interleaving else queue.pop()
            self._expand(marking, queue)
        return True

    def _visit(self, marking: Marking, origin: Origin, queue: deque[Marking]) -> None:
        if marking not in self.before:
            self.before[marking] = origin
            queue.append(marking)

    def _expand(self, marking: Marking, queue: deque[Marking]) -> None:
        if not any(marking):
            self.final.append(marking)
            return
        following: list[Marking] = []
        self.after[marking] = following
        enabled = False
        candidates = {self.edges[place].target for place, count in enumerate(marking) if count}
        for key in sorted(candidates, key=self.rank.__getitem__):
            moves = list(self._moves(marking, self.net.nodes[key]))
            if not moves:
                continue
            enabled = True
            self.fired.add(key)
            for taken, choice in moves:
                given = tuple(self.numbers[number] for number in choice)
                ends = self.net.nodes[key].terminates
                reached = bytes(len(marking)) if ends else self._moved(marking, taken, given)
                if reached is None:
                    self.cut.add(marking)
                    continue
                following.append(reached)
                self._visit(reached, (marking, key, given), queue)
                self._note_doubled(reached)
            if not self.every_interleaving:
                break
        if not enabled:
            self.dead.append(marking)

    def _moves(self, marking: Marking, node: NetNode) -> Iterator[tuple[tuple[int, ...], frozenset[int]]]:
        inputs = self.inputs[node.id]
        filled = [place for place in inputs if marking[place]]
        if not filled:
            return
        taken_sets: list[tuple[int, ...]]
        if node.join == "any":
            taken_sets = [(place,) for place in filled]
        elif node.join == "all":
            taken_sets = [tuple(inputs)] if len(filled) == len(inputs) else []
        else:
            taken_sets = [] if self._awaited(marking, node.id) else [tuple(filled)]
        for taken in taken_sets:
            for choice in node.choices:
                yield taken, choice

    def _awaited(self, marking: Marking, join: str) -> bool:
        """BPMN 2.0.2, 13.4.3: a token elsewhere can reach an empty edge of the join and no filled one."""
        inputs = self.inputs[join]
        filled = [reach for place, reach in zip(inputs, self.reach[join], strict=True) if marking[place]]
        empty = [reach for place, reach in zip(inputs, self.reach[join], strict=True) if not marking[place]]
        elsewhere = [place for place, count in enumerate(marking) if count and place not in inputs]
        return any(
            any(place in reach for reach in empty) and not any(place in reach for reach in filled)
            for place in elsewhere
        )

    def _moved(self, marking: Marking, taken: tuple[int, ...], given: tuple[int, ...]) -> Marking | None:
        tokens = bytearray(marking)
        for place in taken:
            tokens[place] -= 1
        for place in given:
            if tokens[place] == _MOST_TOKENS:
                return None
            tokens[place] += 1
        return bytes(tokens)

    def _note_doubled(self, marking: Marking) -> None:
        """A merge that lets two tokens pass one after the other: everything behind it runs twice."""
        for key in self.merges:
            if key not in self.doubled and sum(marking[place] for place in self.inputs[key]) > 1:
                self.doubled[key] = marking

    def verdict(self, scope: str) -> Verdict:
        """What the walk has shown."""
        verdict = Verdict(scope, states=len(self.before), complete=self.complete)
        stuck: dict[str, Stuck] = {}
        for marking in self.dead:
            path = self._path(marking)
            for join in {self.edges[place].target for place, count in enumerate(marking) if count}:
                fires_ever = join in self.fired or not self.complete
                found = Stuck(join, path, join in path, fires_ever)
                if join not in stuck or (stuck[join].fired_before and not found.fired_before):
                    stuck[join] = found
        verdict.stuck = list(stuck.values())
        verdict.doubled = {merge: self._path(marking) for merge, marking in self.doubled.items()}
        verdict.livelock = self._livelock() if self.complete else ()
        return verdict

    def _livelock(self) -> tuple[str, ...]:
        """The path into a part that can move for ever but never end; () if there is none."""
        sources: dict[Marking, list[Marking]] = {}
        for marking, following in self.after.items():
            for reached in following:
                sources.setdefault(reached, []).append(marking)
        ending = {*self.final, *self.dead, *self.cut}
        open_markings = list(ending)
        while open_markings:
            for marking in sources.get(open_markings.pop(), ()):
                if marking not in ending:
                    ending.add(marking)
                    open_markings.append(marking)
        endless = next((marking for marking in self.before if marking not in ending), None)
        return () if endless is None else (*self._path(endless), *self._round(endless))

    def _round(self, marking: Marking) -> tuple[str, ...]:
        """The elements that hold the tokens of a marking, and those between them."""
        return tuple(self.edges[place].target for place, count in enumerate(marking) if count)

    def _path(self, marking: Marking) -> tuple[str, ...]:
        """The elements passed from the start to a marking."""
        steps: list[tuple[str, ...]] = []
        origin = self.before.get(marking)
        while origin is not None:
            earlier, key, given = origin
            passed = tuple(element for place in given for element in self.edges[place].path)
            steps.append(passed if key == START else (key, *passed))
            origin = self.before.get(earlier) if key != START else None
        return tuple(element for step in reversed(steps) for element in step)
