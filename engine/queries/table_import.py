"""A table of an SOP, from a file or as reviewed, as a draft diagram; as a sheet to be corrected elsewhere."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.diagram.lint import validate
from engine.documents.sheet_csv import write_csv
from engine.documents.sheet_file import read_sheet_file
from engine.documents.sheet_review import sheet_of, table_of
from engine.documents.sheet_xlsx import write_xlsx
from engine.documents.to_diagram import to_bpmn
from engine.errors import Forbidden, TooLarge
from engine.storage.people import all_roles

LARGEST_TEXT = 512 * 1024  # bytes of CSV; reading costs seconds per megabyte


def sheet_to_diagram(actor: Actor, data: bytes) -> dict[str, Any]:
    """A CSV, XLSX, DOCX or PDF table as a draft diagram; stores nothing.

    Answers `{key, name, bpmn, valid, findings, guesses, table}`; a guess names the row and column it was made for,
    `table` holds what was recognised.

    Raises:
        Forbidden: no analyst. SheetRefused: cells that must be mended. TooLarge: more than an SOP can be.
    """
    found = recognised(actor, data)
    return table_to_diagram(actor, found["table"]) | found


def recognised(actor: Actor, data: bytes) -> dict[str, Any]:
    """What of a file was recognised, before it is judged: `{guesses, table}`. Raises as `sheet_to_diagram`."""
    require_analyst(actor)
    if len(data) > LARGEST_TEXT and not data.startswith((b"PK", b"%PDF")):
        raise TooLarge(f"Expected a CSV table of at most {LARGEST_TEXT} bytes, but got {len(data)}.")
    draft = read_sheet_file(data)
    return {"guesses": [asdict(guess) for guess in draft.guesses], "table": table_of(draft.sheet)}


def table_to_diagram(actor: Actor, table: Mapping[str, Any]) -> dict[str, Any]:
    """A reviewed table as a draft diagram: `{key, name, bpmn, valid, findings}`. Raises Forbidden, SheetRefused."""
    require_analyst(actor)
    sheet = sheet_of(table)
    xml = to_bpmn(sheet)
    checked = validate(xml, "sop", None)
    findings = [
        {"element": one.element, "name": one.name, "rule": one.rule, "severity": one.severity,
         "message": one.message_id, "cure": one.cure_id}
        for one in checked.findings
    ]  # fmt: skip
    return {"key": sheet.slug, "name": sheet.title, "bpmn": xml.decode(), "valid": checked.valid, "findings": findings}


def table_file(actor: Actor, table: Mapping[str, Any], format_: str) -> bytes:
    """A reviewed table as `csv` or `xlsx`, to be corrected and imported again. Raises Forbidden, SheetRefused."""
    require_analyst(actor)
    sheet = sheet_of(table)
    return write_xlsx(sheet) if format_ == "xlsx" else write_csv(sheet)


def require_analyst(actor: Actor) -> None:
    """Raises Forbidden for all but those who may deploy."""
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to import tables.")


def known_roles(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """`{key, name}` of the roles there are, for the performers of a table. Raises Forbidden."""
    require_analyst(actor)
    with context.database.read() as connection:
        return [{"key": row.key, "name": row.name} for row in all_roles(connection)]
