"""The official document as values: a process as the rows, columns and arrows of the SOP matrix (Permenpan-RB 35/2012).

Owns which flow node becomes a row, which is drawn within one (start, end, decision) and which is only a way between
two. Must not know pages, coordinates or file formats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.diagram.model import Identity, Node, Process, QualityStandard
from engine.documents.document_notes import notes_of
from engine.documents.document_paths import Way, Ways, folded_decision, step_nodes
from engine.documents.document_words import total_words

EMPTY = QualityStandard()
NO_LANE = "(tanpa pelaksana)"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the document says about itself.

    Attributes:
        version: of the deployed definition; 0 for a draft.
        content_hash: SHA-256 of the diagram, hexadecimal.
        url: where the version in force can be read; goes into the QR code.
        generated_at: aware; printed in the foot and the only time in the file.
        zone: IANA name of the agency's time zone.
    """

    version: int
    content_hash: str
    url: str
    generated_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Row:
    """One activity, or a decision or event of its own.

    Attributes:
        name: what other rows and notes call it: its number, or "baris 3" where that is missing or repeated.
        column: index of the performer's column.
        symbol: "box", "diamond" or "event".
        starts, ends: whether a capsule stands before or after it. end_label: the words of the way to the end.
        question: the decision's name.
    """

    id: str
    name: str
    no: str
    activity: str
    column: int
    symbol: str
    starts: bool = False
    ends: bool = False
    end_label: str = ""
    question: str = ""
    requirements: tuple[str, ...] = ()
    time: str = ""
    outputs: tuple[str, ...] = ()
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one row to another (indexes), with the words of the branch."""

    source: int
    target: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Everything the three formats print."""

    title: str
    identity: Identity
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    arrows: tuple[Arrow, ...]
    decisions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    total: str = ""

    def ways_from(self, index: int) -> tuple[Arrow, ...]:
        """The arrows that leave a row, in model order."""
        return tuple(arrow for arrow in self.arrows if arrow.source == index)


def matrix_of(process: Process) -> Matrix:
    """The matrix of a process. Any executable diagram has one; what a table cannot show is told in the notes."""
    steps = step_nodes(process)
    names = _names(steps)
    index = {node.id: place for place, node in enumerate(steps)}
    ways = Ways(process, index)
    starting = ways.first_rows()
    exits = {node.id: ways.of(node) for node in steps}
    lanes = [lane for lane in process.lanes if not any(inner.parent == lane.id for inner in process.lanes)]
    column = {lane.id: place for place, lane in enumerate(lanes)}
    columns = [lane.name for lane in lanes]
    if not lanes or any(node.lane not in column for node in steps):
        columns.append(NO_LANE if lanes else "Pelaksana")
    rows = tuple(
        _row(process, node, names[node.id], column.get(node.lane or "", len(lanes)), exits[node.id]) for node in steps
    )
    rows = tuple(replace(row, starts=row.id in starting) for row in rows)
    arrows = tuple(_arrows(exits, index))
    identity = process.identity or Identity()
    return Matrix(
        title=process.name or process.id,
        identity=identity,
        columns=tuple(columns),
        rows=rows,
        arrows=arrows,
        decisions=tuple(_decisions(rows, arrows)),
        notes=notes_of(process, steps, names, exits),
        total=total_words((names[node.id], node.quality) for node in steps if node.kind in _TIMED),
    )


_TIMED = frozenset(
    {"userTask", "task", "manualTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask", "callActivity"}
)


def _names(steps: tuple[Node, ...]) -> Mapping[str, str]:
    printed = [(node.quality or EMPTY).no for node in steps]
    if not any(printed):
        return {node.id: str(place) for place, node in enumerate(steps, start=1)}
    return {
        node.id: no if no and printed.count(no) == 1 else f"baris {place}"
        for place, (node, no) in enumerate(zip(steps, printed, strict=True), start=1)
    }


def _row(process: Process, node: Node, name: str, column: int, ways: tuple[Way, ...]) -> Row:
    quality = node.quality or EMPTY
    decision = folded_decision(process, node)
    ends = [way for way in ways if way.target is None]
    is_diamond = decision is not None or node.kind.endswith("Gateway")
    return Row(
        id=node.id,
        name=name,
        no=quality.no or ("" if name.startswith("baris") else name),
        activity=node.documentation or node.name or node.id,
        column=column,
        symbol="diamond" if is_diamond else "event" if node.kind.endswith("Event") else "box",
        ends=bool(ends),
        end_label=" / ".join(dict.fromkeys(way.label for way in ends if way.label)),
        question=(decision or node).name if is_diamond else "",
        requirements=quality.requirements,
        time=quality.words,
        outputs=quality.deliverables,
        remarks=node.remarks,
    )


def _arrows(exits: Mapping[str, tuple[Way, ...]], index: Mapping[str, int]) -> Iterator[Arrow]:
    for source, ways in exits.items():
        labels: dict[int, list[str]] = {}
        for way in ways:
            if way.target is not None:
                labels.setdefault(index[way.target], []).append(way.label)
        for target, words in labels.items():
            yield Arrow(index[source], target, " / ".join(dict.fromkeys(word for word in words if word)))


def _decisions(rows: tuple[Row, ...], arrows: tuple[Arrow, ...]) -> Iterator[str]:
    for place, row in enumerate(rows):
        if row.symbol != "diamond":
            continue
        ways = [f"{arrow.label or 'lanjut'} → {rows[arrow.target].name}" for arrow in arrows if arrow.source == place]
        if row.ends:
            ways.append(f"{row.end_label or 'lanjut'} → selesai")
        yield f"{row.name}: {row.question or 'keputusan'} {'; '.join(ways)}."
