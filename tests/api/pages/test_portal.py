"""The citizen's pages without script: look, ask, receipt, track."""

from collections.abc import Callable

from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"


def test_everybody_sees_the_services_by_agency(visitor: Callable[[], Visitor]) -> None:
    body = visitor().get("/").text
    assert "PROSEDUR PEMBUATAN AKUN SPLP" in body
    assert "Dinas Komunikasi dan Informatika Kabupaten Trenggalek" in body


def test_search_finds_by_all_words_and_says_when_nothing_fits(visitor: Callable[[], Visitor]) -> None:
    assert "PEMBUATAN AKUN" in visitor().get("/?q=splp+trenggalek").text
    assert "Tidak ada layanan yang cocok" in visitor().get("/?q=splp+kapal").text


def test_a_service_shows_what_to_bring_its_steps_and_their_time(visitor: Callable[[], Visitor]) -> None:
    body = visitor().get(f"/layanan/{KEY}").text
    for words in ("Yang perlu disiapkan", "Surat Permohonan", "Kabid Aptika", "2 hari", "060/029/406.020/2023"):
        assert words in body


def test_a_service_says_how_long_it_takes_and_that_the_source_names_no_cost(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    body = somebody.get(f"/layanan/{KEY}").text
    assert "paling lama 7 hari kerja" in body
    assert "Senin, 16 Maret 2026 15.00 WIB" in body  # the seventh working day from tomorrow on, in Ramadan
    assert "SOP tidak menyebut biaya." in body
    somebody.get("/bahasa/en")
    assert "at most 7 working days" in somebody.get(f"/layanan/{KEY}").text


def test_asking_needs_a_login(visitor: Callable[[], Visitor]) -> None:
    assert "/masuk" in visitor().get(f"/layanan/{KEY}/ajukan").location


def test_a_request_gives_a_receipt_and_can_be_tracked_by_anybody(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    warga.get(f"/layanan/{KEY}/ajukan")
    answer = warga.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun SPLP"})
    assert answer.status_code == 303, warga.body
    body = warga.get(answer.location).text
    assert "TRENGGALEK-KOMINFO-2026-000001" in body
    assert "5 Maret 2026" in body
    assert "<svg" in body
    paper = warga.get(f"{answer.location}.pdf")
    assert paper.content_type == "application/pdf"
    assert paper.data.startswith(b"%PDF")

    tracked = visitor().get("/lacak/TRENGGALEK-KOMINFO-2026-000001").text
    assert "Membuat dan mengirim surat permohonan" in tracked
    assert "Jumat, 6 Maret 2026 15.30 WIB" in tracked  # Ramadan: the office closes early
    assert "Demo Warga" not in tracked


def test_my_requests_say_where_each_stands_and_can_be_searched(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    assert "Belum ada permohonan" in warga.get("/permohonan").text
    for _ in range(2):
        warga.get(f"/layanan/{KEY}/ajukan")
        warga.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun SPLP"})
    body = warga.get("/permohonan?q=000002&status=running").text
    assert "Sekarang pada Unit Kerja Pemohon" in body
    assert "/lacak/TRENGGALEK-KOMINFO-2026-000002" in body and "/lacak/TRENGGALEK-KOMINFO-2026-000001" not in body
    assert "Tidak ada permohonan Anda yang cocok" in warga.get("/permohonan?status=completed").text
    assert warga.get("/permohonan?status=salah").status_code == 422
    assert "TRENGGALEK" not in visitor().log_in("analis").get("/permohonan").text


def test_what_is_wrong_comes_back_with_what_was_typed(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    warga.get(f"/layanan/{KEY}/ajukan")
    answer = warga.post(f"/layanan/{KEY}/ajukan", {"perihal": "Terlalu panjang " * 2000})
    assert answer.status_code == 422
    assert "Terlalu panjang" in warga.body
    assert 'id="salah-perihal"' in warga.body


def test_an_unknown_number_is_said_kindly(visitor: Callable[[], Visitor]) -> None:
    answer = visitor().get("/lacak/TIDAK-ADA-1")
    assert answer.status_code == 404
    assert "tidak ditemukan" in answer.text


def test_the_receipt_of_somebody_else_does_not_exist(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    warga.get(f"/layanan/{KEY}/ajukan")
    receipt = warga.post(f"/layanan/{KEY}/ajukan", {}).location
    analyst = visitor().log_in("analis")
    assert analyst.get(receipt).status_code == 404


def test_unknown_addresses_are_pages_and_the_api_keeps_its_problems(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    assert "Tidak ditemukan" in somebody.get("/tidak/ada").text
    assert somebody.get("/api/v1/tidak-ada").content_type == "application/problem+json"


def test_staff_start_what_their_role_starts_and_citizens_do_not(visitor: Callable[[], Visitor]) -> None:
    body = visitor().log_in("trenggalek-kadis-kominfo").get("/mulai").text
    assert "Tidak ada SOP yang dapat Anda mulai." in body
    assert "PEMBUATAN AKUN" in visitor().log_in("warga").get("/mulai").text
    assert "Ajukan permohonan" not in visitor().log_in("auditor").get(f"/layanan/{KEY}").text
