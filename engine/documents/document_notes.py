"""The document's "Catatan": what the source lost, what was assumed, and what a table cannot show. Pure."""

from collections.abc import Iterator, Mapping

from engine.diagram.model import Node, Process
from engine.documents.document_paths import Way
from engine.documents.document_words import listed

_REPEATS = {
    "parallel": "dikerjakan untuk beberapa hal sekaligus",
    "sequential": "dikerjakan untuk beberapa hal berturut-turut",
    "loop": "diulang sampai syaratnya terpenuhi",
}


def notes_of(
    process: Process, steps: tuple[Node, ...], names: Mapping[str, str], exits: Mapping[str, tuple[Way, ...]]
) -> tuple[str, ...]:
    """Every note once, those on the whole SOP first."""
    return tuple(dict.fromkeys([*_source(process), *_rows(steps, names), *_ways(process, names, exits)]))


def _source(process: Process) -> Iterator[str]:
    identity = process.identity
    if identity is None:
        return
    if not identity.source_complete:
        yield "Naskah sumber SOP ini tidak utuh; bagian yang hilang tidak dikarang."
    if identity.source_note:
        place = " ".join(
            part
            for part in (identity.source_document, identity.source_lines and f"baris {identity.source_lines}")
            if part
        )
        yield f"Sumber{f' ({place})' if place else ''}: {identity.source_note}"


def _rows(steps: tuple[Node, ...], names: Mapping[str, str]) -> Iterator[str]:
    for node in steps:
        if node.assumption:
            yield f"Asumsi pada kegiatan {names[node.id]}: {node.assumption}"
        if node.multi is not None:
            yield f"Kegiatan {names[node.id]} {_REPEATS[node.multi.kind]}."


def _ways(process: Process, names: Mapping[str, str], exits: Mapping[str, tuple[Way, ...]]) -> Iterator[str]:
    for source, ways in exits.items():
        for way in ways:
            target = f"ke kegiatan {names[way.target]}" if way.target else "ke akhir"
            for key in way.flows:
                if assumption := process.flows[key].assumption:
                    yield f"Asumsi pada alur dari kegiatan {names[source]} {target}: {assumption}"
        together = [way.target for way in ways if way.target and _is_parallel(process, way)]
        if len(together) > 1:
            rows = listed([names[key] for key in together])
            yield f"Sesudah kegiatan {names[source]}, kegiatan {rows} berjalan bersamaan."


def _is_parallel(process: Process, way: Way) -> bool:
    return any(process.nodes[process.flows[key].source].kind == "parallelGateway" for key in way.flows[1:])
