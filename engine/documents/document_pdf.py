"""The official document as PDF: measures texts, breaks pages, and lets typst print `sop.typ`.

Owns everything between the matrix and the bytes. All texts travel as JSON and are set as strings, so none is markup or
code; fonts are those inside typst, so the bytes depend on the data alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typst

from engine.documents.document_drawing import PageDrawing
from engine.documents.document_identity import identity_fields, identity_sections
from engine.documents.document_model import DocumentFacts, Matrix, Row
from engine.documents.document_pages import TOTAL, Page, RowTooTall, paginate, row_height, stretched
from engine.documents.document_paper import PAPERS, Columns, Paper, PaperName, columns_for
from engine.documents.document_qr import qr_svg
from engine.documents.document_words import foot_words
from engine.documents.soft_breaks import halves, soft

_ROTATED_HEADS = (20.0, 25.0, 30.0, 36.0, 44.0, 60.0)
_TALLEST_HEAD = 62.0  # longer names are cut off rather than leave no room for rows
_SLACK = 1.2


def matrix_pdf(matrix: Matrix, facts: DocumentFacts, paper: PaperName = "folio") -> bytes:
    """The document on landscape paper; the same arguments always give the same bytes."""
    sheet = PAPERS[paper]
    columns = columns_for(sheet, len(matrix.columns))
    matrix, heights, head, pages = _fitted(matrix, sheet, columns)
    data = {
        "mode": "print",
        "size": _text_size(columns),
        "paper": asdict(sheet),
        "columns": asdict(columns),
        "head": head,
        "lanes": [soft(name, 14) for name in matrix.columns],
        "title": matrix.title,
        "fields": identity_fields(matrix),
        "sections": identity_sections(matrix),
        "agency": matrix.identity.agency,
        "unit": matrix.identity.unit,
        "confidentiality": matrix.identity.confidentiality,
        "qr": qr_svg(facts.url),
        "url-words": soft(facts.url, 40),
        "foot": foot_words(matrix.title, facts.version, facts.content_hash, facts.generated_at, facts.zone),
        "hash": facts.content_hash,
        "date": list(facts.generated_at.astimezone(ZoneInfo(facts.zone)).timetuple()[:6]),
        "pages": [_page(matrix, page, heights, columns) for page in pages],
        "total": matrix.total,
        "total_height": TOTAL,
        "decisions": matrix.decisions,
        "notes": matrix.notes,
    }
    return _compiled(data)


def _fitted(
    matrix: Matrix, sheet: Paper, columns: Columns
) -> tuple[Matrix, list[float], Mapping[str, Any], tuple[Page, ...]]:
    """The pages; a row that fits on none goes on in a row of its own below."""
    while True:
        measured = _measured(matrix, columns)
        head = _head(measured, columns)
        heights = [row_height(row, text) for row, text in zip(matrix.rows, measured["rows"], strict=True)]
        capacity = sheet.inner_height - head["height"]
        try:
            pages = paginate(matrix, heights, capacity)
            return matrix, stretched(heights, pages, capacity), head, pages
        except RowTooTall as tall:
            matrix = _split(matrix, tall.index)


def _split(matrix: Matrix, index: int) -> Matrix:
    row = matrix.rows[index]
    activity, time, remarks = halves(row.activity), halves(row.time), halves(row.remarks)
    requirements, outputs = _list_halves(row.requirements), _list_halves(row.outputs)
    one, other = (
        replace(
            row,
            activity=activity[part],
            time=time[part],
            remarks=remarks[part],
            requirements=requirements[part],
            outputs=outputs[part],
        )
        for part in (0, 1)
    )
    other = replace(other, no="", symbol="none", starts=False, ends=False)
    moved = tuple(
        replace(arrow, source=arrow.source + (arrow.source > index), target=arrow.target + (arrow.target > index))
        for arrow in matrix.arrows
    )
    return replace(matrix, rows=(*matrix.rows[:index], one, other, *matrix.rows[index + 1 :]), arrows=moved)


def _list_halves(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    first, rest = (tuple(filter(None, part.split("\n"))) for part in halves("\n".join(texts)))
    return first, rest


def _measured(matrix: Matrix, columns: Columns) -> dict[str, Any]:
    data = {
        "mode": "measure",
        "size": _text_size(columns),
        "columns": asdict(columns),
        "rows": [_texts(row) for row in matrix.rows],
        "lanes": [soft(name, 14) for name in matrix.columns],
        "heads": [columns.lane, *_ROTATED_HEADS],
    }
    found = typst.query(
        _template(), "<measured>", field="value", one=True, sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
    )  # fmt: skip
    measured: dict[str, Any] = json.loads(found)
    return measured


def _text_size(columns: Columns) -> float:
    """Points: larger where few pelaksana leave room."""
    return 10.2 if columns.activity > 66 else 9.0 if columns.activity > 58 else 8.2 if columns.activity > 52 else 7.6


def _head(measured: Mapping[str, Any], columns: Columns) -> Mapping[str, Any]:
    """Lane names lie flat where they fit, else they stand; the least height that holds all of them."""
    flat, *standing = measured["heads"]
    if columns.lane >= 18:
        lanes, rotated = max(flat) + 2 * _SLACK, False
    else:
        fitting = (h for h, sizes in zip(_ROTATED_HEADS, standing, strict=True) if max(sizes) < columns.lane - 0.8)
        lanes, rotated = next(fitting, _ROTATED_HEADS[-1]) + _SLACK, True
    lanes = min(max(lanes, 8.0), _TALLEST_HEAD)
    return {"groups": 6.5, "lanes": lanes, "rotated": rotated, "height": 6.5 + lanes}


def _page(matrix: Matrix, page: Page, heights: Sequence[float], columns: Columns) -> dict[str, Any]:
    drawer = PageDrawing(matrix, page, heights, columns)
    drawing = drawer.drawing()
    rows: list[dict[str, Any]] = [_texts(matrix.rows[row]) for row in page.rows]
    rows = [*([{}] if page.above else []), *rows, *([{}] if page.below else [])]
    return {
        "rows": [{**row, "height": band.height} for row, band in zip(rows, drawer.bands, strict=True)],
        **asdict(drawing),
    }


def _texts(row: Row) -> dict[str, Any]:
    return {
        "no": row.no,
        "activity": soft(row.activity),
        "requirements": [soft(text) for text in row.requirements],
        "time": soft(row.time, 10),
        "outputs": [soft(text) for text in row.outputs],
        "remarks": soft(row.remarks),
    }


def _template() -> bytes:
    return files("engine.documents").joinpath("sop.typ").read_bytes()


def _compiled(data: Mapping[str, Any]) -> bytes:
    made = typst.compile(
        _template(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
    )
    return bytes(made)
