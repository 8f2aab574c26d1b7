"""One verdict on a diagram for validate and deploy alike: the rules, the forms it needs, and a trial compilation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from engine.decisions import parse_decisions
from engine.decisions import validate as validate_decisions
from engine.diagram.lint import Validation, validate
from engine.diagram.parse import parse_diagram
from engine.diagram.rule import Finding
from engine.errors import AlurError, DiagramRefused, InvalidInput
from engine.spiff.compile import compile_process
from engine.storage.definitions import known_decisions, known_keys
from engine.storage.unit_of_work import Connection
from forms.describe import fields
from forms.load import parse_form
from forms.model import FormDefinition

_FILE_WORDS = {"form": "formulir (form-js, JSON)", "decision": "keputusan (DMN 1.1 sampai 1.5)"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings as JSON-ready dicts, and what a deployment needs when there is no error among them."""

    valid: bool
    findings: list[dict[str, Any]]
    prepared: list[dict[str, Any]]
    checked: Validation = field(repr=False)
    forms: Mapping[str, FormDefinition] = field(default_factory=dict, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The answer of POST /definitions/validate."""
        return {"valid": self.valid, "findings": self.findings, "prepared": self.prepared}


def judge(
    connection: Connection, xml: bytes, profile: str, form_bodies: Mapping[str, bytes],
    decision_bodies: Mapping[str, bytes] | None = None,
) -> Verdict:  # fmt: skip
    """Everything wrong with a diagram and what comes with it: forms (form-js JSON) and decisions (DMN), by key.

    Never raises for a bad diagram.

    Raises:
        InvalidInput: an unknown profile.
    """
    if profile not in ("sop", "bpmn"):
        message = f"Expected profile 'sop' or 'bpmn', but got '{profile[:40]}'."
        raise InvalidInput(message, [{"field": "profile", "message": message}])
    findings: list[dict[str, Any]] = []
    forms: dict[str, FormDefinition] = {}
    for key, body in sorted(form_bodies.items()):
        try:
            forms[key] = parse_form(body)
        except AlurError as error:
            findings.append(_file_finding("form", key, error))
    known = known_decisions(connection)
    for key, body in sorted((decision_bodies or {}).items()):
        try:
            findings += _decision_findings(key, body, known)
        except AlurError as error:
            findings.append(_file_finding("decision", key, error))
    names = {key: [one.name for one in fields(form)] for key, form in forms.items()}
    checked = validate(
        xml, cast(Literal["sop", "bpmn"], profile), names,
        known, known_keys(connection),
    )  # fmt: skip
    findings += [finding_dict(finding) for finding in checked.findings]
    if checked.valid and checked.diagram is not None:
        findings += _trial(checked)
    valid = not any(finding["severity"] == "error" for finding in findings)
    prepared = [
        {"element": one.element, "name": one.name, "message": one.what_id, "message_en": one.what_en}
        for one in checked.prepared
    ]
    return Verdict(valid, findings, prepared, checked, forms)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """A finding as the API shows it: Bahasa Indonesia first, English beside it."""
    return {
        "element": finding.element, "name": finding.name, "rule": finding.rule, "severity": finding.severity,
        "message": finding.message_id, "cure": finding.cure_id, "message_en": finding.message_en,
        "cure_en": finding.cure_en, "line": finding.line, "related": list(finding.related),
    }  # fmt: skip


def _trial(checked: Validation) -> list[dict[str, Any]]:
    """What only the compiler sees; the rules should have said it before."""
    assert checked.diagram is not None
    try:
        compile_process(checked.diagram)
    except DiagramRefused as refused:
        return [{"severity": "error", "rule": "compile", "cure": "", **error} for error in refused.errors]
    return []


def _file_finding(rule: Literal["form", "decision"], key: str, error: AlurError) -> dict[str, Any]:
    """What is wrong with a file as a whole; a form's single problems, in both languages, go along as `errors`."""
    told = [one["message_id"] for one in error.errors if "message_id" in one]
    more = f" (dan {len(told) - 1} hal lain)" if len(told) > 1 else ""
    message = f"{told[0]}{more}" if told else f"Berkas ini tidak dapat dibaca sebagai {_FILE_WORDS[rule]}."
    return {
        "element": key, "name": key, "rule": rule, "severity": "error", "message": message, "message_en": error.detail,
        "cure": "Perbaiki berkasnya, atau ekspor lagi dari penyuntingnya.",
        "cure_en": "Repair the file, or export it from its editor again.", "errors": error.errors,
    }  # fmt: skip


def _decision_findings(key: str, body: bytes, known: set[str]) -> Iterator[dict[str, Any]]:
    """What is wrong with a decision file; what it defines is `known` to the diagram from then on."""
    model = parse_decisions(body)
    known |= {model.key, *(decision.id for decision in model.decisions)}
    for one in validate_decisions(model):
        yield {
            "element": key, "name": one.name or key, "rule": f"decision-{one.rule}", "severity": one.severity,
            "message": one.message_id, "cure": "", "message_en": one.message_en, "line": one.line,
        }  # fmt: skip


def peek_key(xml: bytes) -> str:
    """The key under which a diagram would be deployed: its main process id, or nothing when it cannot be read."""
    try:
        return parse_diagram(xml).main.id
    except (AlurError, StopIteration):
        return ""
