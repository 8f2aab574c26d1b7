"""Sheet ⇄ CSV bytes: UTF-8 with byte-order mark, `;` between cells, as Excel opens it in an Indonesian setting.

Reads `;` or `,`. Cells that a spreadsheet would take for a formula stand behind an apostrophe, which reading removes.
"""

import csv
import io
import re

from engine.documents.sheet import CellError, Sheet, refusal
from engine.documents.sheet_grid import Grid, read_grid, write_grid

_FORMULA = re.compile(r"'*[=+\-@\t]")
_SHIELDED = re.compile(r"'+[=+\-@\t]")


def read_csv(data: bytes) -> Sheet:
    """Read a sheet from CSV bytes.

    Raises:
        SheetRefused: the bytes are not UTF-8 or the sheet needs mending; names row and column.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = "Expected CSV in UTF-8, but other bytes came; save the table as 'CSV UTF-8'"
        words = "Berkas ini bukan CSV UTF-8; simpan tabel sebagai 'CSV UTF-8', atau kirim XLSX, DOCX, atau PDF."
        raise refusal([CellError(0, "file", message, words)]) from None
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = f"Expected a CSV table, but it cannot be read: {error}"
        raise refusal([CellError(0, "file", message, "Tabel CSV ini tidak dapat dibaca.")]) from None
    return read_grid([[cell[1:] if _SHIELDED.match(cell) else cell for cell in row] for row in rows])


def write_csv(sheet: Sheet) -> bytes:
    """The CSV bytes of a sheet; the same sheet always gives the same bytes."""
    return grid_bytes(write_grid(sheet))


def grid_bytes(grid: Grid) -> bytes:
    """CSV bytes of any cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in grid)
    return out.getvalue().encode("utf-8-sig")
