"""Deploys a diagram with its forms as a new version of its key; the same content is the same version."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.change import calendar_of
from engine.context import Context
from engine.diagram.model import Node, Process
from engine.errors import DiagramRefused, Forbidden
from engine.spiff.compile import Program, compile_process
from engine.spiff.timing import CalendarTiming
from engine.storage import calendars, definitions
from engine.storage.agencies import agency_for_start, agency_named
from engine.storage.history import append_administration
from engine.storage.subscriptions import replace_starts
from engine.storage.unit_of_work import Connection
from engine.timer_starts import next_start
from engine.validation import Verdict, judge, peek_key


def deploy_definition(
    context: Context,
    actor: Actor | None,
    xml: bytes,
    *,
    profile: str = "sop",
    forms: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """Stores the diagram as the newest version of its process id; running instances stay on theirs.

    Args:
        actor: an analyst, or None for the command line.
        forms: form-js JSON by form key; None takes over the forms of the version before.

    Returns:
        `{key, version, name, hash, created, findings[]}`; `created` is False when this content was deployed before.

    Raises:
        Forbidden. DiagramRefused: with every finding in `errors`; nothing is stored.
    """
    if actor is not None and not may_deploy(actor):
        raise Forbidden("Expected an analyst to deploy definitions.")
    with context.database.write() as connection:
        bodies = dict(forms) if forms is not None else definitions.newest_forms(connection, peek_key(xml))
        verdict = judge(connection, xml, profile, bodies)
        if not verdict.valid or verdict.checked.diagram is None:
            raise DiagramRefused(_summary(verdict), [one for one in verdict.findings if one["severity"] == "error"])
        process = verdict.checked.diagram.main

        content = definitions.content_hash(xml, bodies)
        version = definitions.last_version(connection, process.id) + 1
        known = definitions.by_hash(connection, process.id, content)
        if known is not None:
            return _answer(known.key, known.version, known.name, content, verdict, created=False)

        definition_id = _insert(context, connection, actor, process, version, profile, content, xml)
        definitions.insert_forms(connection, definition_id, bodies)
        replace_starts(connection, process.id, _starts(context, connection, definition_id, verdict))
        facts = {"key": process.id, "version": version, "hash": content, "profile": profile}
        append_administration(connection, actor, "definition_deployed", facts, context.clock.now())
        return _answer(process.id, version, process.name or process.id, content, verdict, created=True)


def _summary(verdict: Verdict) -> str:
    errors = [finding for finding in verdict.findings if finding["severity"] == "error"]
    first = errors[0]
    return (
        f"Expected a diagram without errors, but found {len(errors)}; the first at '{first['element']}': "
        f"{first['message']}"
    )


def _answer(key: str, version: int, name: str, content: str, verdict: Verdict, *, created: bool) -> dict[str, Any]:
    return {
        "key": key, "version": version, "name": name, "hash": content, "created": created,
        "findings": verdict.findings, "prepared": verdict.prepared,
    }  # fmt: skip


def _insert(
    context: Context, connection: Connection, actor: Actor | None, process: Process, version: int, profile: str,
    content: str, xml: bytes,
) -> int:  # fmt: skip
    identity = process.identity
    start = _start_lane(process)
    agency_id = agency_named(connection, identity.agency) if identity and identity.agency else None
    return definitions.insert_definition(connection, {
        "key": process.id, "version": version, "name": process.name or process.id, "profile": profile,
        "hash": content, "xml": xml, "agency_id": agency_id,
        "confidentiality": identity.confidentiality if identity else "biasa", "start_role": start[0],
        "start_kind": start[1], "roles": _roles(process), "deployed_at": context.clock.now(),
        "deployed_by": actor.username if actor else "alur",
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
    context: Context, connection: Connection, definition_id: int, verdict: Verdict
) -> list[dict[str, Any]]:
    """The message, signal and timer start events of the program as rows of `start_subscriptions`."""
    assert verdict.checked.diagram is not None
    program: Program = compile_process(verdict.checked.diagram)
    now = context.clock.now()
    rows: list[dict[str, Any]] = []
    for start in program.starts:
        if start.kind in ("message", "signal"):
            rows.append({"kind": start.kind, "name": start.name, "next_due_at": None})
        elif start.kind == "timer" and start.timer is not None:
            agency = agency_for_start(connection, None, None)
            timing = CalendarTiming(calendar_of(context, connection, agency.id, calendars.current_version(connection)))
            due = next_start(program, start.element, timing, now, 0)
            rows.append({"kind": "timer", "name": None, "next_due_at": due})
        else:
            continue
        rows[-1] |= {"definition_id": definition_id, "element_id": start.element, "armed_at": now}
    return rows
