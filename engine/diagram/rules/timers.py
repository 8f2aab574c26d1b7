"""A timer says one moment, duration or repeating interval that Alur can read.

Exactly one of `timeDate`, `timeDuration` and `timeCycle`, written in ISO 8601 (`2026-08-17T08:00:00+07:00`, `P3D`,
`R3/PT1H`) or as FEEL after `=`. Cron and bare numbers are refused with the interval to write instead. A repeating
interval on something that happens only once (an intermediate event, an interrupting boundary event) counts once: a
warning.
"""

import re
from collections.abc import Iterator

from engine.diagram.model import EventDefinition, Node
from engine.diagram.rule import Context, Problem, label, problem
from engine.diagram.source import RawElement
from engine.durations import TimeExpressionRefused, parse_timer

_CHILDREN = ("timeDate", "timeDuration", "timeCycle")
_EXAMPLES = {
    "date": "2026-08-17T08:00:00+07:00",
    "duration": "PT30M, PT4H, P3D, P2W, P1M",
    "cycle": "R3/PT1H, R/2026-01-05T08:00:00+07:00/P1W",
}
_WORDS = {"date": "saat", "duration": "durasi", "cycle": "pengulangan"}
_SUGGESTED = re.compile(r"\bR\d*/\S+(?<![.;,)])")


def check(context: Context) -> Iterator[Problem]:
    """Timers that are empty, doubled, unreadable, or repeat in vain."""
    doubled = {
        context.owner_of(raw).key for raw in context.source.tagged("timerEventDefinition") if _many(context, raw)
    }
    for node in context.run_nodes():
        for event in node.events:
            if event.kind == "timer":
                yield from _judge(node, event, node.id in doubled)


def _many(context: Context, raw: RawElement) -> bool:
    return sum(child.tag in _CHILDREN for child in context.source.children_of(raw)) > 1


def _judge(node: Node, event: EventDefinition, doubled: bool) -> Iterator[Problem]:
    timer = event.timer
    if doubled or timer is None or not timer.text:
        yield problem(
            node.id,
            f"Pewaktu {label(node)} harus memuat tepat satu saat, durasi atau pengulangan.",
            f"The timer {label(node)} needs exactly one date, duration or cycle.",
            "Tulis salah satu saja: timeDate, timeDuration atau timeCycle.",
            "Write exactly one of timeDate, timeDuration and timeCycle.",
        )
        return
    if timer.kind == "cycle" and _happens_once(node):
        yield problem(
            node.id,
            f"Pewaktu {label(node)} berulang, tetapi peristiwa ini hanya terjadi sekali.",
            f"The timer {label(node)} repeats, but this event happens only once.",
            "Pakai durasi, atau jadikan peristiwa tepi yang tidak memotong.",
            "Use a duration, or make it a non-interrupting boundary event.",
            "warning",
        )
    if timer.text.startswith("=") or "${" in timer.text or "#{" in timer.text:
        return
    try:
        parse_timer(timer.kind, timer.text)
    except TimeExpressionRefused as refused:
        suggested = _SUGGESTED.search(refused.detail) if timer.kind == "cycle" else None
        example = suggested.group() if suggested else _EXAMPLES[timer.kind]
        yield problem(
            node.id,
            f'"{timer.text}" pada {label(node)} bukan {_WORDS[timer.kind]} ISO 8601.',
            f"Timer {label(node)}: {refused.detail}",
            f"Tulis misalnya {example}.",
            f"Write for example {example}.",
        )


def _happens_once(node: Node) -> bool:
    return node.kind == "intermediateCatchEvent" or (node.kind == "boundaryEvent" and node.interrupting)
