"""What people read of an SOP beside its diagram: identity, and each activity: who, with what, in which time."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection

from engine.assignment import APPLICANT, CONFIDENTIAL
from engine.context import Context
from engine.deployed import Deployed, load
from engine.diagram.model import Identity, Node, Process
from engine.storage.definitions import by_id, find_id

ACTIVITIES = frozenset({"userTask", "task", "manualTask"})
_SENTENCE = re.compile(r"[•;\n]|(?<=[.!?])\s+(?=[A-Z])|\s-\s")
_MONEY = re.compile(r"\b(?:biaya|retribusi|tarif|gratis|Rp)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """One activity: `requirements` are its kelengkapan, `time` the source's words, `applicants` the citizen's."""

    element_id: str
    no: str
    name: str
    text: str
    lane: str
    applicants: bool
    requirements: tuple[str, ...]
    time: str
    deliverables: tuple[str, ...]
    remarks: str


@dataclass(frozen=True, slots=True)
class Sop:
    """One version as people read it."""

    key: str
    version: int
    name: str
    confidentiality: str
    start_role: str | None
    start_kind: str | None
    identity: Identity | None
    steps: tuple[Step, ...]
    names: Mapping[str, str]  # of every element, flows too ("A → B" without a label of its own)

    @property
    def public(self) -> bool:
        """Whether citizens ask for it themselves, so that everybody may look at its steps and diagram."""
        return self.start_kind == APPLICANT and self.confidentiality != CONFIDENTIAL

    @property
    def to_bring(self) -> tuple[str, ...]:
        """What the applicant's own activities need, each once, in order."""
        mine = (text for step in self.steps if step.applicants for text in step.requirements)
        return tuple(dict.fromkeys(mine))

    @property
    def costs(self) -> tuple[str, ...]:
        """What the SOP says about money, word for word, each sentence once; empty when it says nothing."""
        identity = self.identity
        said = (*identity.equipment, *identity.warnings, *identity.records) if identity else ()
        of_steps = (text for step in self.steps for text in (step.text, *step.requirements, step.remarks))
        sentences = (one.strip() for text in (*said, *of_steps) for one in _SENTENCE.split(text))
        return tuple(dict.fromkeys(one for one in sentences if _MONEY.search(one)))

    @property
    def results(self) -> tuple[str, ...]:
        """What the last activity with a deliverable produces."""
        return next((step.deliverables for step in reversed(self.steps) if step.deliverables), ())


def sop(context: Context, key: str, version: int | None = None) -> Sop:
    """One version of an SOP, the one in force by default.

    Raises:
        NotFound: no such definition or version.
    """
    with context.database.read() as connection:
        deployed = deployed_version(context, connection, find_id(connection, key, version, at=context.clock.now()))
    process = deployed.diagram.main
    steps = [_step(process, node) for node in process.nodes.values() if node.kind in ACTIVITIES]
    return Sop(
        deployed.key, deployed.version, deployed.name, deployed.confidentiality, deployed.start_role,
        deployed.start_kind, process.identity, tuple(steps), _names(process),
    )  # fmt: skip


def start_form(context: Context, key: str) -> dict[str, Any]:
    """The form-js JSON of the start form of the version in force; without one, a form without fields.

    Raises:
        NotFound: no such definition.
    """
    with context.database.read() as connection:
        form = deployed_version(context, connection, find_id(connection, key, at=context.clock.now())).start_form
    empty: dict[str, Any] = {"type": "default", "components": []}
    return empty if form is None else cast(dict[str, Any], json.loads(form.source))


def deployed_version(context: Context, connection: Connection, definition_id: int) -> Deployed:
    """A version from the service's memory, compiled on first use."""
    return context.deployed.get(definition_id, lambda: load(by_id(connection, definition_id)))


def _names(process: Process) -> dict[str, str]:
    nodes = {node.id: node.name or node.id for node in process.nodes.values()}
    flows = {
        flow.id: flow.name or f"{nodes.get(flow.source, flow.source)} → {nodes.get(flow.target, flow.target)}"
        for flow in process.flows.values()
    }
    return nodes | flows


def _step(process: Process, node: Node) -> Step:
    lane, quality = process.lane_of(node.id), node.quality
    return Step(
        node.id, quality.no if quality else "", node.name or node.id, node.documentation or node.name,
        lane.name if lane else "", bool(lane and lane.performer_kind == "pemohon"),
        quality.requirements if quality else (), quality.words if quality else "",
        quality.deliverables if quality else (), node.remarks,
    )  # fmt: skip
