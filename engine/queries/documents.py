"""A deployed SOP, or a draft of one, as the official document (HTML, PDF, DOCX) and as its table (CSV, XLSX)."""

from collections.abc import Callable
from hashlib import sha256

from engine.assignment import Actor
from engine.context import Context
from engine.diagram.model import Process
from engine.diagram.parse import parse_diagram
from engine.documents.document_model import DocumentFacts
from engine.documents.document_paper import PaperName
from engine.documents.from_diagram import to_sheet
from engine.documents.sheet_csv import write_csv
from engine.documents.sheet_xlsx import write_xlsx
from engine.documents.sop_document import sop_docx, sop_html, sop_pdf
from engine.queries.drafts import draft
from engine.queries.remaining import DEFAULT_ZONE
from engine.storage.definitions import by_id, find_id, zone_of

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
    facts = _facts(context, stored.key, stored.version, stored.hash, zone)
    return WRITERS[format_](parse_diagram(stored.xml).main, facts, paper)


def draft_document(context: Context, actor: Actor, key: str, format_: str, paper: PaperName = "folio") -> bytes:
    """The document that a draft would make, as version 0.

    Raises:
        Forbidden, NotFound. DiagramRefused: the draft cannot be read as a diagram.
    """
    xml = draft(context, actor, key)[1]
    facts = _facts(context, key, 0, sha256(xml).hexdigest(), DEFAULT_ZONE)
    return WRITERS[format_](parse_diagram(xml).main, facts, paper)


def _facts(context: Context, key: str, version: int, hash_: str, zone: str) -> DocumentFacts:
    url = f"{context.settings.public_url}/layanan/{key}"  # what is in force now, for anybody with a telephone
    return DocumentFacts(version, hash_, url, context.clock.now(), zone)


def sop_sheet(context: Context, key: str, format_: str, version: int | None = None) -> bytes:
    """The table of a version as `csv` or `xlsx`.

    Raises:
        NotFound: no such version. NotATable, SheetRefused: the diagram says more than a table can.
    """
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version, at=context.clock.now()))
    sheet = to_sheet(parse_diagram(stored.xml).main)
    return write_xlsx(sheet) if format_ == "xlsx" else write_csv(sheet)
