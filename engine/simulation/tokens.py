"""Tokens: how a request walks the diagram, through branches, joins, subprocesses, links and ends.

Owns BPMN's rules of the walk, as far as time depends on them. Work itself is `office`.
"""

from collections import deque
from collections.abc import Callable, Sequence

from engine.diagram.model import Node, Process
from engine.simulation.plans import SUBPROCESSES, TASKS, WAITING
from engine.simulation.scenario import ScenarioRefused
from engine.simulation.state import Job, Place, Request
from engine.simulation.walk import Choice, reach_of, starts_of

MOST_STEPS = 10_000  # of one request
MOST_STEPS_IN_ALL = 3_000_000


class Tokens:
    """The tokens of all requests.

    Args:
        process: the diagram. choice: how decisions fall.
        begin: opens the work of an activity. drop: ends a job that is cut off.
        opened: a subprocess was opened. ended: a request is done.
    """

    def __init__(
        self,
        process: Process,
        choice: Choice,
        begin: Callable[[Place, str], None],
        drop: Callable[[Job], None],
        opened: Callable[[Place], None],
        ended: Callable[[Request], None],
    ) -> None:
        self._process, self._choice = process, choice
        self._begin, self._drop, self._opened, self._ended = begin, drop, opened, ended
        self._reach = reach_of(process)
        self._starts = {scope: starts_of(process, scope) for scope in process.scopes}
        self._ready: deque[tuple[Place, str]] = deque()  # tokens on a flow
        self._touched: dict[Place, None] = {}
        self._steps = 0

    def start(self, request: Request) -> None:
        """A request begins."""
        self._open(Place(request, self._process.id))

    def leave(self, place: Place, node: Node, flows: Sequence[str] | None = None) -> None:
        """A token leaves `node` by these flows, all of its own if None."""
        flows = node.outgoing if flows is None else flows
        place.tokens += len(flows) - 1
        self._touched[place] = None
        self._ready.extend((place, flow) for flow in flows)

    def walk(self) -> None:
        """Moves all tokens until each is at work, at a join or gone. Only then is a join known to be complete.

        Raises:
            ScenarioRefused: a request goes round in the diagram without end.
        """
        while self._ready or self._touched:
            while self._ready:
                place, flow = self._ready.popleft()
                if not place.is_done:
                    self._touched[place] = None
                    self._enter(place, self._process.nodes[self._process.flows[flow].target], flow)
            if self._touched:
                place = next(iter(self._touched))
                del self._touched[place]
                self._settle(place)

    def _open(self, place: Place) -> None:
        self._touched[place] = None
        nodes = self._starts[place.scope]
        place.tokens += len(nodes)
        for node in nodes:
            self._enter(place, node, "")

    def _enter(self, place: Place, node: Node, flow: str) -> None:
        self._count_step(place.request, node)
        if node.kind in TASKS or (node.kind in WAITING and not _is_link(node)):
            self._begin(place, node.id)
        elif node.kind.endswith("Gateway"):
            self._pass_gateway(place, node, flow)
        elif node.kind in SUBPROCESSES:
            inner = Place(place.request, node.id, place)
            place.inner[inner] = None
            self._opened(inner)
            self._open(inner)
        elif node.kind == "endEvent":
            self._end(place, node)
        elif _is_link(node) and node.kind == "intermediateThrowEvent":
            self._jump(place, node)
        else:
            self.leave(place, node)

    def _pass_gateway(self, place: Place, node: Node, flow: str) -> None:
        joins = len(node.incoming) > 1 and node.kind in ("parallelGateway", "inclusiveGateway")
        if joins:
            held = place.joins.setdefault(node.id, {})
            held[flow] = held.get(flow, 0) + 1
            if node.kind == "parallelGateway" and len(held) == len(node.incoming):
                self._release(place, node)
        else:
            self._split(place, node)

    def _release(self, place: Place, node: Node) -> None:
        """One token of each flow that has one becomes a single token behind the join."""
        held = place.joins[node.id]
        place.tokens -= len(held) - 1
        place.joins[node.id] = {flow: count - 1 for flow, count in held.items() if count > 1}
        self._split(place, node)

    def _split(self, place: Place, node: Node) -> None:
        if node.kind == "parallelGateway" or len(node.outgoing) < 2:
            self.leave(place, node)
        elif node.kind == "inclusiveGateway":
            self.leave(place, node, self._choice.some(node))
        else:
            self.leave(place, node, [self._choice.one(node)])

    def _jump(self, place: Place, node: Node) -> None:
        name = _link_name(node)
        for other in self._process.nodes.values():
            if other.kind == "intermediateCatchEvent" and other.scope == node.scope and _link_name(other) == name:
                self.leave(place, other)
                return
        place.tokens -= 1

    def _end(self, place: Place, node: Node) -> None:
        place.tokens -= 1
        kinds = {event.kind for event in node.events}
        if "error" in kinds:
            self._throw(place)
        elif "terminate" in kinds:
            self._cancel(place)

    def cut_off(self, place: Place, event: Node) -> None:
        """A subprocess ends at once and its token goes on from the boundary event."""
        parent = place.parent
        if parent is not None:
            self._cancel(place)
            place.is_done = True
            parent.inner.pop(place, None)
            self.leave(parent, event)

    def _throw(self, place: Place) -> None:
        """An error ends scopes outwards until one has a boundary event for it."""
        while True:
            self._cancel(place)
            if place.parent is None:
                return
            boundary = (self._process.nodes[key] for key in self._process.nodes[place.scope].boundary)
            handlers = [event for event in boundary if any(cause.kind == "error" for cause in event.events)]
            if handlers:
                self.cut_off(place, handlers[0])
                return
            place = place.parent
            self._touched[place] = None

    def _settle(self, place: Place) -> None:
        """Lets inclusive joins go that nothing can reach any more; ends a scope without tokens."""
        if place.is_done:
            return
        if place.tokens:
            self._release_inclusive(place)
            return
        place.is_done = True
        if place.parent is None:
            self._ended(place.request)
        else:
            place.parent.inner.pop(place, None)
            self.leave(place.parent, self._process.nodes[place.scope])

    def _release_inclusive(self, place: Place) -> None:
        for key, held in place.joins.items():
            node = self._process.nodes[key]
            if held and node.kind == "inclusiveGateway" and not self._is_coming(place, key):
                self._release(place, node)
                return

    def _is_coming(self, place: Place, join: str) -> bool:
        """Whether a token elsewhere in this scope can still reach the join."""
        where = [job.work.node.id for job in place.jobs] + [inner.scope for inner in place.inner]
        where += [key for key, held in place.joins.items() if held and key != join]
        return any(join in self._reach[key] for key in where if key)

    def _cancel(self, place: Place) -> None:
        for inner in list(place.inner):
            self._cancel(inner)
            inner.is_done = True
        for job in list(place.jobs):
            self._drop(job)
        place.inner.clear()
        place.joins.clear()
        place.tokens = 0

    def _count_step(self, request: Request, node: Node) -> None:
        request.steps += 1
        self._steps += 1
        if request.steps > MOST_STEPS:
            message = f"Expected every request to end, but one passed {node.id} and others {MOST_STEPS} times."
            raise ScenarioRefused(message, [{"field": "branches", "message": message}])
        if self._steps > MOST_STEPS_IN_ALL:
            message = f"Expected at most {MOST_STEPS_IN_ALL} steps of all requests together; simulate fewer requests."
            raise ScenarioRefused(message, [{"field": "requests", "message": message}])


def _is_link(node: Node) -> bool:
    return any(event.kind == "link" for event in node.events)


def _link_name(node: Node) -> str | None:
    return next((event.name for event in node.events if event.kind == "link"), None)
