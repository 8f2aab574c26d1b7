"""The normal form of a sheet: cells that only repeat what follows anyway are empty.

Two sheets that make the same diagram are equal in normal form, so that table and diagram can be compared either way.
"""

from dataclasses import replace

from engine.documents.box_name import box_name
from engine.documents.sheet import END, NEXT, Branch, Sheet, SheetRow
from engine.waktu import parse_waktu


def normal(sheet: Sheet) -> Sheet:
    """The sheet without redundant short names, questions, calendars, limits and branches."""
    return replace(sheet, rows=tuple(_row(sheet, place) for place in range(len(sheet.rows))))


def _row(sheet: Sheet, place: int) -> SheetRow:
    row = sheet.rows[place]
    waktu = parse_waktu(row.time)
    branches = tuple(_branch(sheet, place, branch) for branch in row.branches)
    last = place == len(sheet.rows) - 1
    box = row.box or box_name(row.activity)
    timed = row.limit or waktu.max
    return replace(
        row,
        branches=() if branches == (Branch("", END if last else NEXT),) else branches,
        question=row.question if len(branches) > 1 and row.question != f"{box}?" else "",
        box="" if box == box_name(row.activity) else box,
        limit="" if row.limit == waktu.max else row.limit,
        calendar=row.calendar if timed and row.calendar != waktu.kalender else "",
    )


def _branch(sheet: Sheet, place: int, branch: Branch) -> Branch:
    following = sheet.rows[place + 1].key if place + 1 < len(sheet.rows) else None
    return replace(branch, target=NEXT) if branch.target == following else branch
