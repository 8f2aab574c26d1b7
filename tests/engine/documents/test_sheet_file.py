"""Tables of official documents become drafts: words kept, marks read, guesses listed, foreign files refused."""

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst
from docx import Document

from engine.diagram.model import Process
from engine.diagram.parse import parse_source
from engine.documents.document_model import DocumentFacts
from engine.documents.sheet import Branch, SheetRefused
from engine.documents.sheet_csv import read_csv, write_csv
from engine.documents.sheet_file import read_sheet_file
from engine.documents.sheet_xlsx import write_xlsx
from engine.documents.sop_document import sop_docx, sop_pdf
from engine.documents.table_draft import Draft
from engine.documents.to_diagram import to_process

ROOT = Path(__file__).resolve().parents[3]
UPPER = ["No", "Kegiatan", "Pelaksana", "", "", "Mutu Baku", "", "", "Ket"]
LOWER = ["", "", "Pemohon", "Petugas Loket", "Kepala Bidang", "Kelengkapan", "Waktu", "Output", ""]
BODY = [
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ["1.", "Mengajukan surat permohonan", "■", "", "", "- Surat\n- KTP", "10 menit", "Tanda terima", ""],
    [
        "2.",
        "Memeriksa berkas, jika tidak lengkap kembali ke aktivitas no. 1",
        "",
        "■",
        "",
        "Berkas",
        "1 hari kerja",
        "-",
        "",
    ],
    UPPER,
    LOWER,
    [
        "3.",
        "Kepala Bidang menelaah permohonan. Jika belum sesuai dikembalikan",
        "",
        "",
        "",
        "",
        "5-20 Menit",
        "Surat",
        "segera",
    ],
    ["", "kepada petugas", "", "", "", "", "", "", ""],
    ["4.", "Menyerahkan surat kepada pemohon", "", "", "", "", "15 menit", "", ""],
]
IDENTITY = [["Nomor SOP", ": 060/029/2023"], ["Tanggal Pembuatan", "06 Januari 2023"], ["Judul SOP", "SOP UJI LAYANAN"]]


def word_file() -> bytes:
    document = Document()
    head = document.add_table(rows=0, cols=2)
    for pair in IDENTITY:
        for cell, words in zip(head.add_row().cells, pair, strict=True):
            cell.text = words
    table = document.add_table(rows=0, cols=9)
    for row in [UPPER, LOWER, *BODY]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    rows = table.rows
    rows[0].cells[2].merge(rows[0].cells[4])
    rows[0].cells[5].merge(rows[0].cells[7])
    rows[0].cells[0].merge(rows[1].cells[0])
    rows[0].cells[1].merge(rows[1].cells[1])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(rows: Sequence[Sequence[str]] = (UPPER, LOWER, *BODY)) -> bytes:
    cells = ", ".join(f'"{cell}"'.replace("\n", "\\n") for row in rows for cell in row)
    source = f"""#set page(width: 42cm, height: 29cm)
#set text(size: 8pt)
SOP UJI LAYANAN
#table(columns: (1cm, 8cm, 3cm, 3cm, 3cm, 4cm, 4cm, 4cm, 3cm), {cells})"""
    return bytes(typst.compile(source.encode()))


@pytest.fixture(scope="module", params=["docx", "pdf"])
def draft(request: pytest.FixtureRequest) -> Draft:
    return read_sheet_file(word_file() if request.param == "docx" else pdf_file())


def test_words_marks_and_times_are_read(draft: Draft) -> None:
    sheet = draft.sheet
    assert (sheet.title, sheet.slug) == ("SOP UJI LAYANAN", "sop-uji-layanan")
    assert [(p.name, p.role, p.kind) for p in sheet.performers] == [
        ("Pemohon", "pemohon", "pemohon"),
        ("Petugas Loket", "petugas-loket", "pegawai"),
        ("Kepala Bidang", "kepala-bidang", "pegawai"),
    ]
    assert [row.no for row in sheet.rows] == ["1", "2", "3", "4"]
    assert [row.performer for row in sheet.rows] == ["Pemohon", "Petugas Loket", "Kepala Bidang", "Kepala Bidang"]
    assert sheet.rows[0].requirements == ("Surat", "KTP")
    assert sheet.rows[1].outputs == ()
    assert sheet.rows[2].activity.endswith("dikembalikan kepada petugas")
    assert [row.time for row in sheet.rows] == ["10 menit", "1 hari kerja", "5-20 Menit", "15 menit"]
    assert sheet.rows[2].remarks == "segera"


def test_decisions_lead_where_the_words_say_or_are_marked(draft: Draft) -> None:
    assert draft.sheet.rows[1].branches == (Branch("ya", "lanjut"), Branch("tidak", "1"))
    assert draft.sheet.rows[2].branches[1].target == "2"
    assert draft.sheet.rows[2].branches[1].assumption
    assert to_process(draft.sheet).nodes["keputusan_2"].default == "alur_keputusan_2_kegiatan_3"


def test_every_guess_is_listed(draft: Draft) -> None:
    listed = {(guess.column, guess.message) for guess in draft.guesses}
    assert ("Kegiatan", "continues the row above (no number, performer or time)") in listed
    assert ("Kepala Bidang", "the performer of this row: disebut dalam kegiatan") in listed
    assert sum(column == "Alur" for column, _ in listed) == 2
    assert draft.sheet.rows[0].assumption == ""
    assert draft.sheet.rows[2].assumption


def test_a_table_over_several_pages_without_repeated_headings() -> None:
    rows = [[f"{n}.", f"Kegiatan nomor {n}", "■", "", "", "Berkas", "1 hari", "Surat", ""] for n in range(1, 61)]
    sheet = read_sheet_file(pdf_file([UPPER, LOWER, *rows])).sheet
    assert [row.activity for row in sheet.rows] == [f"Kegiatan nomor {n}" for n in range(1, 61)]


@pytest.mark.parametrize("slug", ["permohonan-bantuan-kebakaran", "sop-sistem-penghubung-layanan-pemerintah-splp"])
@pytest.mark.parametrize("write", [sop_docx, sop_pdf])
def test_official_documents_read_back(slug: str, write: Callable[[Process, DocumentFacts], bytes]) -> None:
    process = parse_source((ROOT / "bpmn" / f"{slug}.bpmn").read_bytes()).diagram.main
    facts = DocumentFacts(1, "0" * 64, "https://contoh.go.id", datetime(2026, 3, 5, 1, tzinfo=UTC), "Asia/Jakarta")
    read = read_sheet_file(write(process, facts)).sheet
    wanted = read_csv((ROOT / "bpmn" / "sheets" / f"{slug}.csv").read_bytes())
    assert read.title == wanted.title
    assert [(row.no, "".join(row.activity.split()), row.time) for row in read.rows] == [
        (row.no, "".join(row.activity.split()), row.time) for row in wanted.rows
    ]
    right = [a.performer == b.performer for a, b in zip(read.rows, wanted.rows, strict=True)]
    assert right.count(False) <= (0 if write is sop_docx else 1)


def test_identity_block_of_a_word_file() -> None:
    identity = read_sheet_file(word_file()).sheet.identity
    assert (identity.number, identity.created_on) == ("060/029/2023", "2023-01-06")


def test_tables_of_our_own_bring_no_guesses() -> None:
    sheet = read_sheet_file(word_file()).sheet
    assert read_sheet_file(write_csv(sheet)) == Draft(sheet)
    assert read_sheet_file(write_xlsx(sheet)) == Draft(sheet)


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"", b"\x00\x01\x02"])
def test_foreign_files_are_refused(data: bytes) -> None:
    with pytest.raises(SheetRefused) as caught:
        read_sheet_file(data)
    assert caught.value.errors


def test_documents_without_a_table_are_refused() -> None:
    empty = io.BytesIO()
    Document().save(empty)
    for data in (empty.getvalue(), bytes(typst.compile(b"Hanya teks"))):
        with pytest.raises(SheetRefused, match="Kegiatan"):
            read_sheet_file(data)
