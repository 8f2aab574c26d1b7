"""PDF → draft sheet: the ruled table of activities over all pages, with pdfplumber.

Owns finding tables and joining them over pages. Pictures of scanned pages hold no words and are refused. What the cells
mean is `table_draft`.
"""

import io
from collections.abc import Sequence

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import PdfminerException

from engine.documents.sheet import CellError, refusal
from engine.documents.table_draft import SYMBOL, Draft, draft_from_table, has_activities, joined_tables

MOST_BYTES = 20_000_000
MOST_PAGES = 60
Cells = list[list[str]]
_RULES = {"edge_min_length": 50}
_SYMBOL_SIDES = (6, 90)


def read_pdf(data: bytes) -> Draft:
    """Read the SOP of a PDF; tables with the same headings on later pages continue the first.

    Raises:
        SheetRefused: no readable PDF of ordinary size, or no ruled table of activities in it.
    """
    if len(data) > MOST_BYTES:
        message = f"Expected at most {MOST_BYTES} bytes, but the file has {len(data)}"
        raise refusal([CellError(0, "file", message, f"Berkas paling besar {MOST_BYTES // 1_000_000} MB.")])
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = document.pages[:MOST_PAGES]
            before, body = _tables(pages)
            lines = [line for page in pages[:2] for line in (page.extract_text() or "").split("\n") if line.strip()]
    except (PDFException, PdfminerException, ValueError, KeyError, TypeError) as error:
        message = f"Expected a PDF, but it cannot be read: {error}"
        raise refusal([CellError(0, "file", message, "Berkas PDF ini tidak dapat dibaca.")]) from None
    if not body:
        message = "Expected a PDF with a ruled table of activities, but there is none; scanned pages must be typed in"
        words = "Tidak ada tabel kegiatan bergaris dalam PDF ini; hasil pindai harus diketik ulang."
        raise refusal([CellError(0, "Kegiatan", message, words)])
    return draft_from_table(joined_tables(body), _title(lines), before)


def _tables(pages: Sequence[Page]) -> tuple[list[Cells], list[Cells]]:
    """The tables in front of the first one of activities, and that one with what continues it on later pages.

    Later pages are cut at the columns of the first: a short table there has too few lines of its own.
    """
    before: list[Cells] = []
    for place, page in enumerate(pages):
        for table in page.find_tables(_RULES):
            cells = _cells(page, table)
            if has_activities(cells):
                edges = sorted({side for cell in table.cells for side in (cell[0], cell[2])})
                rules = {**_RULES, "vertical_strategy": "explicit", "explicit_vertical_lines": edges}
                later = [_cells(next_, more) for next_ in pages[place + 1 :] for more in next_.find_tables(rules)]
                return before, [cells, *(more for more in later if len(more[0]) == len(cells[0]))]
            before.append(cells)
    return before, []


def _cells(page: Page, table: Table) -> Cells:
    """The words of every cell; where a box or diamond is drawn, its symbol too. Short lines rule no table."""
    low, high = _SYMBOL_SIDES
    drawn = [
        ((shape["x0"] + shape["x1"]) / 2, (shape["top"] + shape["bottom"]) / 2)
        for shape in (*page.rects, *page.curves)
        if low < shape["width"] < high and low < shape["height"] < high / 2
    ]
    return [[_words(page, cell, drawn) for cell in row.cells] for row in table.rows]


def _words(page: Page, cell: tuple[float, float, float, float] | None, drawn: list[tuple[float, float]]) -> str:
    if cell is None:
        return ""
    left, top, right, bottom = cell
    text = page.crop(cell, strict=False).extract_text() or ""
    symbol = any(left < x < right and top < y < bottom for x, y in drawn)
    return f"{text}\n{SYMBOL}".strip() if symbol else text


def _title(lines: list[str]) -> str:
    for line in lines:
        if line.lower().startswith(("judul sop", "nama sop")):
            return line.split("SOP", 1)[1].strip(" :")
    return next((line.strip() for line in lines if "sop" in line.lower() or "prosedur" in line.lower()), lines[0])
