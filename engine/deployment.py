"""Makes a diagram the newest version of its key in the caller's transaction: directly, or from a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from engine.assignment import Actor
from engine.change import calendar_of
from engine.context import Context
from engine.decisions import DecisionFileRefused, DecisionFinding, parse_decisions, validate
from engine.diagram.model import Node, Process
from engine.errors import DiagramRefused
from engine.spiff.compile import Program, compile_process
from engine.spiff.timing import CalendarTiming
from engine.storage import calendars, definitions
from engine.storage.agencies import agency_for_start, agency_named
from engine.storage.decisions import decision_with_hash, insert_decision, last_decision_version
from engine.storage.history import append_administration
from engine.storage.subscriptions import replace_starts
from engine.storage.unit_of_work import Connection
from engine.timer_starts import next_start
from engine.validation import Verdict, judge


@dataclass(frozen=True, slots=True)
class Release:
    """How a version was let pass: from when requests start with it (None = at once), by whom, and why."""

    effective_at: datetime | None = None
    submitted_by: str | None = None
    reviewed_by: str | None = None
    reason: str | None = None

    def facts(self) -> dict[str, Any]:
        """What history keeps of it; nothing of a direct deployment."""
        if self == Release():
            return {}
        effective = self.effective_at.isoformat() if self.effective_at else None
        return {
            "effective_at": effective, "submitted_by": self.submitted_by, "reviewed_by": self.reviewed_by,
            "reason": self.reason,
        }  # fmt: skip


DIRECT = Release()


def deploy(
    context: Context,
    connection: Connection,
    actor: Actor | None,
    xml: bytes,
    profile: str,
    bodies: Mapping[str, bytes],
    release: Release = DIRECT,
) -> dict[str, Any]:
    """Stores the diagram with its forms (`bodies`) as the newest version of its process id.

    Returns:
        `{key, version, name, hash, created, findings[], prepared[]}`; the same content is the same version.

    Raises:
        DiagramRefused: with every finding in `errors`; nothing is stored.
    """
    verdict = judge(connection, xml, profile, bodies)
    require_valid(verdict)
    assert verdict.checked.diagram is not None
    process = verdict.checked.diagram.main

    content = definitions.content_hash(xml, bodies)
    version = definitions.last_version(connection, process.id) + 1
    known = definitions.by_hash(connection, process.id, content)
    if known is not None:
        return _answer(known.key, known.version, known.name, content, verdict, created=False)

    values = {"version": version, "profile": profile, "hash": content, "xml": xml}
    definition_id = _insert(context, connection, actor, process, values, release)
    definitions.insert_forms(connection, definition_id, bodies)
    starts = _starts(context, connection, definition_id, verdict, release.effective_at)
    replace_starts(connection, process.id, starts, release.effective_at)
    facts = {"key": process.id, "version": version, "hash": content, "profile": profile} | release.facts()
    append_administration(connection, actor, "definition_deployed", facts, context.clock.now(), element_id=process.id)
    return _answer(process.id, version, process.name or process.id, content, verdict, created=True)


def require_valid(verdict: Verdict) -> None:
    """Raises DiagramRefused, with every error, unless the diagram can be deployed."""
    if verdict.valid and verdict.checked.diagram is not None:
        return
    errors = [finding for finding in verdict.findings if finding["severity"] == "error"]
    first = errors[0]
    raise DiagramRefused(
        f"Expected a diagram without errors, but found {len(errors)}; the first at '{first['element']}': "
        f"{first['message']}",
        errors,
    )


def deploy_decisions(context: Context, connection: Connection, actor: Actor | None, xml: bytes) -> dict[str, Any]:
    """Stores a DMN file as the newest version of its key; gaps and overlaps are told as warnings.

    Returns:
        `{key, version, name, decisions[], hash, created, findings[]}`.

    Raises:
        DecisionFileRefused: no DMN, or errors in it, each in `errors`; nothing is stored.
    """
    model = parse_decisions(xml)
    findings = [decision_finding(finding) for finding in validate(model)]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    if errors:
        raise DecisionFileRefused(
            f"Expected decisions without errors, but found {len(errors)}; the first: {errors[0]['message']}", errors
        )
    content, ids = sha256(xml).hexdigest(), [decision.id for decision in model.decisions]
    fresh = last_decision_version(connection, model.key) + 1
    known = decision_with_hash(connection, model.key, content)
    version = known.version if known else fresh
    if known is None:
        now = context.clock.now()
        insert_decision(
            connection, key=model.key, version=version, name=model.name, decisions=ids, hash_=content, xml=xml,
            at=now, by=actor.username if actor else "alur",
        )  # fmt: skip
        facts = {"key": model.key, "version": version, "hash": content}
        append_administration(connection, actor, "decision_deployed", facts, now)
    return {
        "key": model.key, "version": version, "name": model.name, "decisions": ids, "hash": content,
        "created": known is None, "findings": findings,
    }  # fmt: skip


def decision_finding(finding: DecisionFinding) -> dict[str, Any]:
    """A finding as the API shows it; `example` is an input that shows a gap or an overlap."""
    return {
        "element": finding.element, "name": finding.name, "rule": finding.rule, "severity": finding.severity,
        "message": finding.message_id, "message_en": finding.message_en, "line": finding.line,
        "example": dict(finding.example),
    }  # fmt: skip


def _answer(key: str, version: int, name: str, content: str, verdict: Verdict, *, created: bool) -> dict[str, Any]:
    return {
        "key": key, "version": version, "name": name, "hash": content, "created": created,
        "findings": verdict.findings, "prepared": verdict.prepared,
    }  # fmt: skip


def _insert(
    context: Context, connection: Connection, actor: Actor | None, process: Process, values: dict[str, Any],
    release: Release,
) -> int:  # fmt: skip
    identity = process.identity
    start = _start_lane(process)
    agency_id = agency_named(connection, identity.agency) if identity and identity.agency else None
    return definitions.insert_definition(connection, {
        **values, "key": process.id, "name": process.name or process.id, "agency_id": agency_id,
        "confidentiality": identity.confidentiality if identity else "biasa", "start_role": start[0],
        "start_kind": start[1], "roles": _roles(process), "deployed_at": context.clock.now(),
        "deployed_by": actor.username if actor else "alur", "effective_at": release.effective_at,
        "submitted_by": release.submitted_by, "reviewed_by": release.reviewed_by, "reason": release.reason,
    })  # fmt: skip


def _start_lane(process: Process) -> tuple[str | None, str | None]:
    """Role and kind of the lane in which the SOP begins: that of the plain start event, else of its first node."""
    scope = process.scopes[process.id]
    nodes = [process.nodes[node_id] for node_id in scope.nodes]
    first = next((node for node in nodes if _plain_start(node)), nodes[0])
    lane = process.lane_of(first.id)
    return (lane.role, lane.performer_kind) if lane else (None, None)


def _roles(process: Process) -> list[str]:
    """The roles of all lanes."""
    return sorted({lane.role for lane in process.lanes if lane.role})


def _plain_start(node: Node) -> bool:
    return node.kind == "startEvent" and not node.events


def _starts(
    context: Context, connection: Connection, definition_id: int, verdict: Verdict, effective_at: datetime | None
) -> list[dict[str, Any]]:
    """The message, signal and timer start events of the program as rows of `start_subscriptions`."""
    assert verdict.checked.diagram is not None
    program: Program = compile_process(verdict.checked.diagram)
    armed_at = effective_at or context.clock.now()
    rows: list[dict[str, Any]] = []
    for start in program.starts:
        if start.kind in ("message", "signal"):
            rows.append({"kind": start.kind, "name": start.name, "next_due_at": None})
        elif start.kind == "timer" and start.timer is not None:
            agency = agency_for_start(connection, None, None)
            timing = CalendarTiming(calendar_of(context, connection, agency.id, calendars.current_version(connection)))
            due = next_start(program, start.element, timing, armed_at, 0)
            rows.append({"kind": "timer", "name": None, "next_due_at": due})
        else:
            continue
        rows[-1] |= {"definition_id": definition_id, "element_id": start.element, "armed_at": armed_at}
    return rows
