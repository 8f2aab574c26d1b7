"""A decision of a draft: where it is used, what is wrong with it, and what it asks for. Stores nothing."""

import re
from collections.abc import Iterator
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.decisions import DecisionModel, parse_decisions, validate
from engine.decisions.model import InputClause, TableLogic
from engine.diagram.edit import readable
from engine.diagram.parse import parse_diagram
from engine.drafting import require_editor, require_key
from engine.errors import AlurError, InvalidInput, TooLarge
from engine.queries.drafts import draft_contents
from engine.storage.decisions import newest_decisions

_NAME = re.compile(r"\w[\w ]*")
_EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
id="{key}" name="{key}" namespace="urn:alur:dmn:{key}">
  <decision id="keputusan_1" name="keputusan">
    <variable id="variabel_1" name="keputusan" typeRef="string"/>
    <decisionTable id="tabel_1" hitPolicy="UNIQUE">
      <input id="masukan_1" label="Masukan">
        <inputExpression id="ekspresi_1" typeRef="string"><text>masukan</text></inputExpression>
      </input>
      <output id="keluaran_1" label="Keluaran" name="keputusan" typeRef="string"/>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="gambar_1">
      <dmndi:DMNShape id="bentuk_1" dmnElementRef="keputusan_1">
        <dc:Bounds height="80" width="180" x="160" y="100"/>
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def draft_decision(context: Context, actor: Actor, key: str, file_key: str) -> dict[str, Any]:
    """A decision file for its editor: `{key, name, etag, file_key, xml, known, deployed, used_by[], others[]}`.

    One that the draft does not hold is the deployed one of that key (`deployed`), else a small table to begin with.

    Raises:
        Forbidden: no analyst. NotFound: no such draft. InvalidInput: a key that cannot be.
    """
    require_key(file_key, "file_key")
    found = draft_contents(context, actor, key)
    own = found.decisions.get(file_key)
    with context.database.read() as connection:
        deployed = {row.key: row for row in newest_decisions(connection)}
    there = own or (deployed[file_key].xml if file_key in deployed else None)
    xml = readable(there) if there else _EMPTY.format(key=file_key)
    called = {file_key} | {decision.id for decision in _decisions(xml)}
    return {
        "key": key, "name": found.facts["name"], "etag": found.facts["etag"], "file_key": file_key, "xml": xml,
        "known": own is not None, "deployed": own is None and there is not None,
        "used_by": _used_by(found.xml, called), "others": sorted({*found.decisions, *deployed}),
    }  # fmt: skip


def check_decision(actor: Actor, file_key: str, xml: bytes) -> dict[str, Any]:
    """Everything wrong with a DMN file: `{valid, findings[], inputs[], decisions[]}`.

    A finding is `{element, name, rule, severity, message, message_en, example}`; an input to try is
    `{name, label, type, allowed}`.

    Raises:
        Forbidden: no analyst.
    """
    require_editor(actor)
    try:
        model = parse_decisions(xml)
    except (InvalidInput, TooLarge) as refused:
        unreadable = {
            "element": "", "name": file_key, "rule": "file", "severity": "error", "example": {},
            "message": "Berkas ini bukan DMN yang dapat dibaca.", "message_en": refused.detail,
        }  # fmt: skip
        return {"valid": False, "findings": [unreadable], "inputs": [], "decisions": []}
    findings = [
        {
            "element": one.element, "name": one.name, "rule": one.rule, "severity": one.severity,
            "message": one.message_id, "message_en": one.message_en, "example": dict(one.example),
        }
        for one in validate(model)
    ]  # fmt: skip
    if model.key != file_key:
        findings.insert(0, _other_key(model, file_key))
    return {
        "valid": not any(one["severity"] == "error" for one in findings), "findings": findings,
        "inputs": list(_inputs(model)),
        "decisions": [{"id": one.id, "name": one.name} for one in model.decisions],
    }  # fmt: skip


def _other_key(model: DecisionModel, file_key: str) -> dict[str, Any]:
    return {
        "element": model.key, "name": model.name, "rule": "key", "severity": "error", "example": {},
        "message": f"ID model harus '{file_key}', seperti kunci berkas ini, bukan '{model.key}'. Ubah di diagram DRD.",
        "message_en": f"Expected the model's id to be '{file_key}', the key of this file, but it is '{model.key}'.",
    }  # fmt: skip


def _inputs(model: DecisionModel) -> Iterator[dict[str, str]]:
    """What the model asks of the process: its input data, and plain names that only its tables use."""
    clauses = {
        clause.expression.strip(): clause
        for decision in model.decisions
        if isinstance(decision.logic, TableLogic)
        for clause in decision.logic.inputs
    }
    nothing = InputClause("", "", "", "")
    for data in model.inputs:
        clause = clauses.pop(data.name, nothing)
        yield {"name": data.name, "label": clause.label, "type": data.type or clause.type, "allowed": clause.allowed}
    decided = {decision.name for decision in model.decisions}
    for name, clause in clauses.items():
        if name not in decided and _NAME.fullmatch(name) and not name[0].isdigit():
            yield {"name": name, "label": clause.label, "type": clause.type, "allowed": clause.allowed}


def _decisions(xml: str) -> tuple[Any, ...]:
    try:
        return parse_decisions(xml.encode()).decisions
    except (InvalidInput, TooLarge):
        return ()


def _used_by(xml: bytes, called: set[str]) -> list[dict[str, str]]:
    """The business rule tasks of a diagram that call one of these; none while it cannot be read."""
    try:
        process = parse_diagram(xml).main
    except (AlurError, StopIteration):
        return []
    users = [node for node in process.nodes.values() if node.kind == "businessRuleTask" and node.called in called]
    return [{"id": node.id, "name": node.name} for node in users]
