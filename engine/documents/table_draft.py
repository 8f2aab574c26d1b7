"""A table as it stands in an official document → a draft sheet, with every guess listed for review.

Owns what columns, marks and words of the Permenpan-RB 35/2012 layout mean. Must not open files (`docx_table`,
`pdf_table`). Nothing is dropped in silence: what was understood by guessing is a `Guess` with its row and column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.documents.sheet import END, NEXT, Branch, CellError, Performer, Sheet, SheetRow, check, refusal, row_keys
from engine.documents.sheet_normal import normal
from engine.documents.table_identity import identity_of, slug_of

Rows = Sequence[Sequence[str]]

_NUMBER = re.compile(r"no\.?|nomor", re.IGNORECASE)
_ACTIVITY = re.compile(r"(uraian )?(kegiatan|aktivitas)|uraian( prosedur| jenis kegiatan)?", re.IGNORECASE)
_COLUMNS = {
    "requirements": re.compile(r"(persyaratan|kelengkapan).*", re.IGNORECASE),
    "time": re.compile(r"waktu.*", re.IGNORECASE),
    "outputs": re.compile(r"output|keluaran", re.IGNORECASE),
    "remarks": re.compile(r"ket\.?|keterangan", re.IGNORECASE),
}
SYMBOL = "■"
"""Stands for a drawn box or diamond in a cell."""

_TOTAL = re.compile(r"(jumlah|total)\b", re.IGNORECASE)
_GROUP = re.compile(r"pelaksana(an)?|(mutu baku|baku mutu)", re.IGNORECASE)
_APPLICANT = re.compile(
    r"pemohon|masyarakat|warga|pelapor|pengadu|pengguna|customer|wajib pajak|pelanggan", re.IGNORECASE
)
_BACK_TO = re.compile(
    r"kembali (?:lagi )?(?:ke|pada) (?:aktivitas|kegiatan|langkah|nomor)\s*(?:no\.?|nomor)?\s*(\d+)", re.IGNORECASE
)
_OTHERWISE = re.compile(r"\b(?:jika|apabila|bila)\s+(?:\w+\s+){0,2}(?:tidak|belum|kurang)\b", re.IGNORECASE)
_ACTING = r"(?<!kepada )(?<!ke )(?<!dari )(?<!untuk )\b{}\b"
"""A performer named as the one who acts, not as the one who receives."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was not written and had to be inferred. `row` counts the rows of the table from 1."""

    row: int
    column: str
    message: str
    message_id: str
    """The message in Bahasa Indonesia."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sheet to review, and what was guessed in it."""

    sheet: Sheet
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True, slots=True)
class _Columns:
    number: int | None
    activity: int
    performers: Mapping[int, str]
    others: Mapping[str, int]
    body: int


def has_activities(table: Rows) -> bool:
    """Whether a table looks like one of activities: its first rows head a column of activities and one of time."""
    words = {_heading(cell).lower() for row in table[:3] for cell in row}
    return any(_ACTIVITY.fullmatch(word) for word in words) and any("waktu" in word for word in words)


def joined_tables(tables: Sequence[Rows]) -> list[list[str]]:
    """Tables of activities on several pages as one, with the columns of the first, headings repeated or not.

    A column without a heading belongs to the named one on its left: drawn lines can split a column in two.
    """
    rows: list[list[str]] = []
    columns = _columns(tables[0])
    for table in tables:
        repeated = has_activities(table)
        columns = _columns(table) if repeated else columns
        named = sorted({columns.activity, *columns.performers, *columns.others.values()} | {columns.number or 0})
        homes = [max((at for at in named if at <= place), default=0) for place in range(len(table[0]))]
        for row in table[columns.body :] if rows and repeated else table:
            merged = dict.fromkeys(named, "")
            for place, cell in enumerate(row):
                merged[homes[place]] = f"{merged[homes[place]]}\n{cell}".strip()
            rows.append([merged[at] for at in named])
    return rows


def draft_from_table(table: Rows, title: str, before: Sequence[Rows] = ()) -> Draft:
    """Understand one table.

    Args:
        table: its cells; a merged cell stands once, the others are empty; a drawn symbol is `SYMBOL`.
        title: of the SOP.
        before: tables that stand in front of it, where the identity block may be.

    Raises:
        SheetRefused: no table of activities, or rows that cannot become a sheet.
    """
    columns = _columns(table)
    guesses: list[Guess] = []
    lines = _joined(table, columns, guesses)
    performers = tuple(Performer(name, slug_of(name), _kind(name)) for name in columns.performers.values())
    guesses += [
        Guess(0, each.name, f"role {each.role!r} and kind {each.kind!r} follow from the name",
              f"peran '{each.role}' dan jenis '{each.kind}' disimpulkan dari namanya")
        for each in performers
    ]  # fmt: skip
    keys = row_keys(_cell(cells, columns.number).rstrip(".") for _, cells in lines)
    rows: list[SheetRow] = []
    for (line, cells), key in zip(lines, keys, strict=True):
        before_it = rows[-1].performer if rows else ""
        rows.append(_row(line, key, cells, columns, before_it, guesses))
    rows = [_with_branches(row, rows, guesses) for row in rows]
    sheet = Sheet(slug_of(title), title, identity_of(before), performers, tuple(rows))
    check(sheet)
    return Draft(normal(sheet), tuple(guesses))


def _columns(table: Rows) -> _Columns:
    for index, row in enumerate(table):
        activity = next((at for at, cell in enumerate(row) if _ACTIVITY.fullmatch(_heading(cell))), None)
        if activity is not None:
            return _header(table, index, activity)
    message = "Expected a table with a column Kegiatan, but there is none; use the template"
    raise refusal([CellError(0, "Kegiatan", message, "Tidak ada tabel dengan kolom Kegiatan; pakai templat lembar.")])


def _header(table: Rows, index: int, activity: int) -> _Columns:
    upper = [_heading(cell) for cell in table[index]]
    lower = [_heading(cell) for cell in table[index + 1]] if index + 1 < len(table) else []
    two = not any(cell.isdigit() for cell in lower[:1]) and sum(bool(cell) for cell in lower) > 1
    names = [(lower[at] if two and at < len(lower) and lower[at] else cell) for at, cell in enumerate(upper)]
    others = {
        field: next(at for at, name in enumerate(names) if pattern.fullmatch(name))
        for field, pattern in _COLUMNS.items()
        if any(pattern.fullmatch(name) for name in names)
    }
    end = min(others.values(), default=len(names))
    performers = {
        at: " ".join(name.split())
        for at, name in enumerate(names)
        if activity < at < end and name and not _GROUP.fullmatch(name)
    }
    if not performers or "time" not in others:
        message = (
            "Expected pelaksana columns and a column Waktu beside Kegiatan, but they are missing; use the template"
        )
        words = "Kolom pelaksana dan kolom Waktu tidak ditemukan di samping Kegiatan; pakai templat lembar."
        raise refusal([CellError(index + 1, "Kegiatan", message, words)])
    number = next((at for at, name in enumerate(names) if _NUMBER.fullmatch(name)), None)
    return _Columns(number, activity, performers, others, index + (2 if two else 1))


def _joined(table: Rows, columns: _Columns, guesses: list[Guess]) -> list[tuple[int, list[str]]]:
    """The rows of activities: repeated headings left out, rows that a page break cut in two put together."""
    lines: list[tuple[int, list[str]]] = []
    headings = {tuple(row) for row in table[: columns.body]}
    for line, row in enumerate(table[columns.body :], start=columns.body + 1):
        cells = [cell.strip() for cell in row]
        filled = [cell for cell in cells if cell]
        if not filled or tuple(row) in headings or all(cell.isdigit() for cell in filled):
            continue
        if _TOTAL.match(filled[0]):
            total = " ".join(filled)
            words = f"tidak dimasukkan, baris jumlah: {total}"
            guesses.append(Guess(line, "Waktu", f"left out, a row of totals: {total}", words))
            continue
        numbered = bool(_cell(cells, columns.number))
        marked = any(_cell(cells, at) for at in columns.performers)
        activity = _cell(cells, columns.activity)
        if lines and not numbered and not (marked and activity) and not _cell(cells, columns.others["time"]):
            if activity:
                words = "menyambung baris di atasnya (tanpa nomor, pelaksana, atau waktu)"
                message = "continues the row above (no number, performer or time)"
                guesses.append(Guess(line, "Kegiatan", message, words))
            lines[-1] = (lines[-1][0], [f"{a}\n{b}".strip() for a, b in zip(lines[-1][1], cells, strict=False)])
        else:
            lines.append((line, cells))
    return lines


def _row(line: int, key: str, cells: Sequence[str], columns: _Columns, before: str, guesses: list[Guess]) -> SheetRow:
    activity = " ".join(_cell(cells, columns.activity).split())
    performer, why = _performer(activity, cells, columns, before)
    if why:
        guesses.append(Guess(line, performer, f"the performer of this row: {why}", f"pelaksana baris ini: {why}"))
    return SheetRow(
        key=key,
        no=_cell(cells, columns.number).rstrip("."),
        activity=activity,
        performer=performer,
        requirements=_items(_cell(cells, columns.others.get("requirements"))),
        time=" ".join(_cell(cells, columns.others["time"]).split()),
        outputs=_items(_cell(cells, columns.others.get("outputs"))),
        remarks=" ".join(_cell(cells, columns.others.get("remarks")).split()),
        assumption=f"Pelaksana disimpulkan: {why}" if why else "",
        line=line,
    )


def _performer(activity: str, cells: Sequence[str], columns: _Columns, before: str) -> tuple[str, str]:
    """The performer and, where no single mark says so, why."""
    drawn = [name for at, name in columns.performers.items() if SYMBOL in _cell(cells, at)]
    marked = drawn or [name for at, name in columns.performers.items() if _cell(cells, at)]
    if len(marked) == 1:
        return marked[0], ""
    if marked:
        return marked[0], f"beberapa kolom bertanda ({', '.join(marked)})"
    found = {name: _ACTING.format(re.escape(name)) for name in columns.performers.values()}
    named = {name: match.start() for name, text in found.items() if (match := re.search(text, activity, re.IGNORECASE))}
    if named:
        return min(named, key=lambda name: named[name]), "disebut dalam kegiatan"
    if before:
        return before, "tidak bertanda; sama dengan kegiatan sebelumnya"
    return next(iter(columns.performers.values())), "tidak bertanda; kolom pertama"


def _with_branches(row: SheetRow, rows: Sequence[SheetRow], guesses: list[Guess]) -> SheetRow:
    """A decision where the words of the row have one; its "no" leads where they say, else to the row before."""
    words = f"{row.activity} {row.remarks}"
    back = _BACK_TO.search(words)
    if not back and not _OTHERWISE.search(words):
        return row
    place = rows.index(row)
    keys = [each.key for each in rows]
    stated = back is not None and back[1] in keys
    target = back[1] if back and stated else keys[max(place - 1, 0)]
    why = "" if stated else "sumber tidak menyebut nomor kegiatan"
    message = f"a decision in the words; 'tidak' leads to row {target}"
    words = f"keputusan dari kata-kata kegiatan; 'tidak' kembali ke baris {target}" + (f" ({why})" if why else "")
    guesses.append(Guess(row.line, "Alur", message, words))
    onwards = NEXT if place < len(rows) - 1 else END
    return replace(row, branches=(Branch("ya", onwards), Branch("tidak", target, why)))


def _heading(cell: str) -> str:
    """The words of a heading; its coloured ground may have been taken for a symbol."""
    return " ".join(cell.replace(SYMBOL, "").split())


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def _items(cell: str) -> tuple[str, ...]:
    lines = (re.sub(r"^(?:[-•✓*]|\d+[.)])\s+", "", " ".join(line.split())) for line in cell.split("\n"))
    return tuple(line for line in lines if line not in ("", "-"))


def _kind(name: str) -> str:
    return "pemohon" if _APPLICANT.search(name) else "pegawai"
