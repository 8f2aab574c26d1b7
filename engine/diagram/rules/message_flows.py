"""A message flow connects two pools, from something that sends to something that receives.

Its ends are pools, activities or events of different pools. A start event receives but never sends, an end event
sends but never receives; a catching event does not send and a throwing event does not receive. Message flows are
drawing only: what Alur exchanges is said by the messages of the events.
"""

from collections.abc import Iterator

from engine.diagram.names import ACTIVITIES, EVENTS
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.source import RawElement

_ENDS = ACTIVITIES | EVENTS | {"participant", "conversation", "subConversation", "callConversation"}
_NEVER_SEND = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
_NEVER_RECEIVE = frozenset({"endEvent", "intermediateThrowEvent"})


def check(context: Context) -> Iterator[Problem]:
    """Message flows with wrong ends."""
    for flow in context.source.tagged("messageFlow"):
        source, target = (_end(context, flow, side) for side in ("sourceRef", "targetRef"))
        for side, end in (("sourceRef", source), ("targetRef", target)):
            if end is None or end.tag not in _ENDS:
                shown = flow.attributes.get(side) or "-"
                yield problem(
                    flow.key,
                    f'Ujung {side} "{shown}" dari alur pesan bukan pool, kegiatan atau peristiwa.',
                    f'The {side} "{shown}" of the message flow is no pool, activity or event.',
                    "Sambungkan alur pesan ke pool, kegiatan atau peristiwa.",
                    "Connect the message flow to a pool, activity or event.",
                )
        if source is None or target is None:
            continue
        if source is target or _pool(context, source) == _pool(context, target) is not None:
            yield problem(
                flow.key,
                "Alur pesan menghubungkan dua elemen dari pool yang sama.",
                "The message flow connects two elements of the same pool.",
                "Pakai alur urutan di dalam satu pool.",
                "Use a sequence flow inside a pool.",
            )
        if source.tag in _NEVER_SEND:
            yield _role(flow, source, "tidak mengirim pesan", "does not send messages")
        if target.tag in _NEVER_RECEIVE:
            yield _role(flow, target, "tidak menerima pesan", "does not receive messages")
        yield from _without_message(context, source, target)


def _end(context: Context, flow: RawElement, side: str) -> RawElement | None:
    reference = flow.attributes.get(side, "").strip()
    return context.element(reference) or context.element(reference.rpartition(":")[2]) if reference else None


def _pool(context: Context, element: RawElement) -> str | None:
    if element.tag == "participant":
        return element.attributes.get("processRef", "").rpartition(":")[2] or element.key
    process = context.process_of.get(element.key)
    return process.id if process is not None else None


def _role(flow: RawElement, end: RawElement, what_id: str, what_en: str) -> Problem:
    return problem(
        flow.key,
        f'Ujung alur pesan "{end.key}" adalah {end.tag}, yang {what_id}.',
        f'The message flow ends at "{end.key}", a {end.tag}, which {what_en}.',
        "Balik arah alur pesan atau sambungkan ke elemen lain.",
        "Turn the message flow round or connect it to another element.",
    )


def _without_message(context: Context, source: RawElement, target: RawElement) -> Iterator[Problem]:
    for element, tag in ((source, "endEvent"), (target, "startEvent")):
        node = context.nodes.get(element.key)
        if node is not None and node.kind == tag and not any(event.kind == "message" for event in node.events):
            yield problem(
                node.id,
                f'Peristiwa "{node.id}" tersambung alur pesan tetapi bukan peristiwa pesan.',
                f'The event "{node.id}" is connected by a message flow but is no message event.',
                "Jadikan peristiwa pesan, atau hapus alur pesannya.",
                "Make it a message event, or delete the message flow.",
            )
