"""Every expression is FEEL.

Conditions, timers after `=`, correlation values, multi-instance expressions, mappings and script lines are parsed
when the diagram is validated, so that nothing fails at run time for its spelling. Expressions of other languages
(`${…}`, JavaScript, Python) are refused with the FEEL to write instead when it is simple.
"""

from collections.abc import Iterator

from engine import feel
from engine.diagram.dialects import feel_equivalent, is_foreign
from engine.diagram.expressions import Held, expressions_of
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.rules.script_tasks import is_feel


def check(context: Context) -> Iterator[Problem]:
    """Expressions that are empty, foreign or no FEEL."""
    for process in context.runnable:
        for held in expressions_of(process):
            node = context.nodes.get(held.owner)
            if held.is_script and node is not None and not is_feel(node.script_format):
                continue
            found = _judge(held)
            if found is not None:
                yield found
        for flow in process.flows.values():
            if flow.condition is not None and not is_feel(flow.condition_language):
                yield problem(
                    flow.id,
                    f'Kondisi ditulis dalam bahasa "{flow.condition_language}"; Alur hanya menjalankan FEEL.',
                    f'The condition is written in "{flow.condition_language}"; Alur runs FEEL only.',
                    "Tulis ulang dalam FEEL dan hapus atribut language.",
                    "Rewrite it in FEEL and remove the attribute language.",
                )


def _judge(held: Held) -> Problem | None:
    shown = " ".join(held.text.split())[:120]
    if not held.text.strip():
        return problem(
            held.owner,
            f"{held.what_id} kosong.",
            f"{held.what_en} is empty.",
            "Tulis ungkapan FEEL, atau hapus elemen kosongnya.",
            "Write a FEEL expression, or remove the empty element.",
        )
    if is_foreign(held.text):
        return problem(
            held.owner,
            f'{held.what_id} "{shown}" ditulis dalam bahasa ungkapan lain; Alur memakai FEEL.',
            f'{held.what_en} "{shown}" is written in another expression language; Alur uses FEEL.',
            *_cure(held.text),
        )
    try:
        feel.parse_script(held.text) if held.is_script else feel.parse(held.text.removeprefix("="), held.names)
    except feel.FeelError as error:
        return problem(
            held.owner,
            f'{held.what_id} "{shown}" bukan FEEL: {error.message_id}',
            f'{held.what_en} "{shown}" is no FEEL: {error.message_en}',
            *_cure(held.text),
        )
    return None


def _cure(text: str) -> tuple[str, str]:
    equivalent = feel_equivalent(text)
    if equivalent is None:
        return "Tulis ulang dalam FEEL (lihat docs/feel.md).", "Rewrite it in FEEL (see docs/feel.md)."
    return f"Tulis: {equivalent} (FEEL).", f"Write: {equivalent} (FEEL)."
