"""Does a history replay on its definition? An own token replay, far cheaper than running the engine again (pure).

Tokens are moved over the drawing by what was recorded: a flow must be drawn and leave an element that was completed; an
element must be reached by a drawn flow, unless it begins by itself. What an administrator did by hand is a deviation,
too, and allows what it activated. That the records are genuine is another question (`engine/history/chain.py`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from engine.diagram.model import Node, Process
from engine.events import Event
from engine.history.chain import Entry
from engine.history.export import event_of

MOST = 50  # deviations that are kept of one request
INTERVENTIONS = {
    "instance_modified": "modified", "instance_migrated": "migrated", "instance_cancelled": "cancelled",
    "instance_suspended": "suspended",
}  # fmt: skip
_COMPLETED = ("element_completed", "instances_completed")
ProcessOf = Callable[[int], Process]


@dataclass(frozen=True, slots=True)
class Deviation:
    """One step off the drawing. `kind`: modified, migrated, cancelled, suspended, unknown_flow, unknown_element,
    wrong_target, unfinished_source, unexpected_element, left_over; `reason` is an administrator's."""

    seq: int
    kind: str
    element_id: str | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"seq": self.seq, "kind": self.kind, "element_id": self.element_id, "reason": self.reason}


def deviations(entries: Iterable[Entry], version: int, process_of: ProcessOf) -> list[Deviation]:
    """What of a history does not follow its drawing, in order; empty when it conforms.

    Args:
        version: of the definition it started on. process_of: the drawing of a version, asked again after a migration.
    """
    replay = _Replay(process_of(version), process_of)
    for entry in entries:
        replay.take(entry.seq, event_of(entry))
    return replay.found[:MOST]


class _Replay:
    """Where tokens stand on the drawing. What runs in a called process has a drawing of its own: passed over."""

    def __init__(self, process: Process, process_of: ProcessOf) -> None:
        self.process, self._process_of = process, process_of
        self.found: list[Deviation] = []
        self._places: dict[str, str] = {}  # element by token
        self._completed: set[str] = set()
        self._allowed: set[str] = set()  # activated by hand
        self._foreign_scopes: set[str] = set()  # of called processes, by the token that holds them
        self._foreign: set[str] = set()  # tokens in them

    def take(self, seq: int, event: Event) -> None:
        """Moves on by one event."""
        data, element = event.data, event.element_id
        if event.type in INTERVENTIONS:
            self._intervention(seq, event)
        elif event.type == "instance_completed" and self._places:
            self._note(seq, "left_over", next(iter(self._places.values())))
        if element is None or self._is_foreign(data):
            return
        if event.type == "flow_taken":
            self._flow(seq, element, data)
        elif event.type == "element_entered":
            self._enter(seq, element, data)
        elif event.type in _COMPLETED:
            self._completed.add(element)
            self._places.pop(data["token"], None)
        elif event.type in ("element_cancelled", "flow_cancelled", "instances_cancelled"):
            self._places.pop(data["token"], None)
        if (data.get("opens") or {}).get("process") is not None:
            self._foreign_scopes.add(data["token"])

    def _note(self, seq: int, kind: str, element: str | None = None, reason: str | None = None) -> None:
        self.found.append(Deviation(seq, kind, element, reason))

    def _is_foreign(self, data: dict[str, Any]) -> bool:
        """Whether an event happened in a called process; remembers its token, and the scope that it opened."""
        token = data.get("token")
        if token not in self._foreign and data.get("scope") not in self._foreign_scopes:
            return False
        self._foreign.add(str(token))
        if "opens" in data:
            self._foreign_scopes.add(str(token))
        return True

    def _intervention(self, seq: int, event: Event) -> None:
        self._note(seq, INTERVENTIONS[event.type], event.element_id, event.data.get("reason"))
        if event.type == "instance_modified":
            self._allowed.update(event.data["activate"])
        elif event.type == "instance_migrated":
            names = event.data["elements"]
            self.process = self._process_of(event.data["version"])
            self._places = {token: names.get(place, place) for token, place in self._places.items()}
            self._completed = {names.get(one, one) for one in self._completed}

    def _flow(self, seq: int, element: str, data: dict[str, Any]) -> None:
        flow = self.process.flows.get(element)
        if flow is None:
            self._note(seq, "unknown_flow", element)
        elif data["target"] != flow.target:
            self._note(seq, "wrong_target", element)
        elif flow.source not in self._completed:
            self._note(seq, "unfinished_source", element)
        self._places[data["token"]] = data["target"]

    def _enter(self, seq: int, element: str, data: dict[str, Any]) -> None:
        for joined in data.get("joined", ()):
            self._places.pop(joined, None)
        node = self.process.nodes.get(element)
        place = self._places.get(data["token"])
        self._places[data["token"]] = element
        if node is None:
            self._note(seq, "unknown_element", element)
        elif place is None:
            if not self._begins_by_itself(node, data):
                self._note(seq, "unexpected_element", element)
        elif place != element:
            self._note(seq, "unexpected_element", element)

    def _begins_by_itself(self, node: Node, data: dict[str, Any]) -> bool:
        """Starts, boundary events, link targets, handlers, runs of a loop, and what was activated by hand."""
        if not node.incoming or node.multi is not None or "instance" in data:
            return True
        if node.id in self._allowed:
            self._allowed.discard(node.id)
            return True
        return False
