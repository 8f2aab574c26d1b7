"""What differs between two DMN files, rule by rule. Pure; of a file that cannot be read only that it differs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from engine.decisions.model import Decision, LiteralLogic, Rule, TableLogic
from engine.decisions.parse import parse_decisions
from engine.errors import InvalidInput, TooLarge


@dataclass(frozen=True, slots=True)
class DecisionDifference:
    """One difference.

    Attributes:
        kind: "added", "removed" or "changed".
        decision: its name.
        field: "rule", "rule_order", "hit_policy", "columns", "logic" or "type"; "" when it came or went as a whole.
        before, after: as texts.
    """

    kind: str
    decision: str
    field: str = ""
    before: str = ""
    after: str = ""


def compare_decisions(old: bytes, new: bytes) -> list[DecisionDifference]:
    """Every difference from `old` to `new`; only that they differ (`logic`) when one of them cannot be read."""
    if old == new:
        return []
    before, after = _read(old), _read(new)
    if before is None or after is None:
        return [DecisionDifference("changed", "", "logic")]
    gone = [DecisionDifference("removed", before[key].name) for key in before if key not in after]
    come = [DecisionDifference("added", after[key].name) for key in after if key not in before]
    same = [one for key in before if key in after for one in _decision(before[key], after[key])]
    return [*gone, *come, *same]


def _read(xml: bytes) -> dict[str, Decision] | None:
    try:
        return {one.id: one for one in parse_decisions(xml).decisions}
    except (InvalidInput, TooLarge):
        return None


def _decision(old: Decision, new: Decision) -> Iterator[DecisionDifference]:
    name = new.name
    if old.type != new.type:
        yield DecisionDifference("changed", name, "type", old.type, new.type)
    before, after = old.logic, new.logic
    if isinstance(before, TableLogic) and isinstance(after, TableLogic):
        yield from _table(name, before, after)
    elif _meaning(before) != _meaning(after):
        yield DecisionDifference("changed", name, "logic", _text(before), _text(after))


def _table(name: str, old: TableLogic, new: TableLogic) -> Iterator[DecisionDifference]:
    policies = [f"{table.hit_policy} {table.aggregation}".strip() for table in (old, new)]
    if policies[0] != policies[1]:
        yield DecisionDifference("changed", name, "hit_policy", *policies)
    if _meaning((old.inputs, old.outputs)) != _meaning((new.inputs, new.outputs)):
        yield DecisionDifference("changed", name, "columns", _columns(old), _columns(new))
    yield from _rules(name, old.rules, new.rules)


def _rules(name: str, old: tuple[Rule, ...], new: tuple[Rule, ...]) -> Iterator[DecisionDifference]:
    """Rules that stayed do not count, wherever they stand; of the others, equal ids are one rule changed."""
    kept = Counter(map(_row, old)) & Counter(map(_row, new))
    gone, come = _without(old, kept.copy()), _without(new, kept.copy())
    fresh = {rule.id: rule for rule in come if rule.id}
    for rule in gone:
        twin = fresh.pop(rule.id, None)
        kind = "removed" if twin is None else "changed"
        yield DecisionDifference(kind, name, "rule", _row(rule), "" if twin is None else _row(twin))
    changed = {rule.id for rule in gone if rule.id}
    for rule in come:
        if rule.id not in changed:
            yield DecisionDifference("added", name, "rule", "", _row(rule))
    moved = [_row(rule) for rule in old] != [_row(rule) for rule in new]
    if not gone and not come and moved:
        yield DecisionDifference("changed", name, "rule_order")


def _without(rules: tuple[Rule, ...], kept: Counter[str]) -> list[Rule]:
    rest = []
    for rule in rules:
        row = _row(rule)
        if kept[row]:
            kept[row] -= 1
        else:
            rest.append(rule)
    return rest


def _row(rule: Rule) -> str:
    """A rule as one line: its conditions, then what it answers."""
    conditions = ", ".join(text.strip() or "-" for text in rule.inputs)
    return f"{conditions} → {', '.join(text.strip() for text in rule.outputs)}"


def _columns(table: TableLogic) -> str:
    conditions = ", ".join(one.label or one.expression for one in table.inputs)
    return f"{conditions} → {', '.join(one.name for one in table.outputs)}"


def _text(logic: object) -> str:
    return logic.text if isinstance(logic, LiteralLogic) else ""


def _meaning(value: object) -> object:
    """A value without the lines where it stands in its file."""
    if is_dataclass(value) and not isinstance(value, type):
        parts = (getattr(value, one.name) for one in fields(value) if one.name != "line")
        return (type(value).__name__, *map(_meaning, parts))
    if isinstance(value, tuple):
        return tuple(_meaning(one) for one in value)
    if isinstance(value, dict):
        return {name: _meaning(one) for name, one in value.items()}
    return value
