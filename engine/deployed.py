"""A deployed version ready to run: compiled program, forms, and what people see of each task.

Made once per version and process and shared by all its instances. Immutable.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from engine.diagram.model import Diagram, Lane, Node, Process
from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.returns import NONE, Returns, returns_of
from engine.spiff.compile import Program, compile_process
from engine.storage.definitions import StoredDefinition
from forms.load import parse_form
from forms.model import FormDefinition

DEFAULT_ROLE = "pegawai"


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What lists show of a task and what access needs; `applicants`: it belongs to the request's applicant."""

    name: str
    lane: str
    role: str
    applicants: bool
    form_key: str | None


@dataclass(frozen=True, slots=True)
class Deployed:
    """One version: identity as stored, program and forms compiled, tasks by element id."""

    id: int
    key: str
    version: int
    name: str
    hash: str
    profile: str
    agency_id: int | None
    confidentiality: str
    start_role: str | None
    start_kind: str | None
    diagram: Diagram
    program: Program
    forms: Mapping[str, FormDefinition]
    tasks: Mapping[str, TaskFacts]
    returns: Mapping[str, Returns]  # of the tasks that can return the request, by element id

    def form_of(self, element_id: str) -> FormDefinition | None:
        """The form of a task, or None."""
        key = self.tasks[element_id].form_key
        return self.forms.get(key) if key else None

    @property
    def start_form(self) -> FormDefinition | None:
        """The form of the start event: its own key, else `<definition key>.mulai`."""
        starts = [node for node in self.diagram.main.nodes.values() if node.kind == "startEvent" and node.form_key]
        return self.forms.get(starts[0].form_key or "" if starts else f"{self.key}.mulai")


def load(stored: StoredDefinition) -> Deployed:
    """Compiles a stored version. It was validated when it was deployed, so nothing here is expected to fail."""
    diagram, _notes = prepare(parse_diagram(stored.xml))
    forms = {key: parse_form(body) for key, body in stored.forms.items()}
    return Deployed(
        stored.id, stored.key, stored.version, stored.name, stored.hash, stored.profile, stored.agency_id,
        stored.confidentiality, stored.start_role, stored.start_kind, diagram, compile_process(diagram),
        forms,
        {node.id: task_facts(process, node) for process in diagram.processes for node in process.nodes.values()},
        _returns(diagram, forms),
    )  # fmt: skip


def _returns(diagram: Diagram, forms: Mapping[str, FormDefinition]) -> dict[str, Returns]:
    found: dict[str, Returns] = {}
    for process in diagram.processes:
        for node in process.nodes.values():
            form = forms.get(node.form_key or "")
            if form is not None and form.decision is not None:
                found[node.id] = returns_of(process, node.id, json.loads(form.source)["components"])
    return {element_id: returns for element_id, returns in found.items() if returns is not NONE}


def task_facts(process: Process, node: Node) -> TaskFacts:
    """Name, lane and role of a node; without a lane the task goes to the role `pegawai`."""
    lane: Lane | None = process.lane_of(node.id)
    return TaskFacts(
        name=node.name or node.id,
        lane=lane.name if lane else "",
        role=(lane.role if lane else None) or DEFAULT_ROLE,
        applicants=bool(lane and lane.performer_kind == "pemohon"),
        form_key=node.form_key,
    )
