"""Diagram → sheet: the table of a laned diagram, so that sheet → diagram → sheet is the identity.

Reads what the `sop:` vocabulary and the flows say, in the order of the user tasks in the file. A diagram that says more
than a table can (parallel work, subprocesses, other events) is refused with the elements named.
"""

from collections.abc import Mapping
from typing import ClassVar

from engine.diagram.model import Flow, Identity, Node, Process, QualityStandard
from engine.documents.sheet import END, NEXT, Branch, Performer, Sheet, SheetRow, check, row_keys
from engine.documents.sheet_normal import normal
from engine.errors import AlurError


class NotATable(AlurError):
    """The diagram cannot be written as a table of activities; `errors` names each element."""

    code: ClassVar[str] = "not_a_table"
    status: ClassVar[int] = 422


def to_sheet(process: Process) -> Sheet:
    """The sheet of a process, in normal form.

    Raises:
        NotATable: elements that a table cannot say.
        SheetRefused: the table would not be whole, e.g. a task without a lane.
    """
    _refuse_more_than_a_table(process)
    tasks = [node for node in process.nodes.values() if node.kind == "userTask"]
    keys = row_keys((task.quality or QualityStandard()).no for task in tasks)
    place = {task.id: number for number, task in enumerate(tasks)}
    names = {task.id: key for task, key in zip(tasks, keys, strict=True)}
    rows = tuple(_row(process, task, names, place) for task in tasks)
    performers = tuple(
        Performer(lane.name, lane.role or "", lane.performer_kind or "pegawai") for lane in process.lanes
    )
    sheet = Sheet(process.id, process.name, process.identity or Identity(), performers, rows)
    check(sheet)
    return normal(sheet)


def _refuse_more_than_a_table(process: Process) -> None:
    errors = [
        {
            "element": node.id,
            "name": node.name,
            "rule": "table",
            "message": f"Expected an activity, a decision or an end, but {node.id} is a {node.kind}.",
            "cure": "Download the diagram instead of the table.",
        }
        for node in process.nodes.values()
        if _says_more(process, node)
    ]
    if errors:
        raise NotATable("Expected a diagram that is a plain table of activities, but it says more.", errors)


def _says_more(process: Process, node: Node) -> bool:
    before = [process.nodes[process.flows[flow].source].kind for flow in node.incoming]
    after = [process.nodes[process.flows[flow].target].kind for flow in node.outgoing]
    if node.kind == "exclusiveGateway":
        return before != ["userTask"]
    if node.kind == "userTask":
        return len(after) != 1 or node.multi is not None
    if node.kind == "boundaryEvent":
        return node.interrupting or after != ["endEvent"] or [event.kind for event in node.events] != ["timer"]
    if node.kind == "startEvent":
        return after != ["userTask"] or bool(node.events)
    return node.kind != "endEvent"


def _row(process: Process, task: Node, names: Mapping[str, str], place: Mapping[str, int]) -> SheetRow:
    quality = task.quality or QualityStandard()
    lane = process.lane_of(task.id)
    branches, question = _branches(process, task, names, place)
    return SheetRow(
        key=names[task.id],
        no=quality.no,
        activity=task.documentation or task.name,
        performer=lane.name if lane else "",
        requirements=quality.requirements,
        time=quality.words,
        outputs=quality.deliverables,
        remarks=task.remarks,
        branches=branches,
        question=question,
        box=task.name,
        limit=quality.max or "",
        calendar=quality.kalender,
        assumption=task.assumption or "",
    )


def _branches(
    process: Process, task: Node, names: Mapping[str, str], place: Mapping[str, int]
) -> tuple[tuple[Branch, ...], str]:
    flows = [process.flows[flow] for flow in task.outgoing]
    question = ""
    if len(flows) == 1 and process.nodes[flows[0].target].kind == "exclusiveGateway":
        gateway = process.nodes[flows[0].target]
        question = gateway.name
        flows = [process.flows[flow] for flow in gateway.outgoing]
    return tuple(_branch(process, flow, task, names, place) for flow in flows), question


def _branch(process: Process, flow: Flow, task: Node, names: Mapping[str, str], place: Mapping[str, int]) -> Branch:
    if process.nodes[flow.target].kind == "endEvent":
        target = END
    elif place[flow.target] == place[task.id] + 1:
        target = NEXT
    else:
        target = names[flow.target]
    return Branch(flow.name, target, flow.assumption or "")
