"""The life of an SOP on its pages, without script: new, refused, reviewed by a leader, deployed, compared, moved to."""

import re
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest

from engine.diagram.parse import parse_diagram
from pages_support import Visitor

DMN = (Path(__file__).resolve().parents[3] / "bpmn" / "kewenangan-cuti.dmn").read_text(encoding="utf-8")
KEY, NEW = "prosedur-pembuatan-akun-splp", "izin-keramaian"
Visit = Callable[[], Visitor]


@pytest.fixture
def analyst(visitor: Visit) -> Visitor:
    return visitor().log_in("analis")


@pytest.fixture
def leader(visitor: Visit) -> Visitor:
    return visitor().log_in("pimpinan")


def begin(analyst: Visitor) -> None:
    """A draft of a new SOP."""
    analyst.get("/sop/baru")
    made = analyst.post("/sop/baru", {"name": "Izin Keramaian"})
    assert (made.status_code, made.location) == (303, f"/sop/{NEW}/rancang")
    analyst.get(f"/sop/{NEW}")


def draw(analyst: Visitor, key: str, change: Callable[[str], str]) -> str:
    """Changes the drawing of a draft as the editor does."""
    analyst.get(f"/sop/{key}")
    drawn = analyst.client.get(f"/sop/{key}/konsep").json
    xml = change(drawn["xml"])
    headers = {"X-CSRF-Token": analyst.token(), "If-Match": drawn["etag"]}
    assert analyst.client.put(f"/sop/{key}/konsep", json={"xml": xml}, headers=headers).status_code == 200
    return xml


def approve(analyst: Visitor, leader: Visitor, key: str = NEW, version: str = "1") -> None:
    analyst.get(f"/sop/{key}")
    assert analyst.post(f"/sop/{key}/ajukan-tinjauan", {"note": "mohon ditinjau"}).status_code == 303
    leader.get(f"/sop/{key}/tinjau")
    assert leader.post(f"/sop/{key}/setujui", {"note": "sesuai", "version": version}).status_code == 303


def test_a_new_sop_lives(analyst: Visitor, leader: Visitor, visitor: Visit) -> None:
    begin(analyst)
    assert "Tanpa galat" in analyst.get(f"/sop/{NEW}/tinjau").text
    assert leader.get(f"/sop/{NEW}/tinjau").status_code == 403
    assert analyst.post(f"/sop/{NEW}/ajukan-tinjauan", {"note": "mohon ditinjau"}).status_code == 303
    assert "Menunggu peninjau lain" in analyst.get(f"/sop/{NEW}/tinjau").text
    assert "Menunggu tinjauan Anda" not in analyst.get("/sop").text
    assert "Menunggu tinjauan Anda" in leader.get("/sop").text
    assert f'href="/sop/{NEW}/tinjau"' in leader.body
    assert "rancangan menunggu tinjauan Anda" in leader.get("/laporan").text
    assert f'href="/sop/{NEW}/tinjau"' in leader.get("/pemberitahuan").text
    assert f'action="/sop/{NEW}/setujui"' not in analyst.body
    assert leader.get(f"/sop/{NEW}/dokumen?versi=konsep").status_code == 200
    assert "mohon ditinjau" in leader.get(f"/sop/{NEW}/tinjau").text
    assert leader.post(f"/sop/{NEW}/kembalikan", {"reason": " "}).status_code == 422
    assert "Wajib diisi" in leader.body
    assert leader.post(f"/sop/{NEW}/kembalikan", {"reason": "lengkapi <b>dulu</b>"}).status_code == 303
    assert "lengkapi &lt;b&gt;dulu&lt;/b&gt;" in analyst.get(f"/sop/{NEW}").text
    assert "rancangan menunggu tinjauan Anda" not in leader.get("/laporan").text
    approve(analyst, leader)
    assert "Nomor SOP" in analyst.get(f"/sop/{NEW}/tinjau").text
    deployed = {"number": "067/9/2026", "effective_on": "2026-03-05", "reason": "layanan baru"}
    refused = analyst.post(f"/sop/{NEW}/terapkan", {**deployed, "effective_on": "besok"})
    assert refused.status_code == 422
    assert 'value="067/9/2026"' in refused.text
    assert analyst.post(f"/sop/{NEW}/terapkan", deployed).location == f"/sop/{NEW}"
    shown = analyst.get(f"/sop/{NEW}").text
    for words in ("sedang berlaku", "067/9/2026", "layanan baru", "Versi diterapkan", "Demo Pimpinan"):
        assert words in shown
    assert "Izin Keramaian" in visitor().get("/").text


def test_what_is_wrong_is_listed_and_not_handed_in(analyst: Visitor) -> None:
    begin(analyst)
    draw(analyst, NEW, lambda xml: xml.replace('targetRef="kegiatan_2"', 'targetRef="tiada"'))
    page = analyst.get(f"/sop/{NEW}/tinjau").text
    assert "Ada galat" in page
    assert "Ada galat" in analyst.get(f"/sop/{NEW}").text
    assert "finding-error" in page
    assert analyst.post(f"/sop/{NEW}/ajukan-tinjauan").status_code == 422
    assert "Dirancang" in analyst.body


def test_differences_are_readable_without_script(analyst: Visitor) -> None:
    analyst.post(f"/sop/{KEY}/konsep")
    assert "Tidak ada perbedaan isi" in analyst.get(f"/sop/{KEY}/beda").text
    xml = draw(analyst, KEY, lambda xml: xml.replace('name="Kabid Aptika"', 'name="Kepala Bidang"'))
    page = analyst.get(f"/sop/{KEY}/beda").text
    assert "<del>Kabid Aptika</del>" in page
    assert "<ins>Kepala Bidang</ins>" in page
    assert analyst.get(f"/sop/{KEY}/beda?dari=1&ke=1").status_code == 200
    assert analyst.get(f"/sop/{KEY}/beda?dari=7&ke=1").status_code == 404
    assert analyst.get("/sop/tidak-ada/beda").status_code == 404
    assert analyst.client.get(f"/sop/{KEY}/konsep/diagram.bpmn").data == xml.encode()


def test_a_drawing_that_cannot_be_read_is_told(analyst: Visitor) -> None:
    analyst.post(f"/sop/{KEY}/konsep")
    draw(analyst, KEY, lambda xml: "<kosong/>")
    assert "tidak dapat dibaca sebagai BPMN" in analyst.get(f"/sop/{KEY}/beda").text
    assert "Ada galat" in analyst.get(f"/sop/{KEY}/tinjau").text


def test_a_taken_key_and_a_missing_name_are_said_beside_the_field(analyst: Visitor) -> None:
    assert analyst.post("/sop/baru", {"name": "", "key": "x"}).status_code == 422
    assert "Isi nama SOP" in analyst.body
    assert analyst.post("/sop/baru", {"name": "Lain", "key": KEY}).status_code == 422
    assert "sudah dipakai" in analyst.body
    assert 'value="Lain"' in analyst.body
    assert analyst.post("/sop/baru", {"name": "Lain", "key": "impor"}).status_code == 422
    assert "Dimulai sebagai salinan" in analyst.get(f"/sop/baru?pola={KEY}").text
    assert analyst.get("/sop/baru?pola=tidak-ada").status_code == 404


def test_a_new_sop_from_nothing_has_the_lanes_of_its_performers(analyst: Visitor) -> None:
    empty = {"name": "Izin Baru", "key": "izin-baru", "mulai": "kosong"}
    for wrong, sentence in {
        " \n": "Tulis 1 sampai 40 pelaksana", "Loket\nloket": "ditulis sekali saja", "x" * 201: "paling panjang 200",
    }.items():  # fmt: skip
        assert analyst.post("/sop/baru", empty | {"performers": wrong}).status_code == 422
        assert sentence in analyst.body
    analyst.post("/sop/baru", empty | {"performers": "Pemohon\r\n\r\nPetugas Loket\r\n"})
    drawn = analyst.client.get("/sop/izin-baru/konsep").json
    process = parse_diagram(drawn["xml"].encode()).main
    assert [(lane.name, lane.role, lane.nodes) for lane in process.lanes] == [
        ("Pemohon", "pemohon", ("mulai",)), ("Petugas Loket", None, ("selesai",)),
    ]  # fmt: skip
    assert list(process.nodes) == ["mulai", "selesai"]
    assert list(drawn["forms"]) == ["izin-baru.mulai"]


def test_a_draft_is_deleted_after_a_question(analyst: Visitor) -> None:
    begin(analyst)
    assert "data-confirm" in analyst.get(f"/sop/{NEW}").text
    assert analyst.post(f"/sop/{NEW}/hapus-rancangan").status_code == 303
    assert analyst.get(f"/sop/{NEW}").status_code == 404


def test_running_requests_stand_by_version_and_are_moved_by_administrators_step_by_step(
    analyst: Visitor, leader: Visitor, visitor: Visit
) -> None:
    citizen = visitor().log_in("warga")
    citizen.post(f"/layanan/{KEY}/ajukan", {})
    analyst.post(f"/sop/{KEY}/konsep")
    renamed = ('"kegiatan_1"', '"langkah_1"'), (">kegiatan_1<", ">langkah_1<")
    draw(analyst, KEY, lambda xml: reduce(lambda text, pair: text.replace(*pair), renamed, xml))
    approve(analyst, leader, KEY, "2")
    analyst.get(f"/sop/{KEY}/tinjau")
    deployed = {"number": "1/2026", "effective_on": "2026-03-05", "reason": "id baru"}
    assert analyst.post(f"/sop/{KEY}/terapkan", deployed).status_code == 303
    assert f'href="/sop/{KEY}/versi/1#berjalan">1</a>' in analyst.get(f"/sop/{KEY}").text
    assert "hanya terlihat oleh pelaksana" in analyst.get(f"/sop/{KEY}/versi/1").text
    admin = visitor().log_in("admin")
    admin.get(f"/sop/{KEY}/versi/1")
    path = next(one.split('"')[0] for one in admin.body.split('action="')[1:] if one.split('"')[0].endswith("/tinjau"))
    move = {"tindakan": "migrate", "version": "2", "reason": "id baru"}
    assert admin.post(path, move | {"reason": ""}).status_code == 422
    assert analyst.post(path, move).status_code in (403, 404)
    assert admin.post(path, move | {"version": "9"}).status_code == 404
    shown = admin.post(path, move).text
    assert '<input type="hidden" name="from" value="kegiatan_1">' in shown
    assert '<option value="">pilih langkah</option>' in shown
    assert '<option value="langkah_1">' in shown
    assert 'value="mulai"' not in shown
    seq = re.findall(r'name="seq" value="(\d+)"', shown)[0]
    act = path.removesuffix("tinjau") + "terapkan"
    assert admin.post(act, move | {"seq": seq}).status_code == 422
    assert admin.post(act, move | {"seq": seq, "from": "kegiatan_1", "to": "langkah_1"}).status_code == 303
    assert "Tidak ada permohonan berjalan" in admin.get(f"/sop/{KEY}/versi/1").text


def test_forms_and_decisions_of_a_draft_lead_to_their_editors_and_are_compared(analyst: Visitor) -> None:
    analyst.post(f"/sop/{KEY}/konsep")
    analyst.get(f"/sop/{KEY}")
    headers = {"X-CSRF-Token": analyst.token(), "If-Match": "*"}
    place = f"/sop/{KEY}/konsep/keputusan/kewenangan-cuti"
    assert analyst.client.put(place, json={"xml": DMN}, headers=headers).status_code == 200
    body = analyst.get(f"/sop/{KEY}").text
    assert f'href="/sop/{KEY}/formulir/{KEY}.kegiatan_4"' in body
    assert f'href="/sop/{KEY}/keputusan/kewenangan-cuti"' in body
    assert "tidak dipakai di gambar" in body
    found = analyst.get(f"/sop/{KEY}/beda").text
    assert "Tabel keputusan" in found
    assert "kewenangan-cuti" in found


@pytest.mark.parametrize("who", ["warga", "admin", "auditor", "trenggalek-kabid-aptika"])
def test_who_may_not(analyst: Visitor, visitor: Visit, who: str) -> None:
    begin(analyst)
    somebody = visitor().log_in(who)
    assert somebody.get("/sop/baru").status_code == 403
    assert somebody.post("/sop/baru", {"name": "Lain"}).status_code == 403
    assert somebody.get(f"/sop/{NEW}/tinjau").status_code == 403
    assert somebody.get(f"/sop/{NEW}/konsep/diagram.bpmn").status_code == 403
    for act in ("ajukan-tinjauan", "setujui", "kembalikan", "terapkan", "hapus-rancangan"):
        body = {"reason": "x", "number": "1", "effective_on": "2026-03-05"}
        assert somebody.post(f"/sop/{NEW}/{act}", body).status_code == 403, act
    assert analyst.get(f"/sop/{NEW}").status_code == 200
