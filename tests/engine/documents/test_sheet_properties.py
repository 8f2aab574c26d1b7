"""Whatever the words are: what is written reads back, and what is read wrong is refused, never a crash."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.diagram.model import Identity
from engine.diagram.parse import parse_source
from engine.documents.from_diagram import to_sheet
from engine.documents.sheet import END, NEXT, Branch, Performer, Sheet, SheetRefused, SheetRow
from engine.documents.sheet_alur import read_alur, write_alur
from engine.documents.sheet_csv import read_csv, write_csv
from engine.documents.sheet_normal import normal
from engine.documents.sheet_xlsx import read_xlsx, write_xlsx
from engine.documents.to_diagram import to_bpmn

LETTERS = string.ascii_letters + "éÉ→≤±&<>\"'=+-@/;,.|#"
words = st.text(LETTERS + " ", min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool)
labels = st.text(string.ascii_lowercase + " é&<>\"'/", min_size=1, max_size=20).map(str.strip).filter(bool)


@st.composite
def branches(draw: st.DrawFn, keys: list[str], last: bool) -> tuple[Branch, ...]:
    """No branch, a jump, or several ways with different labels."""
    count = draw(st.integers(0, 3))
    names = (
        draw(st.lists(labels, min_size=count, max_size=count, unique_by=str.casefold)) if count > 1 else [""] * count
    )
    targets = st.sampled_from([END, *keys, *([] if last else [NEXT])])
    return tuple(Branch(" ".join(name.split()), draw(targets)) for name in names)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Small sheets with any words in them."""
    count = draw(st.integers(1, 4))
    keys = [str(number) for number in range(1, count + 1)]
    rows = [
        SheetRow(
            key=key,
            no=key,
            activity=draw(words),
            performer=draw(st.sampled_from(["Pemohon", "Kabid"])),
            requirements=tuple(draw(st.lists(words, max_size=2))),
            time=draw(st.sampled_from(["", "-", "1 hari", "1 x 24 jam", "14 s d 30 Hari", "Menyesuaikan"])),
            outputs=tuple(draw(st.lists(words, max_size=2))),
            remarks=draw(st.just("") | words),
            branches=draw(branches(keys, key == keys[-1])),
            question=draw(st.just("") | words),
            box=draw(st.just("") | words),
            limit=draw(st.sampled_from(["", "P3D", "PT2H"])),
            calendar=draw(st.sampled_from(["", "kerja", "kalender"])),
            assumption=draw(st.just("") | words),
        )
        for key in keys
    ]
    identity = Identity(number=draw(st.just("") | words), legal_basis=tuple(draw(st.lists(words, max_size=2))))
    performers = (Performer("Pemohon", "pemohon", "pemohon"), Performer("Kabid", "kabid"))
    return normal(Sheet("uji", "Uji", identity, performers, tuple(rows)))


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_files_and_diagrams_read_back_as_the_same_sheet(sheet: Sheet) -> None:
    assert read_csv(write_csv(sheet)) == sheet
    assert read_xlsx(write_xlsx(sheet)) == sheet
    assert to_sheet(parse_source(to_bpmn(sheet)).diagram.main) == sheet


@given(
    st.lists(
        st.builds(
            Branch,
            labels.map(lambda text: " ".join(text.split())),
            st.sampled_from(["1", "2b", NEXT, END]),
            st.sampled_from(["", "lazim", "a; b (c) d", "(semua) lihat 2; (lain)"]),
        )
    )
)
def test_alur_cells_read_back(ways: list[Branch]) -> None:
    assert list(read_alur(write_alur(ways))) == ways


@given(st.binary(max_size=300))
def test_foreign_bytes_are_refused(data: bytes) -> None:
    for read in (read_csv, read_xlsx):
        try:
            read(data)
        except SheetRefused as refused:
            assert refused.errors
        else:
            raise AssertionError("Expected a refusal")


HEADING = "Judul SOP;a\nKunci;a\nPelaksana;P;p;pegawai\nNo;Kegiatan;P;Kelengkapan;Waktu;Output;Keterangan;Alur\n"


@given(st.lists(st.lists(st.text(max_size=8), max_size=9), max_size=4))
def test_random_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    text = HEADING + "\n".join(";".join(cell.replace(";", "").replace("\n", "") for cell in row) for row in rows)
    try:
        to_bpmn(read_csv(text.encode("utf-8", "replace")))
    except SheetRefused as refused:
        assert refused.errors
