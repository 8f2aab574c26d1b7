"""Cells to sheet: every refusal names row and column."""

import pytest

from engine.documents.sheet import Branch, Sheet, SheetRefused, row_keys
from engine.documents.sheet_csv import read_csv, write_csv
from engine.documents.sheet_xlsx import read_xlsx, write_xlsx

HEAD = "Judul SOP;Uji\nKunci;uji-satu\nPelaksana;Pemohon;pemohon;pemohon\nPelaksana;Kabid;kabid;pegawai\n\n"
COLUMNS = "No;Kegiatan;Pemohon;Kabid;Kelengkapan;Waktu;Output;Keterangan;Alur;Pertanyaan;Batas Waktu;Kalender\n"
ROW_1 = "1;Mengirim surat;x;;Surat;1 hari;;;;;;\n"
ROW_2 = '2;Memeriksa surat;;x;;30 menit;Draf;;"tidak → 1 (asumsi: lazim; aman); ya → selesai";Lengkap?;;\n'


def sheet(*rows: str) -> Sheet:
    return read_csv((HEAD + COLUMNS + "".join(rows)).encode())


def errors(*rows: str, head: str = HEAD, columns: str = COLUMNS) -> list[tuple[int, str]]:
    with pytest.raises(SheetRefused) as caught:
        read_csv((head + columns + "".join(rows)).encode())
    return [(error["row"], error["column"]) for error in caught.value.errors]


def test_rows_read_word_for_word() -> None:
    read = sheet(ROW_1, ROW_2)
    assert [row.activity for row in read.rows] == ["Mengirim surat", "Memeriksa surat"]
    assert [row.performer for row in read.rows] == ["Pemohon", "Kabid"]
    assert read.rows[0].requirements == ("Surat",)
    assert read.rows[1].branches == (Branch("tidak", "1", "lazim; aman"), Branch("ya", "selesai"))
    assert read.rows[1].question == "Lengkap?"


def test_comma_separated_files_read_too() -> None:
    text = (HEAD + COLUMNS + ROW_1).replace(";", ",")
    assert read_csv(text.encode()).rows[0].time == "1 hari"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("1;;x;;;;;;;;;\n", (7, "Kegiatan")),
        ("1;Mengirim;;;;;;;;;;\n", (7, "Pelaksana")),
        ("1;Mengirim;x;x;;;;;;;;\n", (7, "Kabid")),
        ("1;Mengirim;besok;;;;;;;;;\n", (7, "Pemohon")),
        ("1;Mengirim;x;;;;;;ke mana?;;;\n", (7, "Alur")),
        ("1;Mengirim;x;;;;;;ya → 9;;;\n", (7, "Alur")),
        ("1;Mengirim;x;;;;;;ya → lanjut;;;\n", (7, "Alur")),
        ('1;Mengirim;x;;;;;;"ya → 1; YA → selesai";;;\n', (7, "Alur")),
        ('1;Mengirim;x;;;;;;"ya → 1; → selesai";;;\n', (7, "Alur")),
        ('1;Mengirim;x;;;;;;"ya, baik → 1; tidak → selesai";;;\n', (7, "Alur")),
        ("1;Mengirim;x;;;;;;;;besok;\n", (7, "Batas Waktu")),
        ("1;Mengirim;x;;;;;;;;;masehi\n", (7, "Kalender")),
    ],
)
def test_refusal_names_row_and_column(row: str, place: tuple[int, str]) -> None:
    assert errors(row)[0] == place


def test_all_problems_in_one_answer() -> None:
    assert errors("1;;x;;;;;;;;;\n", "2;Memeriksa;;;;;;;;;;\n") == [(7, "Kegiatan"), (8, "Pelaksana")]


def test_heading_and_identity_are_required() -> None:
    assert errors(columns="Nomor;Uraian\n") == [(0, "No")]
    assert errors(columns=COLUMNS.replace("Waktu;", "", 1)) == [(6, "Waktu")]
    assert errors(ROW_1, head=HEAD.replace("Pelaksana;Kabid;kabid;pegawai\n", "")) == [(5, "Kabid")]
    assert errors(ROW_1, head=HEAD.replace("uji-satu", "Uji Satu")) == [(0, "Kunci")]
    assert errors(ROW_1, head=HEAD.replace("kabid;pegawai", "kabid;robot")) == [(0, "Kabid")]
    assert errors(ROW_1, head=HEAD.replace("Judul SOP", "Judul Sop")) == [(1, "A")]
    assert errors() == [(0, "Kegiatan")]


def test_not_utf_8() -> None:
    with pytest.raises(SheetRefused, match="UTF-8"):
        read_csv(b"Judul SOP;\xff\xfe\x00")


def test_formulas_are_shielded_and_come_back() -> None:
    read = sheet("1;'=HYPERLINK(1);x;;'- satu;1 hari;'+2;'@a;;;;\n")
    assert read.rows[0].activity == "=HYPERLINK(1)"
    assert b";'=HYPERLINK(1)" in write_csv(read)
    assert read_csv(write_csv(read)) == read
    assert read_xlsx(write_xlsx(read)) == read


def test_workbook_refusals() -> None:
    with pytest.raises(SheetRefused, match="XLSX"):
        read_xlsx(b"not a workbook")


def test_row_keys_are_unique_whatever_the_numbers() -> None:
    assert row_keys(["1", "1", "2", "", "4"]) == ("1", "1b", "2", "2b", "4")
    assert row_keys(["", "", ""]) == ("1", "1b", "1c")
