"""Sheet → diagram: the activities of an SOP as lanes, user tasks, decisions and time limits.

Owns the ids and the shape of generated diagrams. Must not know XML (`engine.diagram.write`) nor positions
(`engine.diagram.layout`). Ids: `kegiatan_<key>`, `keputusan_<key>`, `batas_<key>`, `terlampaui_<key>`.
"""

from dataclasses import dataclass, replace

from engine.diagram.layout import lay_out
from engine.diagram.model import EventDefinition, Flow, Lane, Node, Process, QualityStandard, Scope, Timer
from engine.diagram.write import write_bpmn
from engine.documents.box_name import box_name
from engine.documents.sheet import END, NEXT, Branch, CellError, Sheet, SheetRow, refuse_any
from engine.waktu import parse_waktu

START_ID = "mulai"
END_ID = "selesai"
BREACH = EventDefinition(
    kind="escalation", id="", ref="eskalasi_mutu_baku", name="mutu baku terlampaui", code="mutu_baku_terlampaui"
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Nodes and flows of one row, in model order."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]


def to_bpmn(sheet: Sheet) -> bytes:
    """The BPMN file of a sheet, diagram interchange included; the same sheet always gives the same bytes."""
    process = to_process(sheet)
    return write_bpmn(process, lay_out(process))


def to_process(sheet: Sheet) -> Process:
    """The process of a checked sheet.

    Raises:
        SheetRefused: Waktu cells whose words cannot be read as time.
    """
    refuse_any(
        [
            CellError(row.line, "Waktu", f"Expected a time or words for open time, but {row.time!r} cannot be read",
                      f"Waktu '{row.time}' tidak dapat dibaca; tulis misalnya '2 Hari', '30 Menit', atau '-'.")
            for row in sheet.rows
            if not parse_waktu(row.time).readable
        ]
    )  # fmt: skip
    parts = [_row(sheet, place) for place in range(len(sheet.rows))]
    first, last = sheet.rows[0], sheet.rows[-1]
    start = Node(START_ID, "startEvent", sheet.slug, "Mulai", lane=_lane(sheet, first), form_key=f"{sheet.slug}.mulai")
    end = Node(END_ID, "endEvent", sheet.slug, "Selesai", lane=_lane(sheet, last))
    flows = [_flow(START_ID, task_id(first)), *(flow for part in parts for flow in part.flows)]
    flows = [replace(flow, scope=sheet.slug) for flow in flows]
    nodes = _joined([start, *(node for part in parts for node in part.nodes), end], flows)
    lanes = tuple(
        Lane(
            f"pelaksana_{place}",
            performer.name,
            performer.role,
            performer.kind,
            nodes=tuple(node.id for node in nodes if node.lane == f"pelaksana_{place}"),
        )
        for place, performer in enumerate(sheet.performers, start=1)
    )
    scope = Scope(sheet.slug, None, tuple(node.id for node in nodes), tuple(flow.id for flow in flows))
    return Process(
        sheet.slug,
        sheet.title,
        {sheet.slug: scope},
        {node.id: node for node in nodes},
        {flow.id: flow for flow in flows},
        lanes,
        sheet.identity,
    )


def task_id(row: SheetRow) -> str:
    """The element id of a row's user task."""
    return f"kegiatan_{row.key}"


def decision_field(task: str) -> str:
    """The variable that carries the decision taken in a task; unique per activity, so decisions never clash."""
    return f"keputusan_{task}"


def _row(sheet: Sheet, place: int) -> _Parts:
    row = sheet.rows[place]
    task = _task(sheet, row)
    decision, flows = _ways_out(sheet, place)
    timer = _timer(sheet, row, task.quality)
    closing = _closing(sheet, row)
    nodes = (replace(task, boundary=tuple(node.id for node in timer.nodes[:1])), *decision, *timer.nodes, *closing)
    return _Parts(nodes, (*flows, *timer.flows))


def _task(sheet: Sheet, row: SheetRow) -> Node:
    waktu = parse_waktu(row.time)
    quality = QualityStandard(
        no=row.no,
        words=row.time,
        min=None if row.limit else waktu.min,
        max=row.limit or waktu.max,
        kalender=row.calendar or waktu.kalender,
        requirements=row.requirements,
        deliverables=row.outputs,
    )
    return Node(
        task_id(row),
        "userTask",
        sheet.slug,
        row.box or box_name(row.activity),
        lane=_lane(sheet, row),
        form_key=f"{sheet.slug}.{task_id(row)}",
        quality=quality,
        documentation=row.activity,
        remarks=row.remarks,
        assumption=row.assumption or None,
    )


def _ways_out(sheet: Sheet, place: int) -> tuple[tuple[Node, ...], tuple[Flow, ...]]:
    row = sheet.rows[place]
    branches = row.branches or (Branch("", END if place == len(sheet.rows) - 1 else NEXT),)
    task = task_id(row)
    if len(branches) == 1:
        only = branches[0]
        return (), (_flow(task, _target(sheet, place, only), only.label, assumption=only.assumption),)
    gateway = f"keputusan_{row.key}"
    default = next((branch for branch in branches if branch.target == NEXT), branches[-1])
    flows = [_flow(task, gateway)]
    for branch in branches:
        condition = None if branch is default else f'{decision_field(task)} = "{_quoted(branch.label)}"'
        flow = _flow(gateway, _target(sheet, place, branch), branch.label, condition, branch.assumption)
        twins = sum(flow.id == other.id.split("__")[0] for other in flows)
        flows.append(replace(flow, id=f"{flow.id}__{twins + 1}") if twins else flow)
    fallback = next(flow.id for flow, branch in zip(flows[1:], branches, strict=True) if branch is default)
    question = row.question or f"{row.box or box_name(row.activity)}?"
    node = Node(gateway, "exclusiveGateway", sheet.slug, question, lane=_lane(sheet, row), default=fallback)
    return (node,), tuple(flows)


def _target(sheet: Sheet, place: int, branch: Branch) -> str:
    if branch.target == NEXT:
        return task_id(sheet.rows[place + 1])
    if branch.target == END:
        return END_ID if place == len(sheet.rows) - 1 else f"{END_ID}_{sheet.rows[place].key}"
    return f"kegiatan_{branch.target}"


def _closing(sheet: Sheet, row: SheetRow) -> tuple[Node, ...]:
    if row is sheet.rows[-1] or not any(branch.target == END for branch in row.branches):
        return ()
    return (Node(f"{END_ID}_{row.key}", "endEvent", sheet.slug, "Selesai", lane=_lane(sheet, row)),)


def _timer(sheet: Sheet, row: SheetRow, quality: QualityStandard | None) -> _Parts:
    if quality is None or quality.max is None:
        return _Parts((), ())
    limit = EventDefinition(kind="timer", id=f"waktu_{row.key}", timer=Timer("duration", quality.max))
    boundary = Node(
        f"batas_{row.key}",
        "boundaryEvent",
        sheet.slug,
        row.time if not row.limit else "Batas waktu",
        lane=_lane(sheet, row),
        events=(limit,),
        interrupting=False,
        attached_to=task_id(row),
    )
    breach = replace(BREACH, id=f"eskalasi_{row.key}")
    name = BREACH.name or ""
    end = Node(f"terlampaui_{row.key}", "endEvent", sheet.slug, name, lane=_lane(sheet, row), events=(breach,))
    return _Parts((boundary, end), (_flow(boundary.id, end.id),))


def _lane(sheet: Sheet, row: SheetRow) -> str:
    names = [performer.name for performer in sheet.performers]
    return f"pelaksana_{names.index(row.performer) + 1}"


def _flow(source: str, target: str, name: str = "", condition: str | None = None, assumption: str = "") -> Flow:
    return Flow(f"alur_{source}_{target}", source, target, name, condition, assumption=assumption or None)


def _quoted(label: str) -> str:
    return label.replace("\\", "\\\\").replace('"', '\\"')


def _joined(nodes: list[Node], flows: list[Flow]) -> list[Node]:
    return [replace(node, incoming=_into(node, flows), outgoing=_out_of(node, flows)) for node in nodes]


def _into(node: Node, flows: list[Flow]) -> tuple[str, ...]:
    return tuple(flow.id for flow in flows if flow.target == node.id)


def _out_of(node: Node, flows: list[Flow]) -> tuple[str, ...]:
    return tuple(flow.id for flow in flows if flow.source == node.id)
