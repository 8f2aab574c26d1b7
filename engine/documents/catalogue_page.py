"""The catalogue page: one line per SOP with what was counted in its diagram. Pure: processes in, Markdown out."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.diagram.model import Process

_COLUMNS = (
    "SOP",
    "Sumber",
    "Kegiatan",
    "Pelaksana",
    "Keputusan",
    "Cabang",
    "Batas waktu",
    "Asumsi",
    "Kerahasiaan",
    "Bagian yang hilang",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one diagram holds: activities, lanes, decisions, named branches, time limits, assumption marks."""

    activities: int
    lanes: int
    decisions: int
    branches: int
    timers: int
    assumptions: int


def count(process: Process) -> Counts:
    """The counts of a process."""
    nodes, flows = process.nodes.values(), process.flows.values()
    decisions = {node.id for node in nodes if node.kind == "exclusiveGateway"}
    return Counts(
        activities=sum(node.kind == "userTask" for node in nodes),
        lanes=len(process.lanes),
        decisions=len(decisions),
        branches=sum(flow.source in decisions for flow in flows),
        timers=sum(node.kind == "boundaryEvent" for node in nodes),
        assumptions=sum(bool(node.assumption) for node in nodes) + sum(bool(flow.assumption) for flow in flows),
    )


def catalogue_page(processes: Sequence[Process]) -> str:
    """The page as Markdown, in the order given."""
    lines = [_line(process, count(process)) for process in processes]
    totals = [count(process) for process in processes]
    sums = [sum(getattr(each, name) for each in totals) for name in Counts.__slots__]
    incomplete = sum(not (process.identity is None or process.identity.source_complete) for process in processes)
    return "\n".join(
        [
            "# Katalog SOP",
            "",
            "Halaman ini dibuat oleh `python -m scripts.build_catalogue` dari lembar di `bpmn/sheets`; "
            "jangan disunting.",
            "",
            f"{len(processes)} SOP, {sums[0]} kegiatan, {sums[1]} pelaksana, {sums[2]} keputusan dengan {sums[3]} "
            f"cabang, {sums[4]} batas waktu, {sums[5]} asumsi. "
            f"{incomplete} SOP kehilangan sebagian tabelnya di sumber.",
            "",
            f"| {' | '.join(_COLUMNS)} |",
            f"|{'---|' * len(_COLUMNS)}",
            *lines,
            "",
        ]
    )


def _line(process: Process, counts: Counts) -> str:
    identity = process.identity
    source = f"{identity.source_document}:{identity.source_lines}" if identity else ""
    lost = identity.source_note if identity and not identity.source_complete else ""
    numbers = " | ".join(str(getattr(counts, name)) for name in Counts.__slots__)
    title = f"[{process.name}](../bpmn/{process.id}.bpmn)"
    return f"| {title} | {source} | {numbers} | {identity.confidentiality if identity else ''} | {lost} |"
