"""Administration without script: who may, people, posts, roles, assignments, agencies; what is wrong is said."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from api.pages.admin.common import SECTIONS
from api.pages.admin.home import LINKS
from api.pages.admin.words import EVERY
from api.pages.language import english
from api.pages.menu import MENU
from engine.context import Context
from pages_support import Visitor

Visit = Callable[[], Visitor]
OTHERS = ("analis", "auditor", "pimpinan", "warga", "trenggalek-kabid-aptika", "sistem-luar")
OPEN_TO_AUDITORS = ("/admin/riwayat",)


@pytest.fixture
def admin(make_app: Callable[..., Flask]) -> Visitor:
    """The administrator, logged in."""
    somebody = Visitor(make_app()).log_in("admin")
    somebody.get("/admin/orang-baru")
    return somebody


def addresses(app: Flask) -> list[tuple[str, str]]:
    """Every page of administration: method and an address."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule == "/admin" or rule.rule.startswith("/admin/"):
            path = re.sub(r"<(int[^:]*:)?\w+>", lambda match: "1" if match[1] else "warga", rule.rule)
            found += [(method, path) for method in (rule.methods or set()) & {"GET", "POST"}]
    return sorted(found)


@pytest.mark.parametrize("who", OTHERS)
def test_every_page_of_administration_is_closed_to_others(make_app: Callable[..., Flask], who: str) -> None:
    app = make_app()
    somebody = Visitor(app).log_in(who)
    somebody.token()
    pages = [one for one in addresses(app) if who != "auditor" or not one[1].startswith(OPEN_TO_AUDITORS)]
    assert len(pages) > 20
    answers = {
        f"{method} {path}": (somebody.get(path) if method == "GET" else somebody.post(path)).status_code
        for method, path in pages
    }
    assert {name: status for name, status in answers.items() if status not in (403, 404)} == {}
    assert [name for name, status in answers.items() if status == 404] == []


def test_strangers_are_sent_to_the_login(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    for method, path in addresses(app):
        if method == "GET":
            assert Visitor(app).get(path).status_code == 302, path


def test_every_word_of_administration_has_its_english() -> None:
    used = {words for group in EVERY for words in group.values()} | {one[1] for one in SECTIONS}
    used |= {words for link in LINKS for words in link[1:]} | {entry.words for entry in MENU}
    assert sorted(used - english().keys()) == []


def test_somebody_is_hired_and_logs_in(admin: Visitor, visitor: Visit) -> None:
    wrong = admin.post("/admin/orang-baru", {"username": "B", "name": "", "kind": "pegawai"})
    assert wrong.status_code == 422
    assert "Nama pengguna: 3 sampai 80 karakter" in wrong.text
    values = {"username": "demo-baru", "name": "Demo Pegawai Baru", "kind": "pegawai", "email": "", "phone": ""}
    assert admin.post("/admin/orang-baru", values).status_code == 303
    assert admin.post("/admin/orang-baru", values).status_code == 409
    admin.get("/admin/orang/demo-baru")
    assert "belum punya kata sandi" in admin.body
    post_id = re.search(r"/admin/jabatan/(\d+)", admin.get("/admin/jabatan?q=aplikasi+informatika").text)
    assert post_id
    terms = {"orang": "demo-baru", "jabatan": post_id[1], "kind": "plh", "letter_number": "", "valid_until": ""}
    assert "Nomor surat perintah wajib diisi" not in admin.body
    refused = admin.post("/admin/penugasan-baru", terms)
    assert refused.status_code == 422
    assert "Hari terakhir wajib diisi" in refused.text
    assert "3. Ketentuan" in refused.text
    terms |= {"letter_number": "800/7/2026", "valid_until": "2026-03-31"}
    assert admin.post("/admin/penugasan-baru", terms).status_code == 303
    shown = admin.post("/admin/orang/demo-baru/kata-sandi", {"reason": "akun baru"})
    secret = re.search(r'class="secret">([^<]+)<', shown.text)
    assert secret
    assert secret[1] not in admin.get("/admin/orang/demo-baru").text
    new = visitor()
    assert new.post("/masuk", {"username": "demo-baru", "password": secret[1]}).status_code == 200
    own = {"username": "demo-baru", "old": secret[1], "new": "kata sandi sendiri", "again": "kata sandi sendiri"}
    assert new.post("/kata-sandi", own).status_code == 303
    assert "Plh." in new.get("/tugas").text


def test_an_assignment_is_ended_with_a_reason(admin: Visitor) -> None:
    body = admin.get("/admin/orang/trenggalek-kabid-aptika").text
    address = re.search(r"/admin/penugasan/\d+", body)
    assert address
    for fields in ({"valid_until": "", "reason": "x"}, {"valid_until": "kemarin", "reason": "x"},
                   {"valid_until": "2026-03-01", "reason": " "}):  # fmt: skip
        assert admin.post(f"{address[0]}/akhiri", fields).status_code == 422
    assert admin.post(f"{address[0]}/akhiri", {"valid_until": "2026-03-01", "reason": "pensiun"}).status_code == 303
    assert "berakhir" in admin.get(address[0]).text
    assert "tanpa jabatan" in admin.get("/admin/orang?q=trenggalek-kabid-aptika").text


def test_a_person_is_changed_and_deactivated(admin: Visitor, visitor: Visit) -> None:
    citizen = visitor().log_in("warga")
    assert admin.post("/admin/orang/warga", {"name": "Demo Warga Dua", "reason": ""}).status_code == 422
    assert "Demo Warga Dua" in admin.body
    assert admin.post("/admin/orang/warga", {"name": "Demo Warga Dua", "reason": "salah tulis"}).status_code == 303
    assert admin.post("/admin/orang/warga/aktif", {"active": "tidak", "reason": "pindah"}).status_code == 303
    assert citizen.get("/permohonan").status_code == 302
    assert "Demo Warga Dua" in admin.get("/admin/orang?keadaan=nonaktif").text
    assert admin.post("/admin/orang/admin/aktif", {"active": "tidak", "reason": "uji"}).status_code == 422
    assert "minta administrator lain" in admin.body
    assert admin.get("/admin/orang/tidak-ada").status_code == 404
    assert admin.get("/admin/orang?jenis=hantu").status_code == 422


def test_a_post_with_roles_and_superior(admin: Visitor) -> None:
    values = {"agency_code": "trenggalek", "title": "Kepala Seksi Uji", "unit": "", "role": "tidak-ada"}
    assert admin.post("/admin/jabatan-baru", values | {"agency_code": "tidak-ada"}).status_code == 404
    agency = re.search(r'<option value="([^"]+)">(?!Semua)', admin.get("/admin/jabatan").text)
    assert agency
    made = admin.post("/admin/jabatan-baru", values | {"agency_code": agency[1], "role": "trenggalek-kabid-aptika"})
    assert made.status_code == 303
    assert "trenggalek-kabid-aptika" in admin.get(made.location).text
    above = re.search(r'<option value="(\d+)">', admin.body)
    assert above
    change = {"title": "Kepala Seksi", "roles": ["trenggalek-kabid-aptika"], "superior_id": above[1], "reason": "uji"}
    assert admin.post(made.location, change).status_code == 303
    assert "Garis atasan" in admin.get(made.location).text
    assert admin.post(made.location, change | {"superior_id": made.location.rpartition("/")[2]}).status_code == 422
    assert "Atasan harus jabatan lain" in admin.body
    for wrong in ("²", "x", "9" * 30):  # neither a 500 nor silently nobody
        assert admin.post(made.location, change | {"superior_id": wrong}).status_code == 404
    assert "Garis atasan" in admin.get(made.location).text
    assert admin.get("/admin/jabatan?peran=trenggalek-kabid-aptika").text.count("Kepala Seksi") >= 1


def test_a_role_is_created_once_and_changed(admin: Visitor) -> None:
    values = {"key": "peran-uji", "name": "Peran Uji", "superior_role": ""}
    assert admin.post("/admin/peran-baru", values).status_code == 303
    assert admin.post("/admin/peran-baru", values).status_code == 409
    change = {"name": "Peran Uji", "superior_role": "alur-admin", "reason": "eskalasi"}
    assert admin.post("/admin/peran/peran-uji", change).status_code == 303
    assert "alur-admin" in admin.get("/admin/peran?q=peran-uji").text
    assert admin.post("/admin/peran/peran-uji", change | {"superior_role": "peran-uji"}).status_code == 422
    assert "Peran atasan harus peran lain" in admin.body


def test_other_hours_are_shown_with_what_they_move_before_they_are_saved(
    admin: Visitor, visitor: Visit, service: Context
) -> None:
    citizen = visitor().log_in("warga")
    citizen.get("/layanan/prosedur-pembuatan-akun-splp/ajukan")
    assert citizen.post("/layanan/prosedur-pembuatan-akun-splp/ajukan", {}).status_code == 303
    code = re.search(r"/admin/instansi/([\w.-]+)\"", admin.get("/admin/instansi?q=trenggalek").text)
    assert code
    address = f"/admin/instansi/{code[1]}"
    body = admin.get(address).text
    fields = dict(re.findall(r'name="((?:week|ramadan)\.\w+)" value="([^"]*)"', body))
    name = re.search(r'id="f-name" name="name" type="text" value="([^"]*)"', body)
    assert name
    fields |= {"name": name[1], "zone": "Asia/Jakarta", "reason": "Perbup Uji"}
    same = admin.post(address, fields)
    assert same.status_code == 303
    fields |= {"week.saturday": "07:30-12:00", "ramadan.saturday": "08:00-12:00"}
    preview = admin.post(address, fields)
    assert "Belum ada yang disimpan" in preview.text
    assert 'name="week.saturday" value=""' in admin.get(address).text
    assert admin.post(address, fields | {"langkah": "simpan"}).status_code == 303
    assert 'name="week.saturday" value="07:30-12:00"' in admin.get(address).text
    assert "jam sendiri" in admin.get("/admin/instansi").text
    wrong = admin.post(address, fields | {"week.monday": "16:00-07:00"})
    assert wrong.status_code == 422
    assert "16:00-07:00" in wrong.text
    new = {"code": "dinas-uji", "name": "Dinas Uji", "zone": "Asia/Makassar"}
    assert admin.post("/admin/instansi-baru", new).status_code == 303
    assert admin.post("/admin/instansi-baru", new).status_code == 409
    assert admin.post("/admin/instansi-baru", new | {"zone": "UTC"}).status_code == 422
