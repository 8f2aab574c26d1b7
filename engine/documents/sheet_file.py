"""Any file an official may bring → draft sheet: CSV, XLSX, DOCX or PDF, told apart by content, never by name."""

import io
import zipfile

from engine.documents.docx_table import read_docx
from engine.documents.pdf_table import read_pdf
from engine.documents.sheet import CellError, refusal
from engine.documents.sheet_csv import read_csv
from engine.documents.sheet_xlsx import read_xlsx
from engine.documents.table_draft import Draft


def read_sheet_file(data: bytes) -> Draft:
    """The sheet in a file; CSV and XLSX say everything themselves, so they bring no guesses.

    Raises:
        SheetRefused: none of the four formats, or a sheet that needs mending.
    """
    if data.startswith(b"%PDF"):
        return read_pdf(data)
    if not data.startswith(b"PK"):
        return Draft(read_csv(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        message = "Expected an XLSX or DOCX file, but the archive is broken"
        raise refusal([CellError(0, "file", message, "Berkas XLSX atau DOCX ini rusak; simpan ulang.")]) from None
    return read_docx(data) if "word/document.xml" in names else Draft(read_xlsx(data))
