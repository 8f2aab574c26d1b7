"""Registration without script, and over the API."""

from collections.abc import Callable
from typing import Any

from engine.commands.change_setting import change_setting
from engine.context import Context
from pages_support import Visitor

TYPED = {
    "username": "siti.contoh", "name": "Siti Contoh", "email": "siti@contoh.id", "password": "kalimat pendek saja",
    "consent": "ya",
}  # fmt: skip


def test_a_citizen_registers_and_asks(visitor: Callable[[], Visitor]) -> None:
    new = visitor()
    login = new.get(new.get("/layanan/prosedur-pembuatan-akun-splp/ajukan").location).text
    assert "Daftar sebagai warga" in login
    new.get(new.link(r"/daftar[^\"]*"))
    assert "UU 27/2022" in new.body
    assert new.post("/daftar", TYPED | {"consent": "", "email": "", "username": "warga"}).status_code == 422
    assert "Persetujuan diperlukan." in new.body and "Isi alamat surel atau nomor telepon." in new.body
    assert 'value="Siti Contoh"' in new.body and "kalimat pendek saja" not in new.body
    assert new.post("/daftar", TYPED | {"username": "warga"}).status_code == 409
    assert "Nama pengguna ini sudah dipakai." in new.body
    sent = new.post("/daftar", TYPED | {"lanjut": "/layanan/prosedur-pembuatan-akun-splp/ajukan"})
    assert (sent.status_code, sent.location) == (303, "/layanan/prosedur-pembuatan-akun-splp/ajukan")
    assert "Kirim permohonan" in new.get(sent.location).text
    assert new.get("/daftar").status_code == 302
    assert new.get("/admin").status_code == 403


def test_a_closed_site(visitor: Callable[[], Visitor], service: Context) -> None:
    change_setting(service, None, "registration", "closed", "uji")
    somebody = visitor()
    assert somebody.get("/daftar").status_code == 403
    assert "Daftar sebagai warga" not in somebody.get("/masuk").text
    assert somebody.post("/daftar", TYPED).status_code == 403
    admin = visitor().log_in("admin")
    body: Any = admin.get("/admin/pengaturan").text
    assert '<option value="closed" selected>ditutup</option>' in body


def test_over_the_api(visitor: Callable[[], Visitor]) -> None:
    client = visitor().client
    body = TYPED | {"consent": True}
    made = client.post("/api/v1/public/registrations", json=body)
    assert (made.status_code, made.json) == (201, {"username": "siti.contoh", "confirmation": "none"})
    again = client.post("/api/v1/public/registrations", json=body)
    assert (again.status_code, again.json["errors"][0]["field"]) == (409, "username")
