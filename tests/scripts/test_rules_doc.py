"""The generated pages are current."""

from engine.diagram.elements import DRAWING, PARTS, REFUSED, RUNS
from engine.diagram.rules import RULES
from scripts.rules_doc import DOCS, rules_markdown, support_markdown


def test_docs_are_what_the_code_says() -> None:
    again = "run `python -m scripts.rules_doc`"
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_markdown(), again
    assert (DOCS / "bpmn-support.md").read_text(encoding="utf-8") == support_markdown(), again


def test_every_rule_has_its_section() -> None:
    text = rules_markdown()
    assert all(f"\n## {name}\n" in text for name, _ in RULES)


def test_no_element_is_in_two_tables() -> None:
    tables = [set(RUNS), set(REFUSED), set(DRAWING), set(PARTS)]
    assert sum(map(len, tables)) == len(set().union(*tables))
