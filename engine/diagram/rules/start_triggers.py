"""A start event has a trigger that fits its place.

Process: none, message, timer, signal or condition. Subprocess: none, since only the token that enters starts it.
Event subprocess: exactly one start event, with a trigger (message, timer, signal, condition, error, escalation,
compensation); error and compensation always interrupt. A called process needs a start event without trigger.
"""

from collections.abc import Iterator

from engine.diagram.model import Node, Process
from engine.diagram.rule import Context, Problem, label, problem

_TOP = frozenset({"message", "timer", "signal", "conditional"})
_EVENT_SUBPROCESS = _TOP | {"error", "escalation", "compensation"}


def check(context: Context) -> Iterator[Problem]:
    """Start events whose trigger does not fit."""
    for process in context.diagram.processes:
        for node in process.nodes.values():
            if node.kind != "startEvent":
                continue
            scope = process.scopes[node.scope]
            if scope.triggered_by_event:
                yield from _in_event_subprocess(node)
            elif scope.parent is not None and node.events:
                yield _wrong(node, "subproses tidak boleh mempunyai pemicu", "a subprocess must not have a trigger")
            else:
                for event in node.events:
                    if event.kind not in _TOP:
                        yield _wrong(
                            node, f"proses tidak boleh berpemicu {event.kind}", f"a process must not be a {event.kind}"
                        )
    yield from _called(context)


def _wrong(node: Node, what_id: str, what_en: str) -> Problem:
    return problem(
        node.id,
        f"Peristiwa mulai {label(node)}: awal {what_id}.",
        f"Start event {label(node)}: the start of {what_en}.",
        "Hapus atau ganti pemicunya.",
        "Remove or change its trigger.",
    )


def _in_event_subprocess(node: Node) -> Iterator[Problem]:
    kinds = {event.kind for event in node.events}
    if not kinds:
        yield problem(
            node.id,
            f"Peristiwa mulai {label(node)} dari subproses peristiwa tidak mempunyai pemicu.",
            f"The start event {label(node)} of an event subprocess has no trigger.",
            "Pilih pemicunya: pesan, waktu, sinyal, kondisi, galat, eskalasi atau kompensasi.",
            "Choose its trigger: message, timer, signal, condition, error, escalation or compensation.",
        )
    for kind in sorted(kinds - _EVENT_SUBPROCESS):
        yield _wrong(node, f"subproses peristiwa tidak boleh {kind}", f"an event subprocess cannot be a {kind}")
    if not node.interrupting and kinds & {"error", "compensation"}:
        yield problem(
            node.id,
            f"Pemicu galat atau kompensasi pada {label(node)} selalu memotong.",
            f"An error or compensation start event such as {label(node)} always interrupts.",
            'Hapus isInterrupting="false".',
            'Remove isInterrupting="false".',
        )


def _called(context: Context) -> Iterator[Problem]:
    triggered = {process.id for process in context.diagram.processes if _only_triggered(process)}
    for node in context.run_nodes():
        if node.kind == "callActivity" and node.called in triggered:
            yield problem(
                node.id,
                f"Proses {node.called} yang dipanggil {label(node)} hanya mempunyai peristiwa mulai berpemicu.",
                f"The process {node.called} that {label(node)} calls has only start events with a trigger.",
                "Tambahkan peristiwa mulai tanpa pemicu ke proses itu.",
                "Add a start event without trigger to that process.",
            )


def _only_triggered(process: Process) -> bool:
    nodes = (process.nodes[key] for key in process.scopes[process.id].nodes)
    starts = [node for node in nodes if node.kind == "startEvent"]
    return bool(starts) and all(start.events for start in starts)
