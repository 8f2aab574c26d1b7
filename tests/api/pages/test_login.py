"""Login, logout, CSRF, where people land, and that no link leads elsewhere."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from engine.demo import PASSWORD
from pages_support import Visitor


def test_login_sets_a_cookie_that_scripts_and_other_sites_do_not_get(visitor: Callable[[], Visitor]) -> None:
    warga = visitor()
    answer = warga.post("/masuk", {"username": "warga", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Demo Warga" in warga.get("/permohonan").text


def test_cookie_is_secure_behind_https(make_app: Callable[..., Flask]) -> None:
    app = make_app(public_url="https://alur.contoh.go.id")
    assert "Secure" in app.test_client().get("/masuk").headers["Set-Cookie"]


def test_wrong_password_keeps_the_name_and_says_so(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    answer = somebody.post("/masuk", {"username": "warga", "password": "salah"})
    assert answer.status_code == 401
    assert "tidak cocok" in somebody.body
    assert 'value="warga"' in somebody.body


def test_login_is_throttled(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    for _ in range(5):
        somebody.post("/masuk", {"username": "warga", "password": "salah"})
    assert somebody.post("/masuk", {"username": "warga", "password": PASSWORD}).status_code == 429
    assert "Tunggu 15 menit" in somebody.body


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_login_never_leads_to_another_site(visitor: Callable[[], Visitor], wanted: str) -> None:
    answer = visitor().post("/masuk", {"username": "warga", "password": PASSWORD, "lanjut": wanted})
    assert answer.location == "/beranda"


def test_login_leads_back_to_the_page_that_asked_for_it(visitor: Callable[[], Visitor]) -> None:
    somebody = visitor()
    asked = somebody.get("/tugas?q=surat")
    assert asked.status_code == 302
    assert "lanjut=/tugas?q%3Dsurat" in asked.location
    answer = somebody.post("/masuk", {"username": "warga", "password": PASSWORD, "lanjut": "/tugas?q=surat"})
    assert answer.location == "/tugas?q=surat"


@pytest.mark.parametrize("path", ["/masuk", "/keluar", "/tugas/x/ambil", "/layanan/x/ajukan"])
def test_a_form_without_the_token_of_the_session_is_refused(visitor: Callable[[], Visitor], path: str) -> None:
    warga = visitor().log_in("warga")
    answer = warga.client.post(path, data={"_csrf": "another"})
    assert answer.status_code == 400
    assert "Halaman kedaluwarsa" in answer.text


def test_logout_ends_the_session_and_its_token(visitor: Callable[[], Visitor]) -> None:
    warga = visitor().log_in("warga")
    kept = warga.client.get_cookie("alur")
    warga.post("/keluar")
    assert kept is not None
    warga.client.set_cookie("alur", kept.value)  # a stolen copy of the cookie
    assert warga.get("/permohonan").status_code == 302


@pytest.mark.parametrize(("who", "where"), [("warga", "/permohonan"), ("auditor", "/audit"), ("analis", "/tugas")])
def test_people_land_where_their_work_is(visitor: Callable[[], Visitor], who: str, where: str) -> None:
    assert visitor().log_in(who).get("/beranda").location == where


OPEN = {  # what everybody may read: the portal, one's own registration and login, public diagrams, what machines ask
    "root.get_healthz", "root.get_readyz", "root.get_metrics", "assets.get_asset", "pages.login", "pages.register_page",
    "pages.choose_language", "pages.home", "pages.services_page", "pages.service_page", "pages.track_form",
    "pages.track_page", "pages.track_diagram", "pages.diagram",
}  # fmt: skip


def test_every_page_but_the_open_ones_asks_strangers_to_log_in(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    answers = {
        rule.endpoint: Visitor(app).get(re.sub(r"<[^>]*>", "1", rule.rule))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/", "/public/"))
    }
    closed = {name for name, seen in answers.items() if (seen.location or "").startswith("/masuk")}
    assert sorted(answers.keys() - closed) == sorted(OPEN)
