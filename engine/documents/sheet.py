"""The sheet: one SOP as the tidy table officials fill in, as values.

Owns the frozen values `Sheet`, `SheetRow`, `Branch`, `Performer` and what makes a sheet whole (`check`). Must not know
files (`sheet_csv`, `sheet_xlsx`), cell positions (`sheet_grid`) or BPMN (`to_diagram`, `from_diagram`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import ClassVar

from engine.diagram.model import Identity
from engine.errors import AlurError

NEXT = "lanjut"
END = "selesai"
KINDS = ("pemohon", "pegawai", "eksternal")
CALENDARS = ("kerja", "kalender")
CONFIDENTIALITIES = ("biasa", "terbatas", "rahasia")
DURATION = re.compile(r"P(?=.)(\d+[YMWD])*(T(\d+[HM])+)?")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_ROWS, MOST_PERFORMERS = 150, 30
LONGEST_TITLE, LONGEST_SLUG, LONGEST_NUMBER = 400, 150, 20
_NOT_IN_LABEL = re.compile(r"[,;→]|->|=>")
ROLE = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*")


class SheetRefused(AlurError):
    """A sheet that cannot become a diagram; `errors` lists every `CellError` to mend."""

    code: ClassVar[str] = "sheet_refused"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class CellError:
    """One cell to mend. `row` counts from 1 as a spreadsheet does; 0 means the sheet as a whole."""

    row: int
    column: str
    message: str
    message_id: str
    """The message in Bahasa Indonesia."""


@dataclass(frozen=True, slots=True)
class Performer:
    """One pelaksana column: its words, the role that stands behind it and its kind (see `KINDS`)."""

    name: str
    role: str
    kind: str = "pegawai"


@dataclass(frozen=True, slots=True)
class Branch:
    """One way out of an activity.

    Attributes:
        label: the words of the SOP ("tidak lengkap"); empty for the only way out.
        target: `NEXT`, `END` or the key of another row.
        assumption: why this target was chosen where the source does not state it; empty where it does.
    """

    label: str
    target: str
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One activity.

    Attributes:
        key: what Alur cells and element ids call this row; unique (see `row_keys`).
        no: the number as printed, possibly empty or repeated.
        activity: kegiatan, word for word.
        performer: name of the marked pelaksana column.
        requirements, outputs: kelengkapan and output, one item each.
        time: waktu in the words of the source.
        limit: ISO 8601 duration of the binding time where it stands outside the Waktu column; empty otherwise.
        calendar: "kerja" or "kalender" where the words alone would mislead; empty otherwise.
        branches: empty means "go on to the next row".
        question: the name of the decision; used only where there are two branches or more.
        box: the short name for the box.
        assumption: why this performer was chosen where the source does not state it.
        line: row of the file it was read from, for messages.
    """

    key: str
    no: str
    activity: str
    performer: str
    requirements: tuple[str, ...] = ()
    time: str = ""
    outputs: tuple[str, ...] = ()
    remarks: str = ""
    branches: tuple[Branch, ...] = ()
    question: str = ""
    box: str = ""
    limit: str = ""
    calendar: str = ""
    assumption: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One SOP: identity, pelaksana columns in order, activities in order."""

    slug: str
    title: str
    identity: Identity
    performers: tuple[Performer, ...]
    rows: tuple[SheetRow, ...]


def row_keys(numbers: Iterable[str]) -> tuple[str, ...]:
    """Unique names of rows from their printed numbers.

    A number that stands once names its row. A repeated or missing number takes the last number and a letter: 1, 1, 2,
    "", 4 gives 1, 1b, 2, 2b, 4. Without any number before it, a row is named by its place.
    """
    keys: list[str] = []
    last = ""
    for place, number in enumerate(numbers, start=1):
        base = re.sub(r"[^0-9a-z]+", "_", number.lower()).strip("_") or last or str(place)
        key, letter = base, "b"
        while key in keys:
            key, letter = f"{base}{letter}", chr(ord(letter) + 1)
        keys.append(key)
        last = base
    return tuple(keys)


def check(sheet: Sheet) -> None:
    """Refuse a sheet that is not whole.

    Raises:
        SheetRefused: naming row and column of everything that must be mended, all in one answer.
    """
    refuse_any([*_whole(sheet), *_performers(sheet), *(error for row in sheet.rows for error in _row(sheet, row))])


def refuse_any(errors: Sequence[CellError]) -> None:
    """Raise the refusal of these errors, if there are any.

    Raises:
        SheetRefused: with one finding per error.
    """
    if errors:
        raise refusal(errors)


def refusal(errors: Sequence[CellError]) -> SheetRefused:
    """The refusal that lists these errors; at least one."""
    first = errors[0]
    where = f"row {first.row}, column {first.column}" if first.row else first.column
    return SheetRefused(
        f"Expected a sheet that can become a diagram, but {len(errors)} cell(s) need mending; "
        f"the first is {where}: {first.message}",
        [asdict(error) for error in errors],
    )


def _whole(sheet: Sheet) -> Iterator[CellError]:
    if not SLUG.fullmatch(sheet.slug):
        yield CellError(
            0, "Kunci", f"Expected lower-case words joined by '-', but found {sheet.slug!r}; rename the key",
            f"Tulis huruf kecil dan angka yang disambung '-', bukan '{sheet.slug}'.",
        )  # fmt: skip
    if not sheet.title:
        yield CellError(0, "Judul SOP", "Expected a title, but the cell is empty; write the title of the SOP",
                        "Judul masih kosong; tulis judul SOP.")  # fmt: skip
    if len(sheet.title) > LONGEST_TITLE or len(sheet.slug) > LONGEST_SLUG:
        message = f"Expected a title of at most {LONGEST_TITLE} and a key of at most {LONGEST_SLUG} characters"
        words = f"Judul paling panjang {LONGEST_TITLE} karakter, kunci {LONGEST_SLUG} karakter; persingkat."
        yield CellError(0, "Judul SOP", f"{message}; shorten them", words)
    if sheet.identity.confidentiality not in CONFIDENTIALITIES:
        yield CellError(0, "Kerahasiaan", f"Expected one of {', '.join(CONFIDENTIALITIES)}, but found another word",
                        f"Pilih salah satu: {', '.join(CONFIDENTIALITIES)}.")  # fmt: skip
    if len(sheet.rows) > MOST_ROWS or len(sheet.performers) > MOST_PERFORMERS:
        message = f"Expected at most {MOST_ROWS} activities and {MOST_PERFORMERS} pelaksana, but there are more"
        yield CellError(0, "Kegiatan", f"{message}; split the SOP",
                        f"Paling banyak {MOST_ROWS} kegiatan dan {MOST_PERFORMERS} pelaksana; pecah SOP ini.")
    if not sheet.rows:
        yield CellError(0, "Kegiatan", "Expected at least one activity, but there is none; add rows below the heading",
                        "Belum ada kegiatan; isi baris di bawah judul tabel.")  # fmt: skip


def _performers(sheet: Sheet) -> Iterator[CellError]:
    for performer in sheet.performers:
        if performer.kind not in KINDS:
            yield CellError(0, performer.name, f"Expected jenis {', '.join(KINDS)}, but found {performer.kind!r}",
                            f"Jenis pelaksana harus salah satu dari {', '.join(KINDS)}.")  # fmt: skip
        if not ROLE.fullmatch(performer.role):
            yield CellError(0, performer.name, f"Expected a role like 'kabid-aptika', but found {performer.role!r}",
                            f"Tulis peran seperti 'kabid-aptika', bukan '{performer.role}'.")  # fmt: skip
    for name, times in Counter(performer.name for performer in sheet.performers).items():
        if times > 1:
            yield CellError(0, name, f"Expected each pelaksana once, but {name!r} heads {times} columns; rename one",
                            f"'{name}' dipakai {times} kali; beri nama yang berbeda.")  # fmt: skip


def _row(sheet: Sheet, row: SheetRow) -> Iterator[CellError]:
    if not row.activity:
        yield CellError(row.line, "Kegiatan", "Expected the text of the activity, but the cell is empty; fill it in",
                        "Kegiatan masih kosong; tulis kalimatnya.")  # fmt: skip
    if row.performer not in {performer.name for performer in sheet.performers}:
        yield CellError(row.line, "Pelaksana", "Expected one marked pelaksana, but none is; write x in its column",
                        "Belum ada pelaksana; tandai satu.")  # fmt: skip
    if len(row.no) > LONGEST_NUMBER:
        yield CellError(row.line, "No", f"Expected a number of at most {LONGEST_NUMBER} characters; shorten it",
                        f"Nomor paling panjang {LONGEST_NUMBER} karakter.")  # fmt: skip
    if row.calendar and row.calendar not in CALENDARS:
        yield CellError(row.line, "Kalender", f"Expected kerja or kalender, but found {row.calendar!r}",
                        f"Tulis kerja atau kalender, bukan '{row.calendar}'.")  # fmt: skip
    if row.limit and not DURATION.fullmatch(row.limit):
        yield CellError(row.line, "Batas Waktu", f"Expected a duration like P3D or PT2H, but found {row.limit!r}",
                        f"Tulis durasi seperti P3D (3 hari) atau PT2H (2 jam), bukan '{row.limit}'.")  # fmt: skip
    yield from _branches(sheet, row)


def _branches(sheet: Sheet, row: SheetRow) -> Iterator[CellError]:
    targets = {NEXT, END, *(other.key for other in sheet.rows)}
    for branch in row.branches:
        if branch.target not in targets:
            message = f"Expected lanjut, selesai or a row number, but {branch.target!r} is no row of this sheet"
            words = f"Tujuan harus lanjut, selesai, atau nomor baris; '{branch.target}' bukan baris tabel ini."
            yield CellError(row.line, "Alur", message, words)
    if row is sheet.rows[-1] and any(branch.target == NEXT for branch in row.branches):
        yield CellError(row.line, "Alur", "Expected selesai on the last row, but found lanjut; there is no next row",
                        "Baris terakhir tidak dapat 'lanjut'; tulis selesai atau nomor baris.")  # fmt: skip
    for branch in row.branches:
        if _NOT_IN_LABEL.search(branch.label):
            yield CellError(row.line, "Alur", f"Expected a label without , ; or an arrow, but found {branch.label!r}",
                            f"Label cabang tidak boleh memuat koma, titik koma, atau panah: '{branch.label}'.")
        if any(text.count("(") != text.count(")") for text in (branch.label, branch.assumption)):
            yield CellError(row.line, "Alur", "Expected every parenthesis to be closed, but one is not; close it",
                            "Ada tanda kurung yang belum ditutup.")  # fmt: skip
    labels = [branch.label.casefold() for branch in row.branches]
    if len(labels) > 1 and (len(set(labels)) < len(labels) or "" in labels):
        message = "Expected a different label on each branch, but one is missing or repeated; write 'label → tujuan'"
        words = "Setiap cabang perlu label yang berbeda; tulis 'label → tujuan'."
        yield CellError(row.line, "Alur", message, words)
