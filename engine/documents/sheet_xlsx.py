"""Sheet ⇄ XLSX bytes with openpyxl: the form officials fill in, one worksheet, every cell text.

Owns the look of the workbook and the limits on files that come from outside. Must not know what cells mean.
"""

import io
import zipfile
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from engine.documents.sheet import CellError, Sheet, refusal
from engine.documents.sheet_grid import Grid, read_grid, write_grid

MOST_BYTES = 5_000_000
MOST_UNPACKED = 50_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 80
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_LINE = Side(style="thin", color="999999")
_WIDTHS = {"No": 5, "Kegiatan": 55, "Kelengkapan": 30, "Waktu": 14, "Output": 30, "Keterangan": 25, "Alur": 40}
_OTHER_WIDTH = 16


def read_xlsx(data: bytes) -> Sheet:
    """Read a sheet from the first worksheet of a workbook; formulas count as empty, only their words are read.

    Raises:
        SheetRefused: the bytes are no workbook of ordinary size, or the sheet needs mending; names row and column.
    """
    _check_size(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        pages = book.worksheets
        rows = list(pages[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)) if pages else []
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError, OSError, zipfile.BadZipFile) as error:
        message = f"Expected an XLSX workbook, but it cannot be read: {error}"
        raise refusal([CellError(0, "file", message, "Buku kerja XLSX ini tidak dapat dibaca.")]) from None
    return read_grid([[_words(value) for value in row] for row in rows])


def write_xlsx(sheet: Sheet) -> bytes:
    """The workbook of a sheet."""
    book = Workbook()
    page = book.active
    page.title = "SOP"
    grid = write_grid(sheet)
    for line, row in enumerate(grid, start=1):
        for column, words in enumerate(row, start=1):
            cell = page.cell(line, column)
            cell.value = words or None
            cell.data_type = "s" if words else "n"  # text, even where it looks like a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    _dress(page, grid)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _check_size(data: bytes) -> None:
    message = words = ""
    if len(data) > MOST_BYTES:
        message = f"Expected at most {MOST_BYTES} bytes, but the file has {len(data)}; remove pictures"
        words = f"Berkas paling besar {MOST_BYTES // 1_000_000} MB; buang gambarnya."
    elif not zipfile.is_zipfile(io.BytesIO(data)):
        message = "Expected an XLSX workbook, but the file is none; save the table as 'Excel Workbook (.xlsx)'"
        words = "Berkas ini bukan buku kerja XLSX; simpan sebagai 'Excel Workbook (.xlsx)'."
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            message = f"Expected at most {MOST_UNPACKED} bytes when unpacked, but the file has {unpacked}"
            words = "Isi berkas terlalu besar setelah dibuka."
    if message:
        raise refusal([CellError(0, "file", message, words)])


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _dress(page: Worksheet, grid: Grid) -> None:
    head = next(line for line, row in enumerate(grid, start=1) if row[:2] == ["No", "Kegiatan"])
    for column, name in enumerate(grid[head - 1], start=1):
        page.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(name, _OTHER_WIDTH)
    page.column_dimensions["A"].width = _OTHER_WIDTH
    for line in range(1, head):
        page.cell(line, 1).font = Font(bold=True)
    for line in range(head, len(grid) + 1):
        for column in range(1, len(grid[0]) + 1):
            cell = page.cell(line, column)
            cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
            if line == head:
                cell.font, cell.fill = Font(bold=True), _HEAD
    page.freeze_panes = page.cell(head + 1, 3)
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A3
