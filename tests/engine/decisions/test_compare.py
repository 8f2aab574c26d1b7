"""What differs between two decision files: rules that came, went and changed; nothing for a mere moving about."""

from pathlib import Path

from engine.decisions.compare import DecisionDifference, compare_decisions
from tests_support import ROOT

LEAVE = (Path(ROOT) / "bpmn" / "kewenangan-cuti.dmn").read_bytes()


def table(rules: str, policy: str = "UNIQUE") -> bytes:
    return f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
      <decision id="k" name="biaya"><variable id="v" name="biaya" typeRef="number"/>
      <decisionTable id="t" hitPolicy="{policy}"><input id="i" label="Luas"><inputExpression id="e" typeRef="number">
      <text>luas</text></inputExpression></input><output id="o" name="biaya" typeRef="number"/>{rules}</decisionTable>
      </decision></definitions>""".encode()


def rule(name: str, when: str, then: str) -> str:
    cells = f"<inputEntry id='{name}_i'><text>{when}</text></inputEntry>"
    return f"<rule id='{name}'>{cells}<outputEntry id='{name}_o'><text>{then}</text></outputEntry></rule>"


def test_rules_that_came_went_and_changed() -> None:
    old = table(rule("a", "&lt; 10", "1") + rule("b", "[10..20]", "2") + rule("c", "&gt; 20", "3"))
    new = table(rule("c", "&gt; 20", "3") + rule("b", "[10..20]", "5") + rule("d", "&gt; 90", "9"), "FIRST")
    assert compare_decisions(old, new) == [
        DecisionDifference("changed", "biaya", "hit_policy", "U", "F"),
        DecisionDifference("removed", "biaya", "rule", "< 10 → 1", ""),
        DecisionDifference("changed", "biaya", "rule", "[10..20] → 2", "[10..20] → 5"),
        DecisionDifference("added", "biaya", "rule", "", "> 90 → 9"),
    ]


def test_order_whole_decisions_and_what_cannot_be_read() -> None:
    one, other = rule("a", "&lt; 10", "1"), rule("b", "&gt; 10", "2")
    swapped = compare_decisions(table(one + other), table(other + one))
    assert swapped == [DecisionDifference("changed", "biaya", "rule_order")]
    kinds = {(one.kind, one.field) for one in compare_decisions(table(one), LEAVE)}
    assert kinds == {("removed", ""), ("added", "")}
    assert compare_decisions(table(one), b"rusak") == [DecisionDifference("changed", "", "logic")]


def test_another_place_in_the_file_is_no_difference() -> None:
    assert compare_decisions(LEAVE, LEAVE.replace(b"><", b">\n<")) == []
