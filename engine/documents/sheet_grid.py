"""Sheet ⇄ rectangular cells: which cell means what. CSV and XLSX only carry the cells.

Layout: the identity block (a label and its values per row), an empty row, the heading row that begins with `No`, then
one row per activity. The columns between Kegiatan and Kelengkapan are the pelaksana. Must not open files.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.diagram.model import Identity
from engine.documents.sheet import CellError, Performer, Sheet, SheetRow, check, refusal, refuse_any, row_keys
from engine.documents.sheet_alur import AlurCellError, read_alur, write_alur
from engine.documents.sheet_normal import normal

Grid = list[list[str]]

_SINGLE = {
    "Nomor SOP": "number",
    "Tanggal Pembuatan": "created_on",
    "Tanggal Revisi": "revised_on",
    "Tanggal Efektif": "effective_on",
    "Disahkan oleh": "approved_by",
    "Instansi": "agency",
    "Unit": "unit",
    "Kerahasiaan": "confidentiality",
}
_REPEATED = {
    "Dasar Hukum": "legal_basis",
    "Kualifikasi Pelaksana": "qualifications",
    "Keterkaitan": "related",
    "Peralatan/Perlengkapan": "equipment",
    "Peringatan": "warnings",
    "Pencatatan dan Pendataan": "records",
}
_SOURCE = {"Sumber": "source_document", "Baris Sumber": "source_lines", "Catatan Sumber": "source_note"}
_COMPLETE = "Sumber Lengkap"
PERFORMER = "Pelaksana"
AFTER = (
    "Kelengkapan",
    "Waktu",
    "Output",
    "Keterangan",
    "Alur",
    "Pertanyaan",
    "Nama Singkat",
    "Batas Waktu",
    "Kalender",
    "Asumsi",
)
_UNWRITABLE = re.compile(r"[^\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = frozenset({"x", "v", "√", "✓", "[]", "□", "■", "ya", "↓", "●"})


def read_grid(cells: Sequence[Sequence[str]]) -> Sheet:
    """Read a sheet from rows of cells, in normal form.

    Raises:
        SheetRefused: naming row and column (1-based row, heading of the column) of everything to mend.
    """
    grid = [[_tidy(cell) for cell in row] for row in cells]
    head = next((index for index, row in enumerate(grid) if [*row[:2]] == ["No", "Kegiatan"]), None)
    if head is None:
        raise refusal([CellError(0, "No", "Expected a row 'No, Kegiatan, …', but there is none; use the template",
                                 "Baris judul 'No, Kegiatan, …' tidak ditemukan; pakai templat lembar.")])  # fmt: skip
    block = _identity_block(grid[:head])
    headings = _headings(grid[head], head + 1)
    rows = _rows(grid, head, headings, block)
    performers = tuple(_performer(name, block.get(PERFORMER, [])) for name in headings[2 : headings.index(AFTER[0])])
    sheet = Sheet(_one(block, "Kunci"), _one(block, "Judul SOP"), _identity(block), performers, rows)
    check(sheet)
    return normal(sheet)


def write_grid(sheet: Sheet) -> Grid:
    """The cells that `read_grid` reads back as the same sheet; all rows equally long."""
    names = [performer.name for performer in sheet.performers]
    grid = [["Judul SOP", sheet.title], ["Kunci", sheet.slug], *identity_rows(sheet.identity)]
    grid += [[PERFORMER, performer.name, performer.role, performer.kind] for performer in sheet.performers]
    grid += [[], ["No", "Kegiatan", *names, *AFTER]]
    grid += [_cells(row, names) for row in sheet.rows]
    width = max(len(row) for row in grid)
    return [row + [""] * (width - len(row)) for row in grid]


def _tidy(cell: str) -> str:
    """Plain text: single blanks, `\\n` between lines, nothing that XML forbids."""
    cell = _UNWRITABLE.sub("", cell.replace("\t", " "))
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in cell.replace("\r\n", "\n").split("\n"))
    return "\n".join(lines).strip()


def _identity_block(grid: Grid) -> Mapping[str, list[list[str]]]:
    known = {"Judul SOP", "Kunci", _COMPLETE, PERFORMER, *_SINGLE, *_REPEATED, *_SOURCE}
    block: dict[str, list[list[str]]] = {}
    errors = []
    for line, row in enumerate(grid, start=1):
        if row and row[0]:
            block.setdefault(row[0], []).append(row[1:])
            if row[0] not in known:
                message = f"Expected one of {', '.join(sorted(known))}, but found {row[0]!r}; rename or remove the row"
                words = f"'{row[0]}' tidak dikenal; pakai salah satu isian templat atau hapus barisnya."
                errors.append(CellError(line, "A", message, words))
    refuse_any(errors)
    return block


def _headings(row: Sequence[str], line: int) -> list[str]:
    headings = list(row)
    while headings and not headings[-1]:
        headings.pop()
    missing = [name for name in AFTER[:4] if name not in headings]
    unknown = [name for name in headings[headings.index(AFTER[0]) :] if name not in AFTER] if not missing else []
    refuse_any(
        [CellError(line, name, "Expected this column, but it is missing; use the template",
                   "Kolom ini tidak ada; pakai templat lembar.") for name in missing]
        + [CellError(line, name, "Expected pelaksana columns before Kelengkapan, but found this",
                     "Kolom pelaksana harus berada sebelum Kelengkapan.") for name in unknown]
    )
    return headings


def _rows(grid: Grid, head: int, headings: Sequence[str], block: Mapping[str, list[list[str]]]) -> tuple[SheetRow, ...]:
    lines = [(line, row) for line, row in enumerate(grid[head + 1 :], start=head + 2) if any(row)]
    keys = row_keys(row[0].rstrip(".") for _, row in lines)
    errors: list[CellError] = []
    rows = tuple(_row(line, key, row, headings, errors) for (line, row), key in zip(lines, keys, strict=True))
    for name in headings[2 : headings.index(AFTER[0])]:
        if not any(entry and entry[0] == name for entry in block.get(PERFORMER, [])):
            message = f"Expected a row 'Pelaksana, {name}, peran, jenis' above the table, but there is none; add it"
            words = f"Tambahkan baris 'Pelaksana, {name}, peran, jenis' di atas tabel."
            errors.append(CellError(head + 1, name, message, words))
    refuse_any(errors)
    return rows


def _row(line: int, key: str, row: list[str], headings: Sequence[str], errors: list[CellError]) -> SheetRow:
    cells = dict(zip(headings, row + [""] * len(headings), strict=False))
    first = headings.index(AFTER[0])
    marked = []
    for name in headings[2:first]:
        if cells[name].lower() in _MARKS:
            marked.append(name)
        elif cells[name]:
            message = f"Expected x or nothing, but found {cells[name]!r}; mark the performer with x"
            words = f"Isi x atau kosongkan, bukan '{cells[name]}'; tandai pelaksana dengan x."
            errors.append(CellError(line, name, message, words))
    if len(marked) > 1:
        message = f"Expected one marked pelaksana, but {', '.join(marked)} are marked; keep the one who completes it"
        words = f"Hanya satu pelaksana per kegiatan, tetapi {', '.join(marked)} bertanda; sisakan satu."
        errors.append(CellError(line, marked[1], message, words))
    try:
        branches = read_alur(cells.get("Alur", ""))
    except AlurCellError as error:
        errors.append(CellError(line, "Alur", str(error), error.message_id))
        branches = ()
    return SheetRow(
        key=key,
        no=cells["No"].rstrip("."),
        activity=cells["Kegiatan"],
        performer=marked[0] if marked else "",
        requirements=_items(cells["Kelengkapan"]),
        time=cells["Waktu"],
        outputs=_items(cells["Output"]),
        remarks=cells["Keterangan"],
        branches=branches,
        question=cells.get("Pertanyaan", ""),
        box=cells.get("Nama Singkat", ""),
        limit=cells.get("Batas Waktu", ""),
        calendar=cells.get("Kalender", ""),
        assumption=cells.get("Asumsi", ""),
        line=line,
    )


def _cells(row: SheetRow, names: Sequence[str]) -> list[str]:
    marks = ["x" if name == row.performer else "" for name in names]
    requirements, outputs = "\n".join(row.requirements), "\n".join(row.outputs)
    alur = write_alur(row.branches)
    after = [requirements, row.time, outputs, row.remarks, alur, row.question, row.box, row.limit, row.calendar]
    return [row.no, row.activity, *marks, *after, row.assumption]


def _items(cell: str) -> tuple[str, ...]:
    return tuple(line for line in cell.split("\n") if line)


def _one(block: Mapping[str, list[list[str]]], label: str) -> str:
    rows = block.get(label, [])
    return rows[0][0] if rows and rows[0] else ""


def _identity(block: Mapping[str, list[list[str]]]) -> Identity:
    values: dict[str, Any] = {name: _one(block, label) for label, name in (_SINGLE | _SOURCE).items()}
    for label, name in _REPEATED.items():
        values[name] = tuple(row[0] for row in block.get(label, []) if row and row[0])
    values["confidentiality"] = values["confidentiality"] or "biasa"
    return Identity(**values, source_complete=_one(block, _COMPLETE) != "tidak")


def identity_rows(identity: Identity) -> Iterator[list[str]]:
    """The identity block: a label and a value per row."""
    for label, name in _SINGLE.items():
        yield [label, getattr(identity, name)]
    for label, name in _REPEATED.items():
        for value in getattr(identity, name) or ("",):
            yield [label, value]
    for label, name in _SOURCE.items():
        yield [label, getattr(identity, name)]
    yield [_COMPLETE, "ya" if identity.source_complete else "tidak"]


def _performer(name: str, rows: Sequence[list[str]]) -> Performer:
    row = next(row for row in rows if row and row[0] == name)
    values = [*row, "", ""]
    return Performer(name, values[1], values[2] or "pegawai")
