"""`validate`: all problems of a diagram in one answer. Owns the order and shape of findings; the rules judge.

Must not raise for a bad file: whatever is wrong with it is a finding.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.diagram.model import Diagram
from engine.diagram.parse import parse_source
from engine.diagram.prepare import Prepared, prepare
from engine.diagram.rule import Context, Finding, Problem, Profile, context_of
from engine.diagram.rules import RULES
from engine.diagram.source import RawElement
from engine.diagram.xml import XmlRefused, XmlTooLarge

MOST_FINDINGS = 1_000
_RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Validation:
    """The verdict. `diagram` is prepared and ready to run when `valid`; None when the file could not be read."""

    valid: bool
    findings: tuple[Finding, ...]
    prepared: tuple[Prepared, ...] = ()
    diagram: Diagram | None = None


def validate(
    data: bytes,
    profile: Profile = "sop",
    known_forms: Mapping[str, Collection[str]] | None = None,
    known_decisions: Collection[str] | None = None,
    known_processes: Collection[str] | None = None,
) -> Validation:
    """Everything that is wrong with a BPMN file; errors first, each in the order of the file.

    Args:
        data: the file, bytes.
        profile: "sop" adds the rules of an SOP, "bpmn" accepts any executable diagram.
        known_forms: field names by form key, None when the forms are not known.
        known_decisions: keys of deployed decisions, None when not known.
        known_processes: keys of deployed processes besides those of the file, None when not known.
    """
    try:
        source = parse_source(data)
    except (XmlRefused, XmlTooLarge) as refused:
        return Validation(False, (_unreadable(refused),))
    context = context_of(source, profile, known_forms, known_decisions, known_processes)
    findings = _in_order(_findings(context))
    diagram, prepared = prepare(source.diagram)
    valid = not any(finding.severity == "error" for finding in findings)
    return Validation(valid, tuple(findings), tuple(prepared), diagram)


def _in_order(findings: Iterator[Finding]) -> list[Finding]:
    """Errors first, each kind in the order of the file; past a limit the rest is only counted."""
    found = sorted(dict.fromkeys(findings), key=lambda one: (_RANK[one.severity], one.line))
    rest = len(found) - MOST_FINDINGS
    if rest > 0:
        more = Finding(
            "", "", "more", found[MOST_FINDINGS].severity, f"Masih ada {rest} temuan lain.", f"There are {rest} more.",
            "Perbaiki yang di atas dahulu, lalu periksa lagi.", "Correct those above first, then validate again.",
        )  # fmt: skip
        found[MOST_FINDINGS:] = [more]
    return found


def _findings(context: Context) -> Iterator[Finding]:
    for name, rule in RULES:
        for problem in rule.check(context):
            yield _finding(context, name, problem)


def _finding(context: Context, rule: str, problem: Problem) -> Finding:
    element, line = problem.element, problem.line
    raw = context.element(element)
    if raw is not None:
        line = line or raw.line
        while not raw.id and (parent := context.source.parent_of(raw)) is not None:
            raw = _named_neighbour(context, raw.key) or parent
        element = raw.id
    severity = problem.severity
    if severity == "error" and raw is not None and _only_drawn(context, raw):
        severity = "warning"
    return Finding(
        element=element,
        name=raw.name.strip() if raw is not None else "",
        rule=rule,
        severity=severity,
        message_id=problem.what[0],
        message_en=problem.what[1],
        cure_id=problem.cure[0],
        cure_en=problem.cure[1],
        line=line,
        related=problem.related,
    )


def _only_drawn(context: Context, raw: RawElement) -> bool:
    """Whether an element belongs to a process that is not executed beside one that is, such as a partner's pool."""
    above: RawElement | None = raw
    while above is not None and above.tag != "process":
        above = context.source.parent_of(above)
    return above is not None and all(process.id != above.key for process in context.runnable)


def _named_neighbour(context: Context, key: str) -> RawElement | None:
    """A sequence flow without id is best known by the node it leaves."""
    flow = context.flows.get(key)
    return context.element(flow.source) or context.element(flow.target) if flow is not None else None


def _unreadable(refused: XmlRefused | XmlTooLarge) -> Finding:
    return Finding(
        element="",
        name="",
        rule="xml",
        severity="error",
        message_id=refused.message_id,
        message_en=refused.message_en,
        cure_id="Simpan atau ekspor diagram sebagai BPMN 2.0 XML.",
        cure_en="Save or export the diagram as BPMN 2.0 XML.",
        line=refused.line,
    )
