"""The official document as DOCX, to be edited in Word: tables, symbols as Word shapes, ways as words below them.

A cell cannot carry an arrow to a cell of another row whose height Word decides, so each symbol says where it leads:
"↓ 5 lengkap", "↑ 1 tidak lengkap". Those words survive every edit.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from engine.documents.document_identity import identity_fields, identity_sections
from engine.documents.document_model import DocumentFacts, Matrix, Row
from engine.documents.document_paper import PAPERS, Columns, columns_for
from engine.documents.document_qr import qr_png
from engine.documents.document_words import BLANK, foot_words
from engine.documents.docx_shapes import shape_run

_PAPER = PAPERS["folio"]
_SYMBOLS = {"box": "rect", "diamond": "flowChartDecision", "event": "ellipse"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TOTAL_REMARK = "  (waktu terlama, setiap kegiatan dihitung sekali; pengulangan tidak dihitung)"


def matrix_docx(matrix: Matrix, facts: DocumentFacts) -> bytes:
    """The document on landscape Folio; the same arguments always give the same bytes."""
    document: Any = Document()
    _set_up(document, matrix, facts)
    _identity(document, matrix, facts)
    document.add_page_break()
    _matrix(document, matrix)
    for name, texts in (("Keputusan", matrix.decisions), ("Catatan", matrix.notes)):
        if texts:
            heading = _words(document.add_paragraph(), name, 10, bold=True)
            heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Pt(8), True
        for text in texts:
            _words(document.add_paragraph(style="List Bullet"), text, 9)
    _words(document.add_paragraph(), f"SHA-256 isi diagram: {facts.content_hash}", 7)
    out = io.BytesIO()
    document.save(out)
    return _dated(out.getvalue())


def _set_up(document: Any, matrix: Matrix, facts: DocumentFacts) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(_PAPER.width), Mm(_PAPER.height)
    section.left_margin = section.right_margin = Mm(_PAPER.side)
    section.top_margin, section.bottom_margin = Mm(_PAPER.top), Mm(_PAPER.bottom)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9)
    normal.paragraph_format.space_after = Pt(2)
    foot = section.footer.paragraphs[0]
    _words(foot, foot_words(matrix.title, facts.version, facts.content_hash, facts.generated_at, facts.zone), 7)
    _words(foot, " · halaman ", 7)
    _field(foot, "PAGE")
    made = facts.generated_at.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.author, properties.language = matrix.title, matrix.identity.agency, "id-ID"
    properties.created = properties.modified = made
    properties.comments = facts.url


def _identity(document: Any, matrix: Matrix, facts: DocumentFacts) -> None:
    identity, fields = matrix.identity, identity_fields(matrix)
    if identity.confidentiality != "biasa":
        secrecy = _words(document.add_paragraph(), identity.confidentiality.upper(), 11, bold=True)
        secrecy.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    half = _PAPER.inner_width / 2
    table = _table(document, len(fields), (half, 40.0, half - 40.0))
    agency = table.cell(0, 0).merge(table.cell(len(fields) - 1, 0))
    agency.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    lines = ((identity.agency.upper(), 14), (identity.unit, 11), ("STANDAR OPERASIONAL PROSEDUR", 11), (facts.url, 8))
    _centred(agency, [(text, size) for text, size in lines if text])
    code = agency.add_paragraph()
    code.alignment = WD_ALIGN_PARAGRAPH.CENTER
    code.add_run().add_picture(io.BytesIO(qr_png(facts.url)), width=Mm(24))
    for place, (name, words) in enumerate(fields):
        _fill(table.cell(place, 1), (name,))
        _fill(table.cell(place, 2), (words,), bold=name == "Judul SOP")
        if name == "Disahkan oleh":
            table.rows[place].height = Mm(24)
    sections = identity_sections(matrix)
    boxes = _table(document, len(sections) // 2, (half, half))
    for place, (name, texts) in enumerate(sections):
        cell = boxes.cell(place // 2, place % 2)
        _words(cell.paragraphs[0], name, 9, bold=True)
        for number, text in enumerate(texts or (BLANK,), start=1):
            _words(cell.add_paragraph(), f"{number}. {text}" if len(texts) > 1 else text, 9)


def _matrix(document: Any, matrix: Matrix) -> None:
    columns = columns_for(_PAPER, len(matrix.columns))
    widths = (columns.no, columns.activity, *(columns.lane,) * columns.lanes)
    widths = (*widths, columns.requirements, columns.time, columns.outputs, columns.remarks)
    table = _table(document, len(matrix.rows) + 3, widths)
    _matrix_head(table, matrix)
    for index, row in enumerate(matrix.rows):
        cells = table.rows[index + 2].cells
        _row(cells, matrix, index, row, columns)
        _keep_together(table.rows[index + 2])
    last = len(matrix.rows) + 2
    _fill(table.cell(last, 0).merge(table.cell(last, 1)), ("Jumlah waktu",), bold=True)
    total = table.cell(last, 2).merge(table.cell(last, len(widths) - 1))
    _words(_words(total.paragraphs[0], matrix.total, 8, bold=True), _TOTAL_REMARK, 8)


def _matrix_head(table: Any, matrix: Matrix) -> None:
    count = len(matrix.columns)
    for column, name in ((0, "No"), (1, "Kegiatan"), (count + 5, "Keterangan")):
        _heading(table.cell(0, column).merge(table.cell(1, column)), name)
    _heading(table.cell(0, 2).merge(table.cell(0, count + 1)), "Pelaksana")
    _heading(table.cell(0, count + 2).merge(table.cell(0, count + 4)), "Mutu Baku")
    for place, name in enumerate((*matrix.columns, "Kelengkapan", "Waktu", "Output")):
        _heading(table.cell(1, place + 2), name, upright=count > 6 and place < count)
    if count > 6:
        table.rows[1].height = Mm(32)
    for row in table.rows[:2]:
        mark = OxmlElement("w:tblHeader")
        row._tr.get_or_add_trPr().append(mark)


def _row(cells: Sequence[Any], matrix: Matrix, index: int, row: Row, columns: Columns) -> None:
    count = len(matrix.columns)
    _fill(cells[0], (row.no,), middle=True)
    _fill(cells[1], (row.activity,))
    _fill(cells[count + 2], row.requirements)
    _fill(cells[count + 3], (row.time,), middle=True)
    _fill(cells[count + 4], row.outputs)
    _fill(cells[count + 5], (row.remarks,))
    _symbols(cells[row.column + 2], matrix, index, row, columns.lane)


def _symbols(cell: Any, matrix: Matrix, index: int, row: Row, lane: float) -> None:
    """Capsule, symbol, ways and capsule, one below the other."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    width = min(14.0, lane - 2.2)
    paragraph = cell.paragraphs[0]
    if row.starts:
        _shape(paragraph, "flowChartTerminator", width, 5.0, "Mulai", index * 3 + 1)
        _words(_tight(cell.add_paragraph()), "↓", 7)
        paragraph = cell.add_paragraph()
    height = 8.0 if row.symbol == "diamond" else 6.0
    _shape(paragraph, _SYMBOLS[row.symbol], min(width, 12.0), height, "", index * 3 + 2)
    for arrow in matrix.ways_from(index):
        direction = "↓" if arrow.target > index else "↑"
        words = f"{direction} {matrix.rows[arrow.target].name} {arrow.label}".strip()
        _words(_tight(cell.add_paragraph()), words, 6.5)
    if row.ends:
        _words(_tight(cell.add_paragraph()), f"↓ {row.end_label}".strip(), 6.5)
        _shape(cell.add_paragraph(), "flowChartTerminator", width, 5.0, "Selesai", index * 3 + 3)


def _shape(paragraph: Any, preset: str, width: float, height: float, text: str, number: int) -> None:
    _tight(paragraph)._p.append(shape_run(preset, width, height, text, number))


def _table(document: Any, rows: int, widths: Sequence[float]) -> Any:
    table = document.add_table(rows=rows, cols=len(widths))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    _set_margins(table)
    return table


def _set_margins(table: Any) -> None:
    """Narrow cell margins, so that twelve performers fit; in twentieths of a point."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 50), ("bottom", 40), ("right", 50)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _heading(cell: Any, text: str, upright: bool = False) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    _words(_tight(cell.paragraphs[0]), text, 8, bold=True)
    properties = cell._tc.get_or_add_tcPr()
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E9EDF2")):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)
    if upright:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "btLr")
        properties.append(direction)


def _fill(cell: Any, texts: Iterable[str], bold: bool = False, middle: bool = False) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    listed = [text for text in texts if text]
    for place, text in enumerate(listed):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _words(paragraph, f"• {text}" if len(listed) > 1 else text, 8, bold)
        if middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _centred(cell: Any, lines: Sequence[tuple[str, int]]) -> None:
    for place, (text, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _words(paragraph, text, size, bold=size > 8)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _words(paragraph: Any, text: str, size: float, bold: bool = False) -> Any:
    run = paragraph.add_run(_printable(text))
    run.font.size, run.bold = Pt(size), bold
    return paragraph


def _printable(text: str) -> str:
    """Without control characters, which XML cannot hold."""
    return "".join(letter for letter in text if letter in "\t\n" or letter.isprintable())


def _tight(paragraph: Any) -> Any:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    shown = paragraph.add_run("1")
    shown.font.size = Pt(7)
    field.append(shown._r)
    paragraph._p.append(field)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _dated(data: bytes) -> bytes:
    """The same package with one fixed date on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
