"""A one-time password becomes an own one at the login; anybody changes the own password."""

from collections.abc import Callable

from engine.commands.reset_password import reset_password
from engine.context import Context
from engine.demo import PASSWORD
from pages_support import Visitor

Visit = Callable[[], Visitor]
NEW = "kalimat pendek yang baru"


def change(somebody: Visitor, username: str, old: str, new: str = NEW, again: str = NEW, once: str = "") -> int:
    fields = {"username": username, "old": old, "new": new, "again": again, "once": once}
    return somebody.post("/kata-sandi", fields).status_code


def test_a_one_time_password_is_exchanged_at_the_login(visitor: Visit, service: Context) -> None:
    once = reset_password(service, None, "warga", "lupa")["password"]
    citizen = visitor()
    shown = citizen.post("/masuk", {"username": "warga", "password": once})
    assert "Kata sandi Anda hanya berlaku sekali" in shown.text
    assert once not in shown.text
    assert change(citizen, "warga", once, again="lain", once="ya") == 422
    assert "tidak sama" in citizen.body
    assert change(citizen, "warga", once, new="pendek", again="pendek", once="ya") == 422
    assert change(citizen, "warga", "bukan itu", once="ya") == 401
    assert citizen.get("/permohonan").status_code == 302
    assert change(citizen, "warga", once, once="ya") == 303
    assert citizen.get("/permohonan").status_code == 200
    assert visitor().post("/masuk", {"username": "warga", "password": NEW}).status_code == 303


def test_a_changed_password_ends_every_other_session(visitor: Visit) -> None:
    one, other = visitor().log_in("warga"), visitor().log_in("warga")
    assert 'value="warga"' in one.get("/kata-sandi").text
    assert change(one, "warga", PASSWORD) == 303
    assert one.get("/permohonan").status_code == 200
    assert other.get("/permohonan").status_code == 302


def test_guessing_is_throttled_here_as_at_the_login(visitor: Visit) -> None:
    somebody = visitor()
    statuses = [change(somebody, "warga", f"salah {number}") for number in range(6)]
    assert statuses == [401] * 5 + [429]
    assert visitor().get("/kata-sandi").status_code == 302
