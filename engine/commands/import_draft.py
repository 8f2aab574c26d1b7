"""Makes a draft of a reviewed table: its diagram and the forms that follow from it."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.diagram.layout import lay_out
from engine.diagram.write import write_bpmn
from engine.documents.sheet_review import sheet_of
from engine.documents.to_diagram import to_process
from engine.documents.to_forms import to_forms
from engine.drafting import begin, etag, require_editor, require_key
from engine.errors import Conflict
from engine.storage.drafts import draft_row


def import_draft(context: Context, actor: Actor, table: Mapping[str, Any]) -> dict[str, Any]:
    """Begins the draft that the table's key names.

    Args:
        table: as `engine.documents.sheet_review` describes it.

    Returns:
        `{key, name, version, etag}` of the draft.

    Raises:
        Forbidden: no analyst. SheetRefused: cells that must be mended. Conflict: there is a draft of that key.
    """
    require_editor(actor)
    sheet = sheet_of(table)
    require_key(sheet.slug)
    process = to_process(sheet)
    xml, forms = write_bpmn(process, lay_out(process)), to_forms(process)
    with context.database.write() as connection:
        if draft_row(connection, sheet.slug, lock=True) is not None:
            raise Conflict(f"Expected a key without a draft, but there is a draft '{sheet.slug}'; choose another key.")
        values = {"key": sheet.slug, "name": sheet.title, "profile": "sop", "xml": xml}
        row = begin(context, connection, actor, values, {"form": forms, "decision": {}})
        return {"key": row.key, "name": row.name, "version": row.version, "etag": etag(row)}
