"""Writes docs/rules.md and docs/bpmn-support.md from the rules and the table of elements, so that they cannot disagree.

Run `python -m scripts.rules_doc` after changing a rule; a test holds the files to what this writes.
"""

from pathlib import Path

from engine.diagram.elements import DRAWING, REFUSED, RUNS
from engine.diagram.rules import RULES

DOCS = Path(__file__).resolve().parent.parent / "docs"

_RULES_HEAD = """# Rules

What `POST /definitions/validate`, `alur validate` and every deployment check. Each section is one file of
`engine/diagram/rules/`; its examples are in `tests/diagrams/<rule>/`. A finding carries the element's id and name, the
rule, a severity, what is wrong and the cure, in Bahasa Indonesia and in English. An *error* keeps a diagram from being
deployed; a *warning* does not; an *information* only tells. Profile `sop` adds what an SOP needs, `bpmn` accepts
any executable diagram. Besides these, a file that is no readable BPMN 2.0 gives one finding of the rule `xml`.

Written by `python -m scripts.rules_doc`; do not edit by hand.
"""

_SUPPORT_HEAD = """# BPMN 2.0: what runs, what is refused, what is drawing only

Every element of BPMN 2.0 is in one of these tables. *Runs*: executed as BPMN 2.0.2 says. *Refused*: legal, but not
executed; the rule `unsupported_elements` names it and what to draw instead. *Drawing only*: kept and shown, without
effect on execution. Parts of other elements (conditions, timers, references, …) belong to the element that holds them.

Written by `python -m scripts.rules_doc` from `engine/diagram/elements.py`; do not edit by hand.
"""

_ATTRIBUTES = """
## Attributes with an effect

| attribute | what happens |
|---|---|
| `startQuantity`, `completionQuantity` other than 1 | refused (`token_quantity`) |
| `behavior` of multi-instance other than All | refused (`multi_instance`) |
| `gatewayDirection` | must fit the flows (`gateway_direction`), no effect otherwise |
| `cancelActivity`, `isInterrupting` | as BPMN says; error and cancel always interrupt |
| `parallelMultiple` | all events of the definition list are needed |
| `instantiate` | on receive tasks and event-based gateways without incoming flow |
| `waitForCompletion` | compensation is waited for |
| `isExecutable="false"` | the process is drawing only |
| `ioSpecification` with assignments | input and output mappings; without assignment a drawing |
| extensions of other tools | kept; ignored (`vendor_extensions`) or refused when they carry code (`vendor_execution`) |
"""


def rules_markdown() -> str:
    """The text of docs/rules.md."""
    parts = [_RULES_HEAD, "\n".join(f"- [`{name}`](#{name}): {_title(rule.__doc__)}" for name, rule in RULES) + "\n"]
    for name, rule in RULES:
        text = (rule.__doc__ or "").strip()
        title, _, rest = text.partition("\n\n")
        parts.append(f"## {name}\n\n**{' '.join(title.split())}**\n\n{rest.strip()}\n")
    return "\n".join(parts)


def support_markdown() -> str:
    """The text of docs/bpmn-support.md."""
    runs = [f"| `{name}` | {note} |" for name, note in RUNS.items()]
    refused = [f"| `{name}` | {cure[1]} |" for name, cure in REFUSED.items()]
    drawing = [f"| `{name}` | {note} |" for name, note in DRAWING.items()]
    tables = [
        "\n".join([f"## {title}\n", f"| element | {column} |", "|---|---|", *rows])
        for title, column, rows in (
            ("Runs", "how", runs),
            ("Refused", "instead", refused),
            ("Drawing only", "note", drawing),
        )
    ]
    return "\n".join([_SUPPORT_HEAD, "\n\n".join(tables), _ATTRIBUTES])


def _title(text: str | None) -> str:
    return " ".join((text or "").strip().partition("\n\n")[0].split())


def main() -> None:
    """Writes both files."""
    (DOCS / "rules.md").write_text(rules_markdown(), encoding="utf-8")
    (DOCS / "bpmn-support.md").write_text(support_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
