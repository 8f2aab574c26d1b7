"""The auditor's desk beyond search: proofs, comparison, many checks; it changes nothing and hides what is secret."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select

from api.pages.audit import replay as audit_replay
from engine.commands.complete_task import complete_task
from engine.commands.deploy_definition import deploy_definition
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.history.proof import check_proof
from engine.queries import verify_requests
from engine.signing import signed_by
from engine.storage.people import actor_by_username
from engine.storage.tables import instances, metadata, tasks
from pages_support import Visitor
from scripts.seed import CATALOGUE, forms_of

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


def ask(visitor: Visit, service: Context, *subjects: str) -> list[str]:
    """A citizen asks for as many requests; their ids, oldest first."""
    citizen = visitor().log_in("warga")
    for subject in subjects:
        citizen.get(f"/layanan/{KEY}/ajukan")
        assert citizen.post(f"/layanan/{KEY}/ajukan", {"perihal": subject}).status_code == 303
    with service.database.read() as connection:
        ids = connection.execute(select(instances.c.id).order_by(instances.c.registration_number)).scalars()
        return list(ids)


def make_secret(service: Context) -> None:
    """From now on requests of the SOP are secret."""
    xml = (CATALOGUE / f"{KEY}.bpmn").read_bytes().replace(b'kerahasiaan="biasa"', b'kerahasiaan="rahasia"')
    deploy_definition(service, None, xml, forms=forms_of(KEY))


def stored(service: Context) -> dict[str, list[Any]]:
    """Every row of every table."""
    with service.database.read() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def desk(one: str, other: str) -> list[str]:
    """Every address of the desk that is read."""
    return [
        "/audit", "/audit?data=perihal+~+a&terlambat=ya", f"/audit/{one}", f"/audit/{one}/bukti.zip",
        f"/audit/{one}/bukti.json", f"/audit/{one}/pernyataan", f"/audit/{one}/pernyataan.pdf",
        f"/audit/banding?a={one}&b={other}", "/audit/banding", "/audit/periksa", "/admin/riwayat",
        "/audit/ekspor.csv", "/audit/ekspor.jsonl", "/audit/ekspor.xes",
    ]  # fmt: skip


def test_no_page_of_the_desk_changes_anything(visitor: Visit, service: Context) -> None:
    one, other = ask(visitor, service, "Akun A", "Akun B")
    auditor = visitor().log_in("auditor")
    token, before = auditor.token(), stored(service)
    for address in desk(one, other):
        assert auditor.get(address).status_code == 200, address
    for address in (f"/audit/{one}/verifikasi", "/audit/periksa"):
        assert auditor.client.post(address, data={"_csrf": token, "jalankan": "ya"}).status_code == 200
    assert stored(service) == before


def test_an_auditors_acts_elsewhere_are_refused(visitor: Visit, service: Context) -> None:
    (one,) = ask(visitor, service, "Akun A")
    with service.database.read() as connection:
        task = connection.execute(select(tasks.c.id)).scalar_one()
    auditor = visitor().log_in("auditor")
    token, before = auditor.token(), stored(service)
    for address in (
        f"/layanan/{KEY}/ajukan", f"/tugas/{task}/ambil", f"/tugas/{task}/lepas", f"/tugas/{task}/selesai",
        f"/tugas/{task}/konsep", f"/tugas/{task}/komentar", f"/tugas/{task}/disposisi", f"/tugas/{task}/berkas",
        f"/admin/kendala/{one}/ulang",
    ):  # fmt: skip
        filled = {"_csrf": token, "kelengkapan": "butir_1", "text": "x", "catatan": "x", "kepada": "warga"}
        sent = filled | {"file": (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "surat.pdf")}
        assert auditor.client.post(address, data=sent).status_code >= 400, address
    assert stored(service) == before


@pytest.mark.parametrize("who", ["warga", "trenggalek-kadis-kominfo"])
def test_the_desk_is_for_readers_only(visitor: Visit, service: Context, who: str) -> None:
    one, other = ask(visitor, service, "Akun A", "Akun B")
    stranger = visitor().log_in(who)
    for address in desk(one, other):
        assert stranger.get(address).status_code == 403, address
    for address in (f"/audit/{one}/verifikasi", "/audit/periksa"):
        assert stranger.client.post(address, data={"_csrf": stranger.token()}).status_code == 403, address


def test_leaders_and_analysts_read_only_what_they_may_see_and_export_nothing(visitor: Visit, service: Context) -> None:
    (one,) = ask(visitor, service, "Akun A")
    for who in ("pimpinan", "analis"):
        reader = visitor().log_in(who)
        assert "000001" not in reader.get("/audit").text
        for address in (f"/audit/{one}", f"/audit/{one}/bukti.zip", f"/audit/{one}/pernyataan"):
            assert reader.get(address).status_code == 404, (who, address)
        assert reader.get(f"/audit/banding?a={one}&b={one}").status_code == 404
        for address in ("/audit/ekspor.csv", "/admin/riwayat"):
            assert reader.get(address).status_code == 403, (who, address)


def test_a_secret_request_stays_hidden_everywhere(visitor: Visit, service: Context) -> None:
    make_secret(service)
    (secret,) = ask(visitor, service, "Sangat rahasia")
    for who in ("auditor", "admin"):
        reader = visitor().log_in(who)
        for address in ("/audit?q=1", "/audit?data=perihal+~+rahasia", "/audit?orang=warga"):
            assert "-000001" not in reader.get(address).text, (who, address)
        for address in (f"/audit/{secret}", f"/audit/{secret}/bukti.json", f"/audit/banding?a={secret}&b={secret}"):
            assert reader.get(address).status_code == 404, (who, address)
        assert reader.post(f"/audit/{secret}/verifikasi").status_code == 404
        assert "0 permohonan diperiksa" in reader.post("/audit/periksa").text
    auditor = visitor().log_in("auditor")
    for format_ in ("jsonl", "csv", "xes"):
        body = auditor.get(f"/audit/ekspor.{format_}").text
        assert "Sangat rahasia" not in body
        assert secret not in body


def test_the_proof_is_a_download_that_holds(visitor: Visit, service: Context) -> None:
    (one,) = ask(visitor, service, "Akun A")
    auditor = visitor().log_in("auditor")
    answer = auditor.get(f"/audit/{one}/bukti.zip")
    assert "attachment; filename=bukti-" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        proof = json.loads(archive.read("bukti.json"))
        assert archive.read("pernyataan.pdf").startswith(b"%PDF")
    assert check_proof(proof, signed_by)["valid"] is True
    page = auditor.get(f"/audit/{one}/pernyataan")
    assert "ASLI dan UTUH" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_filter_is_what_is_exported_and_verified(
    visitor: Visit, service: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, _ = ask(visitor, service, "Akun A", "Akun B", "Lain")
    auditor = visitor().log_in("auditor")
    lines = [json.loads(line) for line in auditor.get("/audit/ekspor.jsonl?data=perihal+~+akun").text.splitlines()]
    assert {line["instance_id"] for line in lines} == {one, other}
    assert auditor.get("/audit/ekspor.xes?q=2").text.count("<trace>") == 1
    assert auditor.get("/audit/ekspor.csv?dari=kemarin").status_code == 422
    monkeypatch.setattr(verify_requests, "PIECE", 1)
    body = auditor.post("/audit/periksa", {"data": "perihal ~ akun", "jalankan": "ya"}).text
    assert "1 permohonan diperiksa, 0 bermasalah." in body
    body = auditor.post("/audit/periksa", _hidden(body)).text
    assert "2 permohonan diperiksa, 0 bermasalah." in body
    assert "Selesai: semua riwayat asli dan utuh." in body


def test_comparison_names_what_differs(visitor: Visit, service: Context) -> None:
    ask(visitor, service, "Akun A", "Akun B")
    auditor = visitor().log_in("auditor")
    auditor.get("/audit?q=1")
    number = auditor.body.split("-000001")[0].rsplit(">", 1)[1]
    body = auditor.get(f"/audit/banding?a={number}-000001&b={number.lower()}-000002").text
    for words in ("Akun A", "Akun B", "perihal", "Lama tiap langkah", "Tidak ada penyimpangan."):
        assert words in body
    wrong = auditor.get(f"/audit/banding?a={number}-000001&b={number}-000009")
    assert wrong.status_code == 404
    assert "Salah satu permohonan tidak ditemukan" in wrong.text


def test_an_auditor_reads_and_checks_the_acts_of_administration(visitor: Visit) -> None:
    auditor = visitor().log_in("auditor")
    assert 'href="/admin/riwayat"' in auditor.get("/audit").text
    assert "SOP dipasang" in auditor.get("/admin/riwayat").text
    assert "Rantai utuh" in auditor.client.post("/admin/riwayat", data={"_csrf": auditor.token()}).text


def test_a_running_request_is_judged_on_demand_and_choices_have_their_labels(visitor: Visit, service: Context) -> None:
    (one,) = ask(visitor, service, "Akun A")
    with service.database.read() as connection:
        task = connection.execute(select(tasks.c.id)).scalar_one()
        admin = actor_by_username(connection, "admin", service.clock.now())
        citizen = actor_by_username(connection, "warga", service.clock.now())
    complete_task(service, citizen, task, {"kelengkapan": ["butir_1"]})
    auditor = visitor().log_in("auditor")
    body = auditor.get(f"/audit/{one}").text
    assert re.search(r"[A-Z][^<]+ <span [^>]+>\(butir_1\)</span>", body)
    judged = auditor.get(auditor.link(rf'/audit/{one}\?kesesuaian=[^"]+').partition("#")[0]).text
    assert "mengikuti diagramnya" in judged
    assert "Permohonan masih berjalan" in judged
    suspend_instance(service, admin, one, "uji penyimpangan")
    judged = auditor.get(f"/audit/{one}?kesesuaian=ya").text
    assert "Permohonan ditahan" in judged
    assert "uji penyimpangan" in judged


def test_a_long_history_comes_in_pieces(visitor: Visit, service: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = ask(visitor, service, "Akun A")
    monkeypatch.setattr(audit_replay, "PIECE", 5)
    auditor = visitor().log_in("auditor")
    first = auditor.get(f"/audit/{one}").text
    assert first.count("data-row=") == 5
    rest = auditor.get(auditor.link(rf"/audit/{one}\?kursor=[^\"]+")).text
    assert 'data-row="6"' in rest
    assert 'data-row="5"' not in rest
    piece = auditor.get(f"/audit/{one}", headers={"X-Piece": "yes"}).text
    assert "<html" not in piece
    assert piece.count("data-panel=") == 5


def _hidden(body: str) -> dict[str, str]:
    """The hidden fields of the form that goes on."""
    form = body.partition("data-checks")[2].partition("</form>")[0]
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}
