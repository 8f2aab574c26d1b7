"""The mutu baku of an activity can be read and kept.

`min` and `max` are ISO 8601 durations with min not above max; `kalender` is kerja or kalender. Profile sop: a user
task without mutu baku, or with words for its time but no duration, has no deadline (warning).
"""

from collections.abc import Iterator
from datetime import datetime

from engine.diagram.model import Node, QualityStandard
from engine.diagram.rule import Context, Problem, Severity, label, problem
from engine.durations import MomentOutOfRange, TimeExpressionRefused, parse_duration

_SOME_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - civil arithmetic only, to compare two durations


def check(context: Context) -> Iterator[Problem]:
    """Unreadable durations, wrong calendars, missing standards."""
    for node in context.run_nodes():
        if node.quality is not None:
            yield from _judge(context, node, node.quality)
        elif context.profile == "sop" and node.kind == "userTask":
            yield _say(
                node,
                "tidak mempunyai mutu baku",
                "has no quality standard (mutu baku)",
                'Tambahkan <sop:mutuBaku waktu="…" max="P…"/>.',
                'Add <sop:mutuBaku waktu="…" max="P…"/>.',
                "warning",
            )


def _judge(context: Context, node: Node, quality: QualityStandard) -> Iterator[Problem]:
    ends: list[datetime] = []
    for name, text in (("min", quality.min), ("max", quality.max)):
        if text is None:
            continue
        try:
            ends.append(parse_duration(text).add_to(_SOME_DAY))
        except (TimeExpressionRefused, MomentOutOfRange):
            yield _say(
                node,
                f'mempunyai {name}="{text}" pada mutu baku, yang bukan durasi ISO 8601',
                f'has {name}="{text}" in its mutu baku, which is no ISO 8601 duration',
                "Tulis misalnya PT30M, PT4H, P3D.",
                "Write for example PT30M, PT4H, P3D.",
            )
    if len(ends) == 2 and ends[0] > ends[1]:
        yield _say(
            node,
            f"mempunyai waktu paling cepat {quality.min} yang lebih lama dari paling lambat {quality.max}",
            f"has a minimum {quality.min} longer than its maximum {quality.max}",
            "Tukar atau perbaiki min dan max.",
            "Swap or correct min and max.",
        )
    if quality.kalender not in ("kerja", "kalender"):
        yield _say(
            node,
            f'mempunyai kalender="{quality.kalender}"',
            f'has kalender="{quality.kalender}"',
            "Pakai kerja (jam kerja) atau kalender (24 jam).",
            "Use kerja (office hours) or kalender (24 hours).",
        )
    if context.profile == "sop" and quality.max is None and node.kind == "userTask":
        yield _say(
            node,
            "mempunyai mutu baku tanpa batas waktu (max)",
            "has a mutu baku without time limit (max)",
            f'Terjemahkan "{quality.words}" ke max, misalnya PT15M.' if quality.words else "Isi max, misalnya PT15M.",
            f'Translate "{quality.words}" into max, such as PT15M.' if quality.words else "Fill in max, such as PT15M.",
            "warning",
        )


def _say(node: Node, what_id: str, what_en: str, cure_id: str, cure_en: str, severity: Severity = "error") -> Problem:
    return problem(node.id, f"{label(node)} {what_id}.", f"{label(node)} {what_en}.", cure_id, cure_en, severity)
