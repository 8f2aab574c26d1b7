"""Decision tables: every hit policy, defaults, and the findings of validation."""

from typing import Any

import pytest

from engine.decisions import DecisionFailed, DecisionModel, evaluate_decision, parse_decisions, validate
from engine.feel import to_json


def model(
    rules: list[tuple[str, str]],
    policy: str = "UNIQUE",
    aggregation: str = "",
    *,
    values: str = "",
    default: str = "",
    kind: str = "number",
) -> DecisionModel:
    """A table of one input `x` and one output."""
    cells = "".join(
        f"<rule id='r{number}'><inputEntry><text><![CDATA[{test}]]></text></inputEntry>"
        f"<outputEntry><text><![CDATA[{answer}]]></text></outputEntry></rule>"
        for number, (test, answer) in enumerate(rules, 1)
    )
    allowed = f"<outputValues><text>{values}</text></outputValues>" if values else ""
    fallback = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    total = f" aggregation='{aggregation}'" if aggregation else ""
    return parse_decisions(
        f"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m">
        <inputData id="i" name="x"><variable name="x" typeRef="{kind}"/></inputData>
        <decision id="d" name="y"><variable name="y"/>
          <informationRequirement id="q"><requiredInput href="#i"/></informationRequirement>
          <decisionTable id="t" hitPolicy="{policy}"{total}>
            <input id="c" label="X"><inputExpression typeRef="{kind}"><text>x</text></inputExpression></input>
            <output id="o" name="y">{allowed}{fallback}</output>{cells}
          </decisionTable></decision></definitions>""".encode()
    )


ORDER = '"tinggi","sedang","rendah"'
RISK = [("> 5", '"sedang"'), ("> 1", '"rendah"'), ("> 9", '"tinggi"')]


@pytest.mark.parametrize(
    ("policy", "aggregation", "x", "expected"),
    [
        ("FIRST", "", 10, "sedang"),
        ("PRIORITY", "", 10, "tinggi"),
        ("RULE ORDER", "", 10, ["sedang", "rendah", "tinggi"]),
        ("OUTPUT ORDER", "", 10, ["tinggi", "sedang", "rendah"]),
        ("COLLECT", "", 7, ["sedang", "rendah"]),
        ("COLLECT", "COUNT", 10, 3),
        ("COLLECT", "COUNT", 0, 0),
        ("COLLECT", "", 0, []),
        ("UNIQUE", "", 3, "rendah"),
        ("UNIQUE", "", 0, None),
        ("ANY", "", 3, "rendah"),
    ],
)
def test_hit_policies(policy: str, aggregation: str, x: int, expected: Any) -> None:
    table = model(RISK, policy, aggregation, values=ORDER)
    assert to_json(evaluate_decision(table, None, {"x": x}).value) == expected


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 60), ("MIN", 10), ("MAX", 30)])
def test_aggregations(aggregation: str, expected: int) -> None:
    table = model([("> 0", "10"), ("> 1", "20"), ("> 2", "x * 5")], "COLLECT", aggregation)
    assert to_json(evaluate_decision(table, None, {"x": 6}).value) == expected


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY"])
def test_a_conflict_is_null_and_told(policy: str) -> None:
    result = evaluate_decision(model(RISK, policy), None, {"x": 10})
    assert result.value is None
    assert [rule.rule_id for rule in result.matched_rules] == ["r1", "r2", "r3"]
    assert "1, 2, 3" in result.problems[0][0]


def test_any_allows_equal_answers() -> None:
    assert evaluate_decision(model([("> 1", "1"), ("> 2", "1.0")], "ANY"), None, {"x": 3}).value == 1


def test_a_default_answers_when_no_rule_does() -> None:
    assert evaluate_decision(model([("> 1", "1")], default="7"), None, {"x": 0}).value == 7


@pytest.mark.parametrize(
    ("kind", "rules", "x", "expected"),
    [
        ("date", [('< date("2026-01-01")', "1"), ('>= date("2026-01-01")', "2")], "2025-12-31", 1),
        ("string", [('starts with(?, "a")', "1"), ('not("b")', "2")], "c", 2),
        ("boolean", [("true", "1"), ("false", "2")], False, 2),
        ("number", [("[1..3], 7", "1"), ("-", "2")], 7, 1),
        ("number", [("null", "1")], None, 1),
    ],
)
def test_cells(kind: str, rules: list[tuple[str, str]], x: object, expected: int) -> None:
    assert evaluate_decision(model(rules, "FIRST", kind=kind), None, {"x": x}).value == expected


@pytest.mark.parametrize(
    ("kind", "rules", "gaps", "overlaps"),
    [
        ("number", [("< 10", "1"), (">= 10", "2")], [], []),
        ("number", [("< 10", "1"), ("> 10", "2")], ["10"], []),
        ("number", [("<= 10", "1"), (">= 10", "2")], [], ["10"]),
        ("number", [("[0..10)", "1"), ("[20..30]", "2")], ["-1", "10", "31"], []),
        ("date", [('< date("2026-01-01")', "1"), ('> date("2026-01-01")', "2")], ['@"2026-01-01"'], []),
        ("string", [('"a"', "1"), ('"b"', "2")], ['"(lainnya)"'], []),
        ("boolean", [("true", "1")], ["false"], []),
        ("string", [("-", "1")], [], []),
        ("string", [('not("a")', "1"), ('"b"', "2")], ['"a"'], ['"b"']),
    ],
)
def test_gaps_and_overlaps_are_shown(
    kind: str, rules: list[tuple[str, str]], gaps: list[str], overlaps: list[str]
) -> None:
    findings = validate(model(rules, kind=kind))
    assert [dict(finding.example)["X"] for finding in findings if finding.rule == "gap"] == gaps
    assert [dict(finding.example)["X"] for finding in findings if finding.rule == "overlap"] == overlaps


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        (model([("1 +", "1")]), "feel_syntax"),
        (model([("> 1", "y1 + 1")]), "feel_unknown_name"),
        (model([("> 1", '1 + "a"')]), "feel_type"),
        (model([("> 1", "1")], "PRIORITY"), "output_values"),
        (model([("> 1", "1")], "SOMETIMES"), "hit_policy"),
        (model([("> 1", "1")], "COLLECT", "AVERAGE"), "hit_policy"),
    ],
)
def test_findings(table: DecisionModel, rule: str) -> None:
    found = [finding for finding in validate(table) if finding.rule == rule]
    assert found
    assert found[0].message_id
    assert found[0].element


def test_a_text_that_is_no_feel_fails_with_its_decision() -> None:
    with pytest.raises(DecisionFailed, match="'y'"):
        evaluate_decision(model([("1 +", "1")]), None, {"x": 1})


def test_a_bomb_in_a_cell_is_stopped() -> None:
    bomb = model([("count(for i in 1..9999999 return i) > ?", "1")])
    with pytest.raises(DecisionFailed):
        evaluate_decision(bomb, None, {"x": 1})
    validate(bomb)
