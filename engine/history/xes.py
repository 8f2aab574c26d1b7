"""Histories as XES (IEEE 1849-2016) for process mining: one trace per request, one event per step (pure)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from engine.history.chain import Entry

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    '<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>\n'
    '<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>\n'
    '<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>\n'
    '<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>\n'
    '<classifier name="Activity" keys="concept:name lifecycle:transition"/>\n'
)
_TRANSITIONS = {
    "element_entered": "start", "element_completed": "complete", "element_cancelled": "ate_abort",
    "task_claimed": "assign", "task_assigned": "assign", "task_delegated": "reassign",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trace:
    """One request: its number, its definition, the names of its elements by id, and its history in order."""

    registration_number: str
    definition: str
    version: int
    names: Mapping[str, str]
    entries: Iterable[Entry]


def xes(traces: Iterable[Trace]) -> Iterator[str]:
    """The log, piece by piece, so that a large one need not fit in memory."""
    yield _HEAD
    for trace in traces:
        yield "<trace>\n" + _text("concept:name", trace.registration_number)
        yield _text("alur:definition", trace.definition) + _text("alur:version", str(trace.version))
        actors = _actors_by_token(trace)
        for entry in trace.entries:
            if entry.type in _TRANSITIONS and entry.element_id in trace.names:
                yield _event(trace, entry, actors)
        yield "</trace>\n"
    yield "</log>\n"


def _actors_by_token(trace: Trace) -> dict[str, str]:
    """Who completed what: the completion of an element follows the act of its task."""
    return {
        json.loads(entry.data)["token"]: entry.actor
        for entry in trace.entries
        if entry.type == "task_completed" and entry.actor is not None
    }


def _event(trace: Trace, entry: Entry, actors: Mapping[str, str]) -> str:
    token = str(json.loads(entry.data).get("token"))
    acted = entry.actor or (actors.get(token) if entry.type == "element_completed" else None)
    element = str(entry.element_id)
    parts = [
        _text("concept:name", trace.names[element]), _text("alur:element", element),
        f'<date key="time:timestamp" value="{entry.at}"/>', _text("lifecycle:transition", _TRANSITIONS[entry.type]),
    ]  # fmt: skip
    if acted is not None:
        actor = json.loads(acted)
        parts.append(_text("org:resource", actor["person"]))
        parts += [_text("org:role", actor["post"])] if "post" in actor else []
        parts += [_text("org:group", actor["unit"])] if actor.get("unit") else []
    return "<event>" + "".join(parts) + "</event>\n"


def _text(key: str, value: str) -> str:
    clean = "".join(char for char in value if char >= " " and char not in "\ufffe\uffff")
    return f'<string key="{key}" value={quoteattr(clean)}/>'
