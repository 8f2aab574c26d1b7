"""Administration without script: calendar with preview, interventions, queues, tokens, settings, history of acts."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from api.pages.moments import full_moment
from engine.clock import TestClock
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.record_tick import record_tick
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.storage.history import entries
from engine.storage.people import actor_by_username
from engine.storage.tables import history, instances, outbox, tasks
from pages_support import Visitor
from tests_support import deploy_small

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


@pytest.fixture
def admin(make_app: Callable[..., Flask]) -> Visitor:
    """The administrator, logged in."""
    return Visitor(make_app()).log_in("admin")


@pytest.fixture
def request_id(visitor: Visit, service: Context) -> str:
    """A request of a citizen, with its first task open."""
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    assert citizen.post(f"/layanan/{KEY}/ajukan", {}).status_code == 303
    with service.database.read() as connection:
        return str(connection.execute(select(instances.c.id)).scalar_one())


def moments(service: Context, instance_id: str) -> list[Any]:
    """The due moments of a request's open tasks."""
    with service.database.read() as connection:
        query = select(tasks.c.due_at).where(tasks.c.instance_id == instance_id, tasks.c.status == "open")
        return list(connection.execute(query).scalars())


def send(admin: Visitor, address: str, fields: dict[str, Any]) -> Any:
    """Posts from a page that has the session's token."""
    admin.get("/admin/orang-baru")
    return admin.post(address, fields)


def hidden(body: str) -> dict[str, list[str]]:
    """The hidden fields of the page's forms."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', body):
        found.setdefault(name, []).append(unescape(value))
    return found


# --- calendar --------------------------------------------------------------------------------------------------------

LEAVE = {
    "decree": "Keputusan Bupati Uji 1/2026", "date": ["2026-03-06", ""], "until": ["2026-03-09", ""],
    "category": ["daerah", "cuti_bersama"], "name": ["Hari Uji", ""], "agency_id": ["", ""],
}  # fmt: skip


def test_a_decree_moves_what_its_preview_said(admin: Visitor, service: Context, request_id: str) -> None:
    before = moments(service, request_id)
    preview = send(admin, "/admin/kalender/keputusan", LEAVE)
    assert preview.status_code == 200
    assert moments(service, request_id) == before
    shown = re.findall(r'<time datetime="([^"]+)">([^<]+)</time>', preview.text)
    again = hidden(preview.text)
    saved = admin.post("/admin/kalender/keputusan", again | {"langkah": "simpan"})
    assert saved.status_code == 303
    admin.get(saved.location)
    assert "Dihitung ulang: 0 dari 1 permohonan" in admin.body
    assert moments(service, request_id) == before
    recompute_deadlines(service)
    after = moments(service, request_id)
    assert after != before
    words = [words for _, words in shown]
    assert [full_moment(at, "Asia/Jakarta") for at in (*before, *after)] == words[-2:]
    with service.database.read() as connection:
        moved = [one for one in entries(connection, request_id) if one.type == "task_rescheduled"]
    assert len(moved) == 1
    admin.get(saved.location)
    assert "1 permohonan mendapat tenggat lain" in admin.body
    assert "Hari Uji" in admin.body
    assert "Keputusan Bupati Uji 1/2026" in admin.body


def test_a_preview_can_be_corrected_and_what_is_wrong_is_said(admin: Visitor) -> None:
    preview = send(admin, "/admin/kalender/keputusan", LEAVE)
    assert "Tidak ada tenggat yang bergeser" in preview.text
    form = admin.post("/admin/kalender/keputusan", hidden(preview.text) | {"langkah": "ubah"})
    assert 'value="Hari Uji"' in form.text
    assert 'value="2026-03-09"' in form.text
    for wrong, words in (
        ({"decree": ""}, "Nomor keputusan wajib diisi"), ({"name": ["", ""]}, "Nama hari libur wajib diisi"),
        ({"until": ["2026-03-01", ""]}, "Hari terakhir"), ({"agency_id": ["4711", ""]}, "ids of agencies"),
        ({"date": ["", ""], "until": ["", ""], "name": ["", ""]}, "Isian tidak sesuai"),
    ):  # fmt: skip
        answer = admin.post("/admin/kalender/keputusan", LEAVE | wrong)
        assert answer.status_code == 422
        assert words in answer.text or "Periksa isian Anda" in answer.text, wrong
        assert words in answer.text or words == "Isian tidak sesuai"


def test_a_year_as_a_grid(admin: Visitor) -> None:
    body = admin.get("/admin/kalender?tahun=2026").text
    assert body.count('class="month"') == 12
    assert "Idulfitri" in body or "Idul Fitri" in body
    assert "Jam Ramadan" in body
    code = re.search(r'<option value="(trenggalek[\w.-]*|dinas[\w.-]*|alur)"', body)
    assert code
    assert admin.get(f"/admin/kalender?tahun=2026&instansi={code[1]}").status_code == 200
    assert "hanya akhir pekan yang libur" in admin.get("/admin/kalender?tahun=2051").text
    assert admin.get("/admin/kalender?tahun=9999").status_code == 422
    assert admin.get("/admin/kalender?tahun=x").status_code == 200
    assert admin.get("/admin/kalender?instansi=tidak-ada").status_code == 404


# --- interventions ---------------------------------------------------------------------------------------------------


def test_a_modification_is_shown_with_old_and_new_before_it_is_done(
    admin: Visitor, service: Context, request_id: str
) -> None:
    address = f"/admin/kendala/{request_id}"
    body = admin.get(address).text
    token = re.search(r'name="cancel" value="(\d+)"', body)
    assert token
    fields = {
        "tindakan": "modify", "reason": "salah lajur", "cancel": token[1], "activate": "kegiatan_2",
        "variable": ["perihal", "jumlah", ""], "value": ["Akun baru", "3", ""],
    }  # fmt: skip
    preview = admin.post(f"{address}/tinjau", fields)
    assert "Belum ada yang diubah" in preview.text
    assert "Akun baru" in preview.text
    assert "belum ada" in preview.text
    assert "salah lajur" in preview.text
    confirmed = hidden(preview.text)
    assert admin.post(f"{address}/terapkan", confirmed).status_code == 303
    shown = admin.get(address).text
    assert "Akun baru" in shown
    with service.database.read() as connection:
        row = connection.execute(select(history).where(history.c.type == "instance_modified")).one()
    assert '"was":{"jumlah":null,"perihal":null}' in row.data
    assert "salah lajur" in row.data
    late = admin.post(f"{address}/terapkan", confirmed)
    assert late.status_code == 412
    assert "berubah sejak" in late.text


def test_what_an_intervention_lacks_is_said(admin: Visitor, request_id: str) -> None:
    address = f"/admin/kendala/{request_id}/tinjau"
    admin.get(f"/admin/kendala/{request_id}")
    assert admin.post(address, {"tindakan": "suspend", "reason": " "}).status_code == 422
    assert "Alasan wajib diisi" in admin.body
    assert admin.post(address, {"tindakan": "modify", "reason": "uji"}).status_code == 422
    assert "Pilih paling sedikit satu langkah" in admin.body
    assert admin.post(address, {"tindakan": "hapus", "reason": "uji"}).status_code == 404
    gone = {"tindakan": "modify", "reason": "uji", "cancel": "4711", "seq": ""}
    assert admin.post(address.replace("tinjau", "terapkan"), gone).status_code in (412, 422)


def test_suspend_resume_cancel(admin: Visitor, request_id: str) -> None:
    address = f"/admin/kendala/{request_id}"
    for act, status in (("suspend", "Tertahan"), ("resume", "Berjalan"), ("cancel", "Batal")):
        admin.get(address)
        preview = admin.post(f"{address}/tinjau", {"tindakan": act, "reason": "uji"})
        assert status in preview.text
        assert admin.post(f"{address}/terapkan", hidden(preview.text)).status_code == 303
        assert status in admin.get(address).text
    assert "Permohonan ini sudah berakhir" in admin.body
    admin.get(address)
    assert admin.post(f"{address}/terapkan", {"tindakan": "resume", "reason": "uji"}).status_code == 409


def test_an_incident_is_retried_after_its_data_was_corrected(admin: Visitor, service: Context) -> None:
    deploy_small(
        service,
        '<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="a" sourceRef="mulai" targetRef="banyak"/>'
        '<bpmn:exclusiveGateway id="banyak" name="Banyak?"/><bpmn:sequenceFlow id="b" sourceRef="banyak" '
        'targetRef="periksa"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">jumlah &gt; 3'
        '</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:userTask id="periksa" name="Periksa"/>'
        '<bpmn:sequenceFlow id="c" sourceRef="periksa" targetRef="akhir"/><bpmn:endEvent id="akhir"/>',
    )
    with service.database.read() as connection:
        staff = actor_by_username(connection, "trenggalek-kabid-aptika", service.clock.now())
    started = start_instance(service, staff, "kecil", {"jumlah": "tiga"})
    assert started["status"] == "incident"
    assert started["registration_number"] in admin.get("/admin/kendala").text
    address = f"/admin/kendala/{started['id']}"
    admin.get(address)
    fields = {"tindakan": "retry", "reason": "jumlah salah ketik", "variable": ["jumlah"], "value": ["4"]}
    preview = admin.post(f"{address}/tinjau", fields)
    assert "Banyak?" in preview.text
    assert "tiga" in preview.text
    assert admin.post(f"{address}/terapkan", hidden(preview.text)).status_code == 303
    assert "Periksa" in admin.get(address).text
    assert "Tidak ada kendala" in admin.get("/admin/kendala").text
    assert started["registration_number"] in admin.get(f"/admin/kendala?q={started['registration_number']}").text


def test_data_of_a_step_in_a_subprocess_are_shown_before_a_retry(admin: Visitor, service: Context) -> None:
    mapping = '<zeebe:input source="=jumlah" target="kode"/>'
    inside = """<bpmn:startEvent id="a"/><bpmn:sequenceFlow id="g1" sourceRef="a" targetRef="x"/>
<bpmn:exclusiveGateway id="x"/><bpmn:sequenceFlow id="g2" sourceRef="x" targetRef="b">
<bpmn:conditionExpression>kode = 1</bpmn:conditionExpression></bpmn:sequenceFlow><bpmn:endEvent id="b"/>"""
    deploy_small(service, f"""<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="p"/>
<bpmn:subProcess id="p"><bpmn:extensionElements><zeebe:ioMapping
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">{mapping}</zeebe:ioMapping></bpmn:extensionElements>{inside}
</bpmn:subProcess><bpmn:sequenceFlow id="f2" sourceRef="p" targetRef="akhir"/><bpmn:endEvent id="akhir"/>""")
    with service.database.read() as connection:
        staff = actor_by_username(connection, "admin", service.clock.now())
    address = f"/admin/kendala/{start_instance(service, staff, 'kecil', {'jumlah': 47})['id']}"
    assert "Data pada langkah ini" in admin.get(address).text
    fields = {"tindakan": "retry", "reason": "salah ketik", "variable": "kode", "value": "1"}
    assert re.search(r"kode</th><td[^>]*>\s*47", admin.post(f"{address}/tinjau", fields).text)


def test_a_secret_request_is_not_there_for_administrators(admin: Visitor, service: Context, request_id: str) -> None:
    with service.database.write() as connection:
        connection.execute(instances.update().values(confidentiality="rahasia"))
    assert admin.get(f"/admin/kendala/{request_id}").status_code == 404
    preview = send(admin, "/admin/kalender/keputusan", LEAVE)
    assert "Permohonan rahasia" in preview.text
    assert request_id not in preview.text
    assert "kegiatan_1" not in preview.text


# --- queues ----------------------------------------------------------------------------------------------------------


def test_queues_and_workers(
    admin: Visitor, visitor: Visit, service: Context, clock: TestClock, request_id: str
) -> None:
    assert "Belum ada pekerja" in admin.get("/admin/antrean").text
    record_tick(service, "fire_timers", "mesin:1", 3)
    record_tick(service, "dispatch_outbox", "mesin:1", 0, "OSError: surat")
    clock.advance(timedelta(days=30))
    record_tick(service, "fire_timers", "mesin:2", 0)
    body = visitor().log_in("admin").get("/admin/antrean").text  # the first login has aged away
    assert "mesin:2" in body
    assert "mesin:1" not in body
    assert f"/admin/kendala/{request_id}" in body


def test_a_dead_letter_is_sent_again(admin: Visitor, service: Context) -> None:
    letter = {
        "id": "surat1", "channel": "email", "recipient": "demo@contoh.id", "data": {}, "status": "dead",
        "attempts": 9, "last_error": "ditolak", "created_at": service.clock.now(),
    }  # fmt: skip
    with service.database.write() as connection:
        connection.execute(outbox.insert().values(**letter))
    assert "ditolak" in admin.get("/admin/antrean").text
    assert admin.post("/admin/surat/surat1/ulang").status_code == 303
    assert "demo@contoh.id" not in admin.get("/admin/antrean").text
    assert "demo@contoh.id" in admin.get("/admin/antrean?status=pending").text
    assert admin.post("/admin/surat/surat1/ulang").status_code == 404


# --- tokens ----------------------------------------------------------------------------------------------------------


def test_tokens_of_others_and_ones_own(admin: Visitor, visitor: Visit) -> None:
    admin.get("/admin/token")
    wrong = admin.post("/admin/token", {"username": "tidak-ada", "name": "uji", "days": "30"})
    assert wrong.status_code == 404
    assert admin.post("/admin/token", {"username": "warga", "name": "uji", "days": "4711"}).status_code == 422
    issued = admin.post("/admin/token", {"username": "warga", "name": "sambungan uji", "days": "30"})
    secret = re.search(r'class="secret">(alur_[^<]+)<', issued.text)
    assert secret
    listed = admin.get("/admin/token?orang=warga").text
    assert "sambungan uji" in listed
    assert secret[1] not in listed
    citizen = visitor().log_in("warga")
    own = citizen.get("/akun").text
    assert "sambungan uji" in own
    address = re.search(r"/akun/token/\d+/cabut", own)
    others = re.search(r"/admin/token/(\d+)/cabut", admin.get("/admin/token?orang=admin").text)
    assert address and others
    assert citizen.post(f"/akun/token/{others[1]}/cabut").status_code == 403
    citizen.get("/akun")
    mine = citizen.post("/akun/token", {"name": "program saya", "days": "7"})
    assert 'class="secret">alur_' in mine.text
    assert citizen.post("/akun/token", {"name": "x", "days": "0"}).status_code in (400, 422)
    admin.get("/admin/token")
    assert admin.post("/admin/orang/warga/token/cabut", {"reason": "laptop hilang"}).status_code == 303
    assert citizen.get("/akun").status_code == 302
    assert "kedaluwarsa" not in admin.get("/admin/token?orang=warga").text
    assert "dicabut" in admin.get("/admin/token?orang=warga&semua=ya").text


# --- settings and history --------------------------------------------------------------------------------------------


def test_settings_show_no_secret_and_are_changed_with_a_record(admin: Visitor, visitor: Visit) -> None:
    body = admin.get("/admin/pengaturan").text
    assert "a secret of tests" not in body
    assert "ALUR_TICK_SECONDS" in body
    change = {"value": "Layanan tutup <b>Sabtu</b>", "reason": "pemeliharaan"}
    assert admin.post("/admin/pengaturan/announcement", change).status_code == 303
    assert "Layanan tutup &lt;b&gt;Sabtu&lt;/b&gt;" in visitor().get("/").text
    admin.get("/admin/pengaturan")
    assert admin.post("/admin/pengaturan/region", {"value": "x" * 121, "reason": "uji"}).status_code == 422
    assert "paling banyak 120 karakter" in admin.body
    assert admin.post("/admin/pengaturan/entah", {"value": "x", "reason": "uji"}).status_code == 422
    assert admin.post("/admin/pengaturan/contact", {"value": "0355", "reason": ""}).status_code == 422
    record = admin.get("/admin/riwayat?jenis=setting_changed").text
    assert "pemeliharaan" in record
    assert "Pengaturan diubah" in record


def test_the_history_of_acts_is_searched_and_verified(admin: Visitor, visitor: Visit, service: Context) -> None:
    send(admin, "/admin/peran-baru", {"key": "peran-uji", "name": "Peran Uji", "superior_role": ""})
    send(admin, "/admin/peran/peran-uji", {"name": "Peran Lain", "superior_role": "", "reason": "nama baru"})
    body = admin.get("/admin/riwayat?orang=admin&q=peran-uji&sejak=2026-03-05&hingga=2026-03-05").text
    assert "nama baru" in body
    assert "Peran Uji" in body
    assert "Peran Lain" in body
    assert "Tidak ada catatan yang cocok" in admin.get("/admin/riwayat?hingga=2026-03-04").text
    assert "Tidak ada catatan yang cocok" in admin.get("/admin/riwayat?orang=adm").text
    assert admin.get("/admin/riwayat?sejak=kemarin").status_code == 422
    auditor = visitor().log_in("auditor")
    assert "Peran diubah" in auditor.get("/admin/riwayat").text
    assert 'href="/admin/orang"' not in auditor.body
    assert "Rantai utuh" in auditor.post("/admin/riwayat").text
    with service.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER history_no_update")
        connection.exec_driver_sql("UPDATE history SET data = replace(data, 'nama baru', 'nama lama')")
    auditor.get("/admin/riwayat")
    assert "Rantai rusak" in auditor.post("/admin/riwayat").text
    assert visitor().log_in("analis").get("/admin/riwayat").status_code == 403


def test_acts_come_page_by_page(admin: Visitor) -> None:
    for number in range(30):
        send(admin, "/admin/peran-baru", {"key": f"peran-{number}", "name": "Peran", "superior_role": ""})
    first = admin.get("/admin/riwayat?jenis=role_created").text
    following = admin.link(r"/admin/riwayat\?[^\"]*kursor=[^\"]+")
    second = admin.get(following).text
    keys = [re.findall(r"peran-\d+", body) for body in (first, second)]
    assert len(set(keys[0]) | set(keys[1])) == 30
    assert not set(keys[0]) & set(keys[1])
