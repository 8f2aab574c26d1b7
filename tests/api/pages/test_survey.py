"""The satisfaction survey without script: offered after the end, answered once, missing answers marked."""

from collections.abc import Callable

from engine.commands.cancel_instance import cancel_instance
from engine.context import Context
from engine.satisfaction import ELEMENTS
from engine.storage.people import actor_by_username
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"


def _ask(warga: Visitor) -> str:
    warga.get(f"/layanan/{KEY}/ajukan")
    location: str = warga.post(f"/layanan/{KEY}/ajukan", {"perihal": "Akun SPLP"}).location
    return location.removesuffix("/tanda-terima")


def _end(service: Context, path: str) -> None:
    with service.database.read() as connection:
        admin = actor_by_username(connection, "admin", service.clock.now())
    cancel_instance(service, admin, path.rpartition("/")[2], "uji")


def test_the_survey_waits_for_the_end_and_is_answered_once(visitor: Callable[[], Visitor], service: Context) -> None:
    warga = visitor().log_in("warga")
    path = _ask(warga)
    assert "Penilaian dibuka setelah permohonan ini selesai." in warga.get(f"{path}/penilaian").text
    assert warga.post(f"{path}/penilaian", dict.fromkeys(ELEMENTS, "4")).status_code == 409
    assert "Beri penilaian" not in warga.get("/permohonan").text
    _end(service, path)
    assert "Beri penilaian" in warga.get(f"{path}/tanda-terima").text
    warga.get("/permohonan")
    warga.get(warga.link(f"{path}/penilaian"))
    assert warga.body.count('type="radio"') == 36

    refused = warga.post(f"{path}/penilaian", {**dict.fromkeys(ELEMENTS, "3"), "u4": "9"})
    assert refused.status_code == 422
    assert 'id="salah-u4"' in warga.body and 'id="salah-u3"' not in warga.body
    assert warga.body.count(" checked") == 8
    assert warga.post(f"{path}/penilaian", dict.fromkeys(ELEMENTS, "3")).location == "/permohonan"
    assert "Terima kasih" in warga.get("/permohonan").text
    assert "Beri penilaian" not in warga.body
    assert "Sudah dinilai" in warga.get(f"{path}/penilaian").text


def test_nobody_else_sees_or_answers_it(visitor: Callable[[], Visitor], service: Context) -> None:
    path = _ask(visitor().log_in("warga"))
    _end(service, path)
    assert "/masuk" in visitor().get(f"{path}/penilaian").location
    for who in ("admin", "auditor", "trenggalek-kabid-aptika"):
        other = visitor().log_in(who)
        assert other.get(f"{path}/penilaian").status_code == 404
        assert other.post(f"{path}/penilaian", dict.fromkeys(ELEMENTS, "1")).status_code == 404
