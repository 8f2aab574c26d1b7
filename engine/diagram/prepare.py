"""Makes a legal diagram complete before it runs: ids and names that BPMN lets a file leave out. Pure, on the values;
the stored file is never touched. Everything done is told, so that the analyst can do it in the drawing.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.diagram.model import Diagram, EventDefinition, Flow, Node, Process
from engine.diagram.names import ACTIVITIES


@dataclass(frozen=True, slots=True)
class Prepared:
    """One completion: the element as it is called now, and what was done in Bahasa Indonesia and English."""

    element: str
    name: str
    what_id: str
    what_en: str


def prepare(diagram: Diagram) -> tuple[Diagram, list[Prepared]]:
    """The diagram with every id and name it needs to run, and what was added.

    Nothing is added to a diagram that has a problem only a person can solve; rules report those.
    """
    done: list[Prepared] = []
    names = _names(diagram, done)
    taken = {key for process in diagram.processes for key in (*process.nodes, *process.flows)}
    processes = tuple(_prepare_process(process, taken, names, done) for process in diagram.processes)
    return replace(diagram, processes=processes, messages=names.messages, signals=names.signals), done


@dataclass(frozen=True, slots=True)
class _Names:
    messages: dict[str, str]
    signals: dict[str, str]


def _names(diagram: Diagram, done: list[Prepared]) -> _Names:
    found = _Names(dict(diagram.messages), dict(diagram.signals))
    for what_id, what_en, names in (("Pesan", "Message", found.messages), ("Sinyal", "Signal", found.signals)):
        for key, name in names.items():
            if not name and not key.startswith("?"):
                names[key] = key
                done.append(
                    Prepared(
                        key, key, f'{what_id} tanpa nama: memakai id "{key}".', f'{what_en} without name: "{key}".'
                    )
                )
    return found


def _prepare_process(process: Process, taken: set[str], names: _Names, done: list[Prepared]) -> Process:
    renamed = _renamed(process, taken, done)

    def new(key: str) -> str:
        return renamed.get(key, key)

    def many(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(new, keys)) if renamed else keys

    nodes = {
        new(key): replace(
            node,
            id=new(key),
            scope=new(node.scope),
            lane=new(node.lane) if node.lane else None,
            incoming=many(node.incoming),
            outgoing=many(node.outgoing),
            boundary=many(node.boundary),
            events=tuple(_named(event, names) for event in node.events),
        )
        for key, node in process.nodes.items()
    }
    _tell_implicit(process, new, done)
    if not renamed:
        return replace(process, nodes=nodes)
    return replace(
        process,
        id=new(process.id),
        nodes=nodes,
        flows={new(key): _renamed_flow(flow, renamed) for key, flow in process.flows.items()},
        scopes={
            new(key): replace(
                scope,
                id=new(key),
                parent=new(scope.parent) if scope.parent else None,
                nodes=many(scope.nodes),
                flows=many(scope.flows),
            )
            for key, scope in process.scopes.items()
        },
        lanes=tuple(
            replace(lane, id=new(lane.id), parent=new(lane.parent) if lane.parent else None) for lane in process.lanes
        ),
    )


def _renamed_flow(flow: Flow, renamed: dict[str, str]) -> Flow:
    return replace(flow, id=renamed.get(flow.id, flow.id), scope=renamed.get(flow.scope, flow.scope))


def _renamed(process: Process, taken: set[str], done: list[Prepared]) -> dict[str, str]:
    wishes: dict[str, tuple[str, str]] = {process.id: ("process", process.name)}
    wishes |= {lane.id: ("lane", lane.name) for lane in process.lanes}
    wishes |= {key: (node.kind, node.name) for key, node in process.nodes.items()}
    wishes |= {key: (f"flow_{flow.source}_{flow.target}", flow.name) for key, flow in process.flows.items()}
    renamed: dict[str, str] = {}
    for key, (wish, name) in wishes.items():
        if key.startswith("?"):
            renamed[key] = _unique(wish.replace("?", ""), taken)
            done.append(
                Prepared(
                    renamed[key],
                    name,
                    f'Elemen tanpa id: diberi id "{renamed[key]}".',
                    f'Element without id: given the id "{renamed[key]}".',
                )
            )
    return renamed


def _unique(wish: str, taken: set[str]) -> str:
    name, number = wish, 1
    while name in taken:
        number += 1
        name = f"{wish}_{number}"
    taken.add(name)
    return name


def _named(event: EventDefinition, names: _Names) -> EventDefinition:
    if event.kind not in ("message", "signal") or event.name or event.ref is None:
        return event
    return replace(event, name=(names.messages if event.kind == "message" else names.signals).get(event.ref))


def _tell_implicit(process: Process, new: Callable[[str], str], done: list[Prepared]) -> None:
    """What BPMN lets a drawing leave to the reader: starts, ends and forks that are not drawn."""
    for scope in process.scopes.values():
        nodes = [process.nodes[key] for key in scope.nodes]
        kinds = {node.kind for node in nodes}
        for node in nodes:
            if "startEvent" not in kinds and starts_by_itself(node):
                told = ("Tanpa peristiwa mulai: alur dimulai di sini.", "No start event: the flow begins here.")
                done.append(Prepared(new(node.id), node.name, *told))
            if "endEvent" not in kinds and ends_by_itself(node):
                told = ("Tanpa peristiwa akhir: alur berakhir di sini.", "No end event: the flow ends here.")
                done.append(Prepared(new(node.id), node.name, *told))
            free = [key for key in node.outgoing if not process.flows[key].condition and key != node.default]
            if node.kind in ACTIVITIES and len(free) > 1:
                told = (
                    "Beberapa alur keluar tanpa gerbang: semuanya ditempuh bersamaan.",
                    "Several flows leave without a gateway: all are taken together.",
                )
                done.append(Prepared(new(node.id), node.name, *told))


def ends_by_itself(node: Node) -> bool:
    """Whether a path ends at this node though no end event is drawn behind it."""
    if node.outgoing or node.kind in ("startEvent", "endEvent"):
        return False
    if node.triggered_by_event or node.is_for_compensation:
        return False
    kinds = {event.kind for event in node.events}
    if node.kind == "boundaryEvent" and "compensation" in kinds:
        return False
    return not (node.kind == "intermediateThrowEvent" and "link" in kinds)


def starts_by_itself(node: Node) -> bool:
    """Whether a scope without start event begins at this node: nothing leads to it and nothing else triggers it."""
    return not (
        node.incoming
        or node.kind in ("boundaryEvent", "endEvent")
        or node.triggered_by_event
        or node.is_for_compensation
        or (node.kind == "intermediateCatchEvent" and any(event.kind == "link" for event in node.events))
    )
