"""Every word of the sheets is a word of the sources: nothing invented, nothing mended unsaid."""

import csv
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.documents.sheet import Sheet, SheetRow
from engine.documents.sheet_csv import read_csv

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the sources are not beside the repository")

MENDED = {
    ("prosedur-pembuatan-akun-splp-kota-bogor", "4"): "label and time stand inside the sentence",
    ("pelayanan-penyedotan-pengangkutan-dan-pembuangan-lumpur-tinja", "5"): "cut by a page break",
    ("pelayanan-penyedotan-pengangkutan-dan-pembuangan-lumpur-tinja", "7"): "cut by page breaks",
    ("pelayanan-cuti-pegawai", "7"): "cut by a page break",
}


def letters(text: str) -> str:
    """Letters and digits only: what survives markup, line breaks and list marks."""
    return re.sub(r"[^a-z0-9]+", "", html.unescape(re.sub(r"<[^>]+>", "", text)).lower())


def entries() -> list[dict[str, str]]:
    with (SEEDS / "INDEX.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def source(entry: dict[str, str]) -> str:
    """The lines of one SOP, its page of identity and headings included."""
    path = next(SEEDS.glob(f"{entry['seed']}_*.txt"))
    lines = path.read_text(encoding="utf-8").split("\n")
    return letters(" ".join(lines[max(0, int(entry["line_start"]) - 8) : int(entry["line_end"])]))


def sheet_of(entry: dict[str, str]) -> Sheet:
    return read_csv((ROOT / "bpmn" / "sheets" / f"{entry['slug']}.csv").read_bytes())


def words(row: SheetRow) -> Iterator[str]:
    yield from (row.activity, row.time, row.remarks, *row.requirements, *row.outputs)


def test_every_sop_of_the_index_has_a_sheet() -> None:
    assert sorted(entry["slug"] for entry in entries()) == sorted(
        path.stem for path in (ROOT / "bpmn" / "sheets").glob("*.csv")
    )


def test_every_cell_stands_in_the_source() -> None:
    invented = []
    for entry in entries():
        text = source(entry)
        for row in sheet_of(entry).rows:
            if (entry["slug"], row.key) not in MENDED:
                invented += [(entry["slug"], row.key, cell) for cell in words(row) if letters(cell) not in text]
    assert invented == []


def test_mended_cells_are_said_in_the_note_and_use_words_of_the_source() -> None:
    for entry in entries():
        text, sheet = source(entry), sheet_of(entry)
        for row in sheet.rows:
            if (entry["slug"], row.key) in MENDED:
                assert f"egiatan {row.key}" in sheet.identity.source_note or "kegiatan 5 dan 7" in (
                    sheet.identity.source_note.lower()
                )
                assert [word for cell in words(row) for word in cell.split() if letters(word) not in text] == []


def test_activities_come_in_the_order_of_the_source() -> None:
    for entry in entries():
        text, at = source(entry), 0
        for row in sheet_of(entry).rows:
            start = letters(row.activity)[:40]
            found = text.find(start, at)
            if (entry["slug"], row.key) not in MENDED:
                assert found >= 0, (entry["slug"], row.key)
                at = found


def test_no_credential_or_personal_number_is_carried_over() -> None:
    for entry in entries():
        text = (ROOT / "bpmn" / f"{entry['slug']}.bpmn").read_text(encoding="utf-8")
        assert not re.search(r"appKey|tokenKey|\bNIP\b|\b\d{8} \d{6} \d \d{3}\b", text), entry["slug"]
