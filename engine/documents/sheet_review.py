"""Sheet ⇄ table of named texts, as people review it on a page or as JSON before it becomes a diagram.

Owns the shape of that table: `{title, key, identity: {label: text}, performers: [{name, role, kind}], rows: [{line, no,
…}]}`. What the texts mean is `sheet_grid`; lists stand one item per line.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from engine.documents.sheet import Sheet, SheetRefused
from engine.documents.sheet_alur import write_alur
from engine.documents.sheet_grid import AFTER, PERFORMER, Grid, identity_rows, read_grid

CELLS = {
    "requirements": "Kelengkapan", "time": "Waktu", "outputs": "Output", "remarks": "Keterangan", "flow": "Alur",
    "question": "Pertanyaan", "box": "Nama Singkat", "limit": "Batas Waktu", "calendar": "Kalender",
    "assumption": "Asumsi",
}  # fmt: skip
"""The texts of a row by the heading of their column, beside `no`, `activity` and `performer`."""
assert tuple(CELLS.values()) == AFTER


def table_of(sheet: Sheet) -> dict[str, Any]:
    """The table that `sheet_of` reads back as the same sheet; `performer` of a row counts the performers from 1."""
    block = groupby(identity_rows(sheet.identity), lambda row: row[0])
    names = [performer.name for performer in sheet.performers]
    return {
        "title": sheet.title,
        "key": sheet.slug,
        "identity": {label: "\n".join(row[1] for row in rows) for label, rows in block},
        "performers": [{"name": one.name, "role": one.role, "kind": one.kind} for one in sheet.performers],
        "rows": [
            {
                "line": row.line, "no": row.no, "activity": row.activity, "performer": names.index(row.performer) + 1,
                "requirements": "\n".join(row.requirements), "time": row.time, "outputs": "\n".join(row.outputs),
                "remarks": row.remarks, "flow": write_alur(row.branches), "question": row.question, "box": row.box,
                "limit": row.limit, "calendar": row.calendar, "assumption": row.assumption,
            }
            for row in sheet.rows
        ],
    }  # fmt: skip


def sheet_of(table: Mapping[str, Any]) -> Sheet:
    """The sheet of a table; its rows keep the lines they are said to stand on.

    Raises:
        SheetRefused: cells to mend, each with the `line` of its row.
    """
    above = [["Judul SOP", table["title"]], ["Kunci", table["key"]]]
    above += [[label, line] for label, text in table["identity"].items() for line in text.split("\n")]
    above += [[PERFORMER, one["name"], one["role"], one["kind"]] for one in table["performers"]]
    names = [one["name"] for one in table["performers"]]
    head = ["No", "Kegiatan", *names, *AFTER]
    grid: Grid = [*above, head, *(_cells(row, len(names)) for row in table["rows"])]
    lines = {place: row["line"] for place, row in enumerate(table["rows"], start=len(above) + 2)}
    try:
        sheet = read_grid(grid)
    except SheetRefused as refused:
        errors = [error | {"row": lines.get(error["row"], 0)} for error in refused.errors]
        raise SheetRefused(refused.detail, errors) from None
    return replace(sheet, rows=tuple(replace(row, line=lines[row.line]) for row in sheet.rows))


def _cells(row: Mapping[str, Any], performers: int) -> list[str]:
    marks = ["x" if place == row["performer"] else "" for place in range(1, performers + 1)]
    return [row["no"], row["activity"], *marks, *(row[name] for name in CELLS)]
