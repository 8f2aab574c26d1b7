"""A deployed SOP as the official document (HTML, PDF, DOCX) and as its table (CSV, XLSX); a table as a diagram."""

from collections.abc import Callable
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.diagram.lint import validate
from engine.diagram.model import Process
from engine.diagram.parse import parse_diagram
from engine.documents.document_model import DocumentFacts
from engine.documents.document_paper import PaperName
from engine.documents.from_diagram import to_sheet
from engine.documents.sheet_csv import write_csv
from engine.documents.sheet_file import read_sheet_file
from engine.documents.sheet_xlsx import write_xlsx
from engine.documents.sop_document import sop_docx, sop_html, sop_pdf
from engine.documents.to_diagram import to_bpmn
from engine.errors import Forbidden, TooLarge
from engine.storage.definitions import by_id, find_id, zone_of

LARGEST_TEXT = 512 * 1024  # bytes of CSV; reading costs seconds per megabyte
WRITERS: dict[str, Callable[[Process, DocumentFacts, PaperName], bytes]] = {
    "html": lambda process, facts, _paper: sop_html(process, facts).encode(),
    "pdf": sop_pdf,
    "docx": lambda process, facts, _paper: sop_docx(process, facts),
}


def sop_document(
    context: Context, key: str, format_: str, version: int | None = None, paper: PaperName = "folio"
) -> bytes:
    """The official document of a version in one of the formats of `WRITERS`; `paper` is the PDF's. Raises NotFound."""
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version, at=context.clock.now()))
        zone = zone_of(connection, stored.agency_id)
    url = f"{context.settings.public_url}/layanan/{stored.key}"  # what is in force now, for anybody with a telephone
    facts = DocumentFacts(stored.version, stored.hash, url, context.clock.now(), zone)
    return WRITERS[format_](parse_diagram(stored.xml).main, facts, paper)


def sop_sheet(context: Context, key: str, format_: str, version: int | None = None) -> bytes:
    """The table of a version as `csv` or `xlsx`.

    Raises:
        NotFound: no such version. NotATable, SheetRefused: the diagram says more than a table can.
    """
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version, at=context.clock.now()))
    sheet = to_sheet(parse_diagram(stored.xml).main)
    return write_xlsx(sheet) if format_ == "xlsx" else write_csv(sheet)


def sheet_to_diagram(actor: Actor, data: bytes) -> dict[str, Any]:
    """A CSV, XLSX, DOCX or PDF table as a draft diagram; stores nothing.

    Answers `{key, name, bpmn, valid, findings, guesses}`; a guess names the row and column it was made for.

    Raises:
        Forbidden: no analyst. SheetRefused: cells that must be mended. TooLarge: more than an SOP can be.
    """
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to import tables.")
    if len(data) > LARGEST_TEXT and not data.startswith((b"PK", b"%PDF")):
        raise TooLarge(f"Expected a CSV table of at most {LARGEST_TEXT} bytes, but got {len(data)}.")
    draft = read_sheet_file(data)
    sheet = draft.sheet
    xml = to_bpmn(sheet)
    checked = validate(xml, "sop", None)
    findings = [
        {"element": one.element, "name": one.name, "rule": one.rule, "severity": one.severity,
         "message": one.message_id, "cure": one.cure_id}
        for one in checked.findings
    ]  # fmt: skip
    guesses = [{"row": guess.row, "column": guess.column, "message": guess.message} for guess in draft.guesses]
    return {
        "key": sheet.slug, "name": sheet.title, "bpmn": xml.decode(), "valid": checked.valid, "findings": findings,
        "guesses": guesses,
    }  # fmt: skip
