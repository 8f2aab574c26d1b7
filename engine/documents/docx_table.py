"""DOCX → draft sheet: the first table of activities in a Word document, with python-docx.

Owns merged cells and drawn symbols. What the cells mean is `table_draft`.
"""

import io
import zipfile
from typing import Any

from docx import Document
from docx.opc.exceptions import OpcError

from engine.documents.sheet import CellError, refusal
from engine.documents.table_draft import SYMBOL, Draft, draft_from_table, has_activities

MOST_UNPACKED = 50_000_000
_DRAWN = ("drawing", "pict", "object")


def read_docx(data: bytes) -> Draft:
    """Read the SOP of a Word document; the title is the paragraph before the table, else that of the document.

    Raises:
        SheetRefused: no Word document of ordinary size, or no table of activities in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            message = f"Expected at most {MOST_UNPACKED} bytes unpacked, but got {unpacked}"
            raise refusal([CellError(0, "file", message, "Isi berkas terlalu besar setelah dibuka.")])
        document = Document(io.BytesIO(data))
    except (OpcError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        message = f"Expected a Word document (.docx), but it cannot be read: {error}"
        raise refusal([CellError(0, "file", message, "Dokumen Word (.docx) ini tidak dapat dibaca.")]) from None
    tables = [_cells(table) for table in document.tables]
    place = next((at for at, table in enumerate(tables) if has_activities(table)), None)
    if place is None:
        message = "Expected a table with a column Kegiatan, but there is none"
        raise refusal([CellError(0, "Kegiatan", message, "Tidak ada tabel dengan kolom Kegiatan dan Waktu.")])
    return draft_from_table(tables[place], _title(document, tables[:place]), tables[:place])


def _cells(table: Any) -> list[list[str]]:
    """Every cell once: of merged ones only the first holds the words."""
    seen: set[Any] = set()
    rows = []
    for row in table.rows:
        words = []
        for cell in row.cells:
            words.append("" if cell._tc in seen else _words(cell))
            seen.add(cell._tc)
        rows.append(words)
    return rows


def _words(cell: Any) -> str:
    text = "\n".join(paragraph.text for paragraph in cell.paragraphs).strip()
    drawn = any(str(element.tag).rsplit("}", 1)[-1] in _DRAWN for element in cell._tc.iter())
    return f"{text}\n{SYMBOL}".strip() if drawn else text


def _title(document: Any, before: list[list[list[str]]]) -> str:
    for table in before:
        for row in table:
            for at, cell in enumerate(row):
                if cell.strip(" :").lower() in ("judul sop", "nama sop"):
                    return " ".join(" ".join(row[at + 1 :]).strip(" :").split())
    headings = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()]
    return headings[-1] if len(headings) == 1 else next(iter(headings), "SOP")
