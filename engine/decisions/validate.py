"""What is wrong with a decision model, all at once: structure, FEEL texts, gaps and overlaps.

Owns the findings and their sentences. An `error` must be cured before the model may be deployed; a `warning` is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.decisions.coverage import Hole, cover
from engine.decisions.model import (
    AGGREGATIONS,
    HIT_POLICIES,
    Decision,
    DecisionModel,
    InputData,
    Knowledge,
    Rule,
    Service,
    TableLogic,
)
from engine.decisions.texts import Text, texts_of
from engine.feel import FeelBudgetError, FeelError, check, parse
from engine.feel.printer import text_of_value
from engine.feel.tokens import is_plain_name


@dataclass(frozen=True, slots=True)
class DecisionFinding:
    """One problem.

    Attributes:
        element: id of the decision, knowledge model or rule.
        name: its name, or the rule's place.
        rule: stable name of what is violated.
        severity: `error` or `warning`.
        line: in the file; 0 when unknown.
        example: for gaps and overlaps, an input (label → FEEL text) that shows it.
    """

    element: str
    name: str
    rule: str
    severity: str
    message_id: str
    message_en: str
    line: int = 0
    example: tuple[tuple[str, str], ...] = ()


def validate(model: DecisionModel) -> list[DecisionFinding]:
    """Everything that is wrong with the model, in the order of the file."""
    findings = [*_structure(model), *_texts(model)]
    broken = {finding.element for finding in findings if finding.severity == "error"}
    for decision in model.decisions:
        if isinstance(decision.logic, TableLogic):
            findings += _table(decision, decision.logic)
            if decision.id not in broken:
                findings += _coverage(model, decision, decision.logic)
    return sorted(findings, key=lambda finding: finding.line)


Part = Decision | InputData | Knowledge | Service


def _error(element: Part, rule: str, message_id: str, message_en: str) -> DecisionFinding:
    return DecisionFinding(element.id, element.name, rule, "error", message_id, message_en, element.line)


def _structure(model: DecisionModel) -> Iterator[DecisionFinding]:
    parts: list[Part] = [*model.inputs, *model.decisions, *model.knowledge, *model.services]
    ids = {part.id for part in parts if isinstance(part, Decision | InputData)}
    for what, line in model.foreign:
        yield DecisionFinding(
            model.key,
            model.name,
            "foreign",
            "error",
            f"{what} tidak dijalankan. Tulis semuanya dalam FEEL di satu berkas.",
            f"Expected FEEL in one file, but found {what}. Rewrite it in FEEL here.",
            line,
        )
    if not model.decisions:
        yield DecisionFinding(
            model.key,
            model.name,
            "no_decision",
            "error",
            "Berkas tidak memuat keputusan. Tambahkan satu <decision>.",
            "Expected a decision, but the file has none. Add a <decision>.",
        )
    seen: set[str] = set()
    for part in parts:
        if part.name in seen:
            yield _error(
                part,
                "duplicate_name",
                f"Nama {part.name!r} dipakai dua kali. Beri nama yang berbeda.",
                f"Expected unique names, but {part.name!r} stands twice. Rename one.",
            )
        seen.add(part.name)
    for decision in model.decisions:
        for target in decision.requires:
            if target not in ids:
                yield _error(
                    decision,
                    "requirement",
                    f"{decision.name!r} membutuhkan {target!r} yang tidak ada. Hapus panahnya.",
                    f"Expected requirements within the file, but {decision.name!r} requires {target!r}. Remove it.",
                )
        if _in_circle(model, decision):
            yield _error(
                decision,
                "circle",
                f"{decision.name!r} akhirnya membutuhkan dirinya sendiri. Putus salah satu panahnya.",
                f"Expected no circle of requirements, but {decision.name!r} requires itself. Remove one arrow.",
            )


def _in_circle(model: DecisionModel, start: Decision) -> bool:
    by_id = {decision.id: decision for decision in model.decisions}
    rest, seen = list(start.requires), set[str]()
    while rest:
        target = rest.pop()
        if target == start.id:
            return True
        if target in by_id and target not in seen:
            seen.add(target)
            rest += by_id[target].requires
    return False


def _texts(model: DecisionModel) -> Iterator[DecisionFinding]:
    owners: list[Decision | Knowledge] = [*model.decisions, *model.knowledge]
    for owner in owners:
        logic = owner.logic if isinstance(owner, Decision) else owner.function
        if logic is None:
            yield _error(
                owner,
                "no_logic",
                f"{owner.name!r} belum berisi logika. Isi tabel atau ekspresinya.",
                f"Expected {owner.name!r} to have logic, but it is empty. Fill in its table or expression.",
            )
            continue
        known = _visible(model, owner)
        for text in texts_of(logic):
            yield from _findings_of(owner, text, known)


def _visible(model: DecisionModel, owner: Decision | Knowledge) -> set[str]:
    """The names a part may use: what it requires, itself if it is a function, and names that only reading needs."""
    wanted = {*owner.knowledge, *(owner.requires if isinstance(owner, Decision) else (owner.id,))}
    parts: list[Part] = [*model.inputs, *model.decisions, *model.knowledge, *model.services]
    return {part.name for part in parts if part.id in wanted} | {n for n in model.vocabulary if not is_plain_name(n)}


def _findings_of(owner: Decision | Knowledge, text: Text, names: set[str]) -> Iterator[DecisionFinding]:
    if not text.feel:
        return
    for finding in check(text.feel, names | text.local, text.kind):
        # a variable of the process, perhaps: its name is not known here
        severity = "warning" if finding.rule == "unknown_name" else "error"
        yield DecisionFinding(
            owner.id,
            f"{owner.name}{text.place}",
            f"feel_{finding.rule}",
            severity,
            f"{finding.message_id} Di: {text.feel[:80]}",
            f"{finding.message_en} In: {text.feel[:80]}",
            text.line or owner.line,
        )


_LISTED: Final = frozenset({"P", "O"})


def _table(decision: Decision, table: TableLogic) -> Iterator[DecisionFinding]:
    if table.hit_policy not in HIT_POLICIES.values() or table.aggregation not in ("", *AGGREGATIONS.values()):
        yield _error(
            decision,
            "hit_policy",
            f"Kebijakan {table.hit_policy!r} {table.aggregation!r} tidak dikenal. Pilih U, A, F, P, R, O atau C.",
            f"Expected a hit policy of DMN, but got {table.hit_policy!r} {table.aggregation!r}. Choose one of UAFPROC.",
        )
    if table.hit_policy in _LISTED and not all(output.allowed for output in table.outputs):
        yield _error(
            decision,
            "output_values",
            "Kebijakan P dan O memerlukan daftar nilai keluaran berurutan. Isi outputValues.",
            "Expected listed output values under hit policies P and O, but some are missing. Fill in outputValues.",
        )
    if table.aggregation and len(table.outputs) > 1:
        yield _error(
            decision,
            "aggregation",
            "Agregasi hanya untuk satu kolom keluaran. Pecah tabelnya.",
            "Expected one output column under an aggregation, but there are several. Split the table.",
        )
    for rule in table.rules:
        if (len(rule.inputs), len(rule.outputs)) != (len(table.inputs), len(table.outputs)):
            yield DecisionFinding(
                rule.id,
                f"{decision.name}, aturan {rule.number}",
                "rule_shape",
                "error",
                f"Aturan {rule.number} tidak punya sel sebanyak kolom tabel. Lengkapi selnya.",
                f"Expected as many cells as columns, but rule {rule.number} differs. Complete it.",
                rule.line,
            )


def _coverage(model: DecisionModel, decision: Decision, table: TableLogic) -> Iterator[DecisionFinding]:
    if not table.inputs or not table.rules:
        return
    allowed = [model.types[clause.type].allowed if clause.type in model.types else "" for clause in table.inputs]
    try:
        found = cover(table, model.vocabulary, allowed)
    except FeelBudgetError:
        yield _incomplete(decision)
        return
    except FeelError as error:
        yield _error(decision, "coverage", error.message_id, error.message_en)
        return
    defaults = all(output.default for output in table.outputs)
    if not defaults and table.hit_policy not in ("C", "R", "O"):
        for gap in found.gaps:
            yield _gap(decision, gap)
    for overlap in found.overlaps:
        rules = [rule for rule in table.rules if rule.number in overlap.rules]
        if table.hit_policy == "U" or (table.hit_policy == "A" and not _same_outputs(rules)):
            yield _overlap(decision, table, overlap)
    if not found.complete:
        yield _incomplete(decision)


def _incomplete(decision: Decision) -> DecisionFinding:
    return DecisionFinding(
        decision.id,
        decision.name,
        "coverage_incomplete",
        "warning",
        "Tabel terlalu besar untuk diperiksa seluruhnya. Pecah menjadi beberapa keputusan.",
        "Expected a table small enough to be tried wholly, but it is larger. Split it into several decisions.",
        decision.line,
    )


def _same_outputs(rules: list[Rule]) -> bool:
    try:
        trees = [tuple(parse(text or "null").evaluate({}) for text in rule.outputs) for rule in rules]
    except FeelError:
        return False
    return all(tree == trees[0] for tree in trees)


def _example(hole: Hole) -> tuple[tuple[tuple[str, str], ...], str]:
    example = tuple((label, text_of_value([value])[1:-1]) for label, value in hole.example)
    return example, ", ".join(f"{label} = {value}" for label, value in example)


def _gap(decision: Decision, gap: Hole) -> DecisionFinding:
    example, text = _example(gap)
    return DecisionFinding(
        decision.id,
        decision.name,
        "gap",
        "warning",
        f"Tidak ada aturan untuk {text}. Tambahkan aturan atau nilai keluaran baku.",
        f"Expected a rule for every input, but none holds for {text}. Add a rule or a default output.",
        decision.line,
        example,
    )


def _overlap(decision: Decision, table: TableLogic, overlap: Hole) -> DecisionFinding:
    example, text = _example(overlap)
    rules = ", ".join(map(str, overlap.rules))
    return DecisionFinding(
        decision.id,
        decision.name,
        "overlap",
        "error",
        f"Aturan {rules} sama-sama berlaku untuk {text}. Persempit salah satunya atau ganti kebijakan tabel.",
        f"Expected one rule under hit policy {table.hit_policy}, but rules {rules} match {text}. Narrow one of them.",
        decision.line,
        example,
    )
