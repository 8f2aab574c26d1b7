"""The compliance report on A4, as an office hands it up: scope, key figures, tables with bars, deviations."""

import json
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typst

from engine.documents.report_model import ReportDocument, Table
from engine.documents.soft_breaks import soft
from engine.notifications.moments import written_moment


def report_pdf(document: ReportDocument) -> bytes:
    """PDF/A-2b; the same document always gives the same bytes."""
    local = document.made_at.astimezone(ZoneInfo(document.zone))
    data: dict[str, Any] = {
        "scope": [[label, soft(words, 50)] for label, words in document.scope],
        "summary": [list(one) for one in document.summary],
        "tables": [_table(one) for one in document.tables],
        "notes": list(document.notes),
        "made": f"{written_moment(document.made_at, ZoneInfo(document.zone))}, oleh {document.made_by}",
        "demo": document.demo,
        "date": list(local.timetuple()[:6]),
    }
    template = files("engine.documents").joinpath("report.typ").read_bytes()
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, pdf_standards=["a-2b"]
    )
    return bytes(made)


def _table(table: Table) -> dict[str, Any]:
    widths = list(table.widths) or [1, *[0] * (len(table.heads) - 1)]
    rows = [
        [soft(words, 24) if width else words for words, width in zip(row, widths, strict=True)] for row in table.rows
    ]
    bars = list(table.bars)
    return {"title": table.title, "heads": list(table.heads), "rows": rows, "bars": bars, "widths": widths}
