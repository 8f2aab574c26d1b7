"""Report pages: figures that lead to their lists, files, bad input, and that others have none of it."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pypdfium2
import pytest

from api.pages.heat_marks import MEASURES
from api.pages.language import english
from api.pages.words import REQUEST_LIST_WORDS, TASK_LIST_WORDS
from api.worker import settle
from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.report_words import DEVIATIONS
from engine.storage.people import actor_by_username
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
HEAD = "trenggalek-kadis-kominfo"
CHECKED = {"kelengkapan": ["butir_1"]}
Visit = Callable[[], Visitor]


@pytest.fixture
def worked(service: Context) -> str:
    """One request that was cancelled, and one that lies late with the head of the field; gives the latter's number."""
    with service.database.read() as connection:
        citizen, head, admin = (
            actor_by_username(connection, name, service.clock.now()) for name in ("warga", HEAD, "admin")
        )
    cancelled = start_instance(service, citizen, KEY, {})
    cancel_instance(service, admin, cancelled["id"], "ditarik <b>pemohon</b>")
    view = start_instance(service, citizen, KEY, {})
    for who in (citizen, head):
        view = complete_task(service, who, view["tasks"][0]["id"], CHECKED)
    service.clock.advance(timedelta(days=30))  # type: ignore[attr-defined]
    settle(service)
    return str(view["registration_number"])


def test_figures_lead_to_the_lists_behind_them(visitor: Visit, worked: str) -> None:
    leader = visitor().log_in("pimpinan")
    body = leader.get("/laporan?dari=2026-03-01").text
    assert "100,0%" in body
    assert "PROSEDUR PEMBUATAN AKUN SPLP" in body
    assert "ditarik &lt;b&gt;pemohon&lt;/b&gt;" in body
    late = leader.get(leader.link(r"/laporan/tugas\?[^\"]*daftar=open_late[^\"]*")).text
    assert worked in late
    assert f'href="/lacak/{worked}"' in late  # a leader does not open requests, but may follow them
    leader.get("/laporan?dari=2026-03-01")
    deviating = leader.get(leader.link(r"/laporan/permohonan\?[^\"]*daftar=deviating[^\"]*")).text
    assert "Permohonan dibatalkan" in deviating
    assert worked not in deviating


def test_an_auditor_goes_on_to_the_replay(visitor: Visit, worked: str) -> None:
    auditor = visitor().log_in("auditor")
    auditor.get("/laporan/permohonan?daftar=running")
    assert worked in auditor.get(auditor.link(r"/audit/[0-9a-f]{32}")).text


def test_the_leaders_page_sums_up(visitor: Visit, worked: str) -> None:
    body = visitor().log_in("pimpinan").get("/pimpinan").text
    for words in ("Ringkasan pimpinan", "Lewat tenggat sekarang", "Perkembangan per bulan", "Indeks kepuasan (SKM)"):
        assert words in body
    assert "Dinas Komunikasi dan Informatika Kabupaten Trenggalek" in body


def test_without_work_the_pages_say_so(visitor: Visit) -> None:
    leader = visitor().log_in("pimpinan")
    assert "Belum ada yang dapat dilaporkan" in leader.get("/pimpinan").text
    assert "Belum ada yang dapat dilaporkan" in leader.get("/laporan").text
    assert "Tidak ada tugas" in leader.get("/laporan/tugas").text
    assert "Belum ada permohonan" in leader.get(f"/laporan/sop/{KEY}/peta").text


def test_the_heatmap_has_a_table_beside_it(visitor: Visit, worked: str) -> None:
    page = visitor().log_in("analis").get(f"/laporan/sop/{KEY}/peta?dari=2026-03-01")
    assert page.status_code == 200
    assert "Membuat dan mengirim surat permohonan" in page.text
    assert "2 permohonan yang dimulai" in page.text
    assert visitor().log_in("analis").get("/laporan/sop/tidak-ada/peta").status_code == 404


def test_the_csv_has_every_group(visitor: Visit, worked: str) -> None:
    answer = visitor().log_in("pimpinan").get("/laporan.csv?dari=2026-03-01")
    assert "laporan-kepatuhan.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    total = next(row for row in rows if row["Kelompok"] == "Seluruhnya")
    assert (total["Tugas selesai"], total["Menyimpang"], total["Terbuka lewat tenggat"]) == ("1", "1", "1")
    assert {row["Kelompok"] for row in rows} == {"Seluruhnya", "SOP", "Instansi", "Jabatan", "Bulan"}


def test_the_pdf_says_what_the_page_says(visitor: Visit, worked: str) -> None:
    answer = visitor().log_in("pimpinan").get("/laporan.pdf?dari=2026-03-01")
    assert answer.content_type == "application/pdf"
    pdf = pypdfium2.PdfDocument(answer.data)
    words = " ".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    for wanted in ("LAPORAN KEPATUHAN SOP", "1 Maret 2026 sampai dengan 4 April 2026", "DATA DEMO", "Mengetahui",
                   "ditarik <b>pemohon</b>"):  # fmt: skip
        assert wanted in words


@pytest.mark.parametrize(
    ("query", "words"),
    [("dari=kemarin", "Tulis tanggal sebagai"), ("dari=2026-03-09&sampai=2026-03-01", "sebelum tanggal akhir"),
     ("dari=1990-01-01", "paling lama"), ("sampai=9999-12-31", "Tahun harus antara"), ("versi=x", "Pilih versi")],
)  # fmt: skip
def test_bad_filters_get_a_sentence(visitor: Visit, query: str, words: str) -> None:
    answer = visitor().log_in("pimpinan").get(f"/laporan?{query}")
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("query", ["daftar=apa", "kursor=apa", "dari=apa"])
def test_bad_lists_are_refused(visitor: Visit, query: str) -> None:
    leader = visitor().log_in("pimpinan")
    assert leader.get(f"/laporan/tugas?{query}").status_code == 422
    assert leader.get(f"/laporan/permohonan?{query}").status_code == 422


@pytest.mark.parametrize("path", [
    "/laporan", "/laporan.csv", "/laporan.pdf", "/laporan/tugas", "/laporan/permohonan", f"/laporan/sop/{KEY}/peta",
    "/pimpinan",
])  # fmt: skip
def test_who_reads_reports(visitor: Visit, path: str) -> None:
    for who in ("pimpinan", "auditor", "analis", "admin"):
        assert visitor().log_in(who).get(path).status_code == 200, who
    for who in ("warga", HEAD):
        assert visitor().log_in(who).get(path).status_code == 403, who
    assert visitor().get(path).status_code == 302


def test_every_word_of_a_figure_has_its_english() -> None:
    groups = (TASK_LIST_WORDS, REQUEST_LIST_WORDS, DEVIATIONS, MEASURES)
    assert {word for group in groups for word in group.values()} <= english().keys()
