"""A sheet as the table people review: nothing lost either way, mistakes on the line they were made."""

from pathlib import Path

import pytest

from engine.documents.sheet import SheetRefused
from engine.documents.sheet_csv import read_csv
from engine.documents.sheet_review import sheet_of, table_of

SHEETS = Path(__file__).resolve().parents[3] / "bpmn" / "sheets"
CATALOGUE = sorted(SHEETS.glob("*.csv"))


@pytest.mark.parametrize("path", CATALOGUE[::6], ids=lambda path: path.stem)
def test_a_table_reads_back_as_the_same_sheet(path: Path) -> None:
    sheet = read_csv(path.read_bytes())
    again = sheet_of(table_of(sheet))
    assert again == sheet
    assert [row.line for row in again.rows] == [row.line for row in sheet.rows]


def test_a_mistake_stands_on_the_line_of_its_row() -> None:
    sheet = read_csv((SHEETS / "prosedur-pembuatan-akun-splp.csv").read_bytes())
    table = table_of(sheet)
    table["rows"][2]["flow"] = "entah ke mana"
    table["rows"][3]["performer"] = 0
    table["performers"][0]["kind"] = "siapa"
    with pytest.raises(SheetRefused) as refused:
        sheet_of(table)
    assert [(one["row"], one["column"]) for one in refused.value.errors] == [(sheet.rows[2].line, "Alur")]
    table["rows"][2]["flow"] = ""
    with pytest.raises(SheetRefused) as refused:
        sheet_of(table)
    assert {(one["row"], one["column"]) for one in refused.value.errors} == {
        (sheet.rows[3].line, "Pelaksana"), (0, sheet.performers[0].name),
    }  # fmt: skip
    assert all(one["message_id"] for one in refused.value.errors)


def test_a_performer_may_be_renamed_with_its_rows() -> None:
    table = table_of(read_csv((SHEETS / "prosedur-pembuatan-akun-splp.csv").read_bytes()))
    table["performers"][0]["name"] = "Unit Kerja yang Meminta"
    renamed = sheet_of(table)
    assert renamed.rows[0].performer == "Unit Kerja yang Meminta"
