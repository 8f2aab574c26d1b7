"""Every expression is FEEL, and can work.

Conditions, timers after `=`, correlation values, multi-instance expressions, mappings and script lines are parsed
when the diagram is validated, so that nothing fails at run time for its spelling. Refused are expressions of other
languages (`${…}`, JavaScript, Python), with the FEEL to write instead when it is simple, calls of functions that do
not exist, types that cannot work, and conditions that do not give true or false.
"""

import re
from collections.abc import Iterator

from engine import feel
from engine.diagram.dialects import feel_equivalent, is_foreign
from engine.diagram.expressions import Held, expressions_of
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.rules.script_tasks import is_feel


def check(context: Context) -> Iterator[Problem]:
    """Expressions that are empty, foreign, no FEEL or cannot work."""
    for process in context.runnable:
        for held in expressions_of(process):
            node = context.nodes.get(held.owner)
            if held.kind == "script" and node is not None and not is_feel(node.script_format):
                continue
            yield from _judge(held)
        for flow in process.flows.values():
            if flow.condition is not None and not is_feel(flow.condition_language):
                yield problem(
                    flow.id,
                    f'Kondisi ditulis dalam bahasa "{flow.condition_language}"; Alur hanya menjalankan FEEL.',
                    f'The condition is written in "{flow.condition_language}"; Alur runs FEEL only.',
                    "Tulis ulang dalam FEEL dan hapus atribut language.",
                    "Rewrite it in FEEL and remove the attribute language.",
                )


def _judge(held: Held) -> Iterator[Problem]:
    shown = " ".join(held.text.split())[:120]
    if not held.text.strip():
        yield problem(
            held.owner,
            f"{held.what_id} kosong.",
            f"{held.what_en} is empty.",
            "Tulis ungkapan FEEL, atau hapus elemen kosongnya.",
            "Write a FEEL expression, or remove the empty element.",
        )
    elif is_foreign(held.text):
        yield problem(
            held.owner,
            f'{held.what_id} "{shown}" ditulis dalam bahasa ungkapan lain; Alur memakai FEEL.',
            f'{held.what_en} "{shown}" is written in another expression language; Alur uses FEEL.',
            *_cure(held),
        )
    else:
        for message_id, message_en in _mistakes(held):
            yield problem(
                held.owner,
                f'{held.what_id} "{shown}": {message_id}',
                f'{held.what_en} "{shown}": {message_en}',
                *_cure(held),
            )


def _mistakes(held: Held) -> list[tuple[str, str]]:
    """What is wrong with a text, names that may come from outside left aside."""
    if held.kind != "script":
        return _of_text(held.text.removeprefix("="), held.kind, held.names)
    try:
        lines = feel.parse_script(held.text)
    except feel.FeelError as error:
        return [(error.message_id, error.message_en)]
    return [mistake for _, line in lines for mistake in _of_text(line.text, "expression", held.names)]


def _of_text(text: str, kind: str, names: tuple[str, ...]) -> list[tuple[str, str]]:
    # Local names that hold an operator help the parser; the others must not count as all there are.
    try:
        used = feel.parse(text, names).names
    except feel.FeelError as error:
        return [(error.message_id, error.message_en)]
    found = [(one.message_id, one.message_en) for one in feel.check(text, None, kind)]
    for name in sorted(used):
        if re.search(rf"(?<![\w.]){re.escape(name)}\s*\(", text):
            found.append((f'Fungsi "{name}" tidak ada di FEEL.', f'FEEL has no function "{name}".'))
    return found


def _cure(held: Held) -> tuple[str, str]:
    if held.kind == "script":
        lines = feel_equivalent(held.text, feel.parse_script)
        if lines is None:
            return 'Tulis baris "nama = ungkapan FEEL".', 'Write lines "name = FEEL expression".'
        return f"Tulis: {lines} (FEEL).", f"Write: {lines} (FEEL)."
    equivalent = feel_equivalent(held.text)
    if equivalent is None:
        return "Perbaiki ungkapan FEEL-nya (lihat docs/feel.md).", "Correct the FEEL expression (see docs/feel.md)."
    return f"Tulis: {equivalent} (FEEL).", f"Write: {equivalent} (FEEL)."
