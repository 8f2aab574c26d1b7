"""Who may come in: tokens, passwords, throttling; every endpoint is closed unless it is public on purpose."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from api.routes.docs import document
from engine.clock import TestClock
from engine.commands.log_in import log_in
from engine.context import Context
from engine.demo import PASSWORD
from engine.errors import TooManyAttempts
from engine.login_attempts import PER_ADDRESS, PER_NAME, WINDOW
from engine.storage.people import record_login_failure

PUBLIC = {
    "POST /api/v1/auth/token", "GET /api/v1/healthz", "GET /api/v1/readyz", "GET /api/v1/metrics",
    "GET /api/v1/public/services", "GET /api/v1/public/track/{registration_number}", "POST /api/v1/test-clock",
    "POST /api/v1/public/registrations",
}  # fmt: skip


def _login(http: Any, username: str = "warga", password: str = PASSWORD, **more: Any) -> Any:
    return http.post("/auth/token", json={"username": username, "password": password}, **more)


def test_every_endpoint_is_closed_unless_it_is_public(http: Any, make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        paths = document()["paths"]
    opened = set()
    for path, operations in paths.items():
        for method in operations.keys() - {"parameters"}:
            url = path.removeprefix("/api/v1").replace("{version}", "1").replace("{token_id}", "1")
            for number in ("{assignment_id}", "{view_id}", "{post_id}"):
                url = url.replace(number, "1")
            url = url.replace("{", "").replace("}", "")
            if http.call(method.upper(), url).status_code != 401:
                opened.add(f"{method.upper()} {path}")
    assert opened == PUBLIC


def test_a_password_becomes_a_token_that_works_until_it_expires_or_is_revoked(http: Any, clock: TestClock) -> None:
    answer = _login(http)
    headers = {"Authorization": f"Bearer {answer.json['token']}"}
    me = http.get("/auth/me", headers=headers).json
    assert (me["username"], me["roles"]) == ("warga", ["pemohon"])
    assert http.call("DELETE", "/auth/token", headers=headers).status_code == 204
    assert http.get("/auth/me", headers=headers).status_code == 401
    again = {"Authorization": f"Bearer {_login(http).json['token']}"}
    clock.advance(timedelta(days=1))
    assert http.get("/auth/me", headers=again).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic d2FyZ2E6eA==", "Bearer no", "Bearer " + "x" * 5000])
def test_what_is_no_token_is_refused(http: Any, header: str) -> None:
    answer = http.get("/auth/me", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="alur"')


def test_guessing_one_name_is_throttled_and_forgiven_later(http: Any, clock: TestClock) -> None:
    for _ in range(PER_NAME):
        assert _login(http, password="salah").status_code == 401
    refused = _login(http)
    assert (refused.status_code, refused.json["code"]) == (429, "too_many_attempts")
    assert int(refused.headers["Retry-After"]) > 0
    assert _login(http, "analis").status_code == 200
    clock.advance(WINDOW + timedelta(seconds=1))
    assert _login(http).status_code == 200


def test_one_forgotten_password_keeps_nobody_else_out_behind_the_same_address(service: Context) -> None:
    with service.database.write() as connection:
        for _ in range(PER_ADDRESS + 1):
            record_login_failure(connection, "lupa", "10.0.0.1", service.wall.now())
    assert log_in(service, "warga", PASSWORD, "10.0.0.1")["token"]
    with pytest.raises(TooManyAttempts):
        log_in(service, "lupa", PASSWORD, "10.0.0.1")


def test_trying_many_names_from_one_address_is_throttled(http: Any) -> None:
    for number in range(PER_ADDRESS):
        assert _login(http, f"orang-{number}", "salah").status_code == 401
    assert _login(http).status_code == 429
    assert _login(http, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(make_app: Callable[..., Flask]) -> None:
    seen = []
    for proxies in (0, 1):
        client = make_app(proxies=proxies).test_client()
        for number in range(PER_ADDRESS):
            body = {"username": f"tamu-{proxies}-{number}", "password": "salah"}
            client.post("/api/v1/auth/token", json=body, headers={"X-Forwarded-For": f"198.51.100.{number}"})
        seen.append(client.post("/api/v1/auth/token", json={"username": "warga", "password": PASSWORD},
                                headers={"X-Forwarded-For": "198.51.100.200"}).status_code)  # fmt: skip
    assert seen == [429, 200]


def test_an_inactive_person_is_out_at_once(http: Any) -> None:
    http.get("/auth/me", "warga")
    changed = http.call("PATCH", "/people/warga", "admin", json={"active": False, "reason": "uji"})
    assert (changed.status_code, changed.json["old"], changed.json["new"]) == (200, {"active": True}, {"active": False})
    assert http.get("/auth/me", "warga").status_code == 401
    assert _login(http).status_code == 401


def test_there_is_no_demo_door_outside_demo_mode(service: Context) -> None:
    from dataclasses import replace

    from engine.commands.seed_demo import seed_demo
    from engine.errors import WrongState

    real = replace(service, settings=replace(service.settings, demo=False))
    with pytest.raises(WrongState):
        seed_demo(real, [])


def test_administration_leaves_a_chain_of_its_own(http: Any, service: Context) -> None:
    from engine.history.chain import check
    from engine.storage.history import ADMINISTRATION, entries

    person = {"username": "baru-demo", "name": "Demo Baru", "password": "kata-sandi-panjang"}
    assert http.post("/people", "admin", json=person).status_code == 201
    assert http.post("/people", "admin", json=person).status_code == 409
    assert http.post("/people", "warga", json={**person, "username": "lain-demo"}).status_code == 403
    post = http.get("/posts", "admin").json["items"][0]
    acting = {"username": "baru-demo", "post_id": post["id"], "kind": "plt"}
    assert http.post("/assignments", "admin", json=acting).status_code == 422
    acting |= {"letter_number": "800/1/2026", "valid_until": "2026-04-30"}
    assert http.post("/assignments", "admin", json=acting).status_code == 201
    me = http.get("/auth/me", "baru-demo").json
    assert (me["posts"][0]["kind"], me["posts"][0]["letter_number"]) == ("plt", "800/1/2026")
    with service.database.read() as connection:
        chain = entries(connection, ADMINISTRATION)
    assert check(ADMINISTRATION, chain) == []
    assert {"demo_seeded", "person_created", "post_assigned", "token_issued"} <= {entry.type for entry in chain}
    assert "kata-sandi-panjang" not in "".join(entry.data for entry in chain)
