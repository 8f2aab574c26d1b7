"""The bell and the list behind it, without script."""

import re
from collections.abc import Callable

import pytest

from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


@pytest.fixture
def warga(visitor: Visit) -> Visitor:
    """A citizen who has just asked, on the list of notifications."""
    citizen = visitor().log_in("warga")
    citizen.get(f"/layanan/{KEY}/ajukan")
    citizen.post(f"/layanan/{KEY}/ajukan", {})
    citizen.get("/pemberitahuan")
    return citizen


def test_the_list_says_what_came_and_what_is_read(warga: Visitor) -> None:
    assert "Tugas baru" in warga.body
    assert "Belum dibaca" in warga.body
    assert warga.get("/pemberitahuan/jumlah").json == {"unread": 1}
    warga.get("/pemberitahuan")
    one = re.search(r'name="id" value="([^"]+)"', warga.body)[1]  # type: ignore[index]
    assert warga.post("/pemberitahuan/dibaca", {"id": one}).status_code == 303
    assert "Belum dibaca" not in warga.get("/pemberitahuan").text
    assert warga.get("/pemberitahuan/jumlah").json == {"unread": 0}


def test_everything_is_read_at_once(warga: Visitor) -> None:
    assert warga.post("/pemberitahuan/dibaca").status_code == 303
    assert warga.get("/pemberitahuan/jumlah").json == {"unread": 0}


def test_nothing_came(visitor: Visit) -> None:
    assert "Tidak ada pemberitahuan" in visitor().log_in("analis").get("/pemberitahuan").text


def test_they_are_for_people_who_are_logged_in(visitor: Visit) -> None:
    somebody = visitor()
    assert somebody.get("/pemberitahuan").status_code == 302
    assert somebody.get("/pemberitahuan/jumlah", headers={"Accept": "application/json"}).status_code == 401
    assert somebody.post("/pemberitahuan/dibaca").status_code == 401
    assert "data-bell" not in somebody.get("/").text
