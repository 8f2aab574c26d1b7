"""Many at once: one wins and the others get 409, keys repeat safely, and no number is taken twice."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from engine.context import Context
from engine.history.chain import check
from engine.storage.history import ADMINISTRATION, entries

KEY = "prosedur-pembuatan-akun-splp"
MANY = 8


def _at_once(count: int, act: Any) -> list[Any]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_one_of_many_completes_a_task(http: Any, started: dict[str, Any]) -> None:
    http.token("warga")
    path, body = f"/tasks/{started['tasks'][0]['id']}/complete", {"data": {"kelengkapan": ["butir_1"]}}
    answers = _at_once(MANY, lambda _: http.post(path, "warga", json=body).status_code)
    assert sorted(answers) == [200] + [409] * (MANY - 1)
    assert http.post(f"/instances/{started['id']}/verify", "auditor").json["valid"] is True


def test_registration_numbers_have_no_gaps_and_no_repeats(http: Any) -> None:
    http.token("warga")
    http.post("/instances", "warga", json={"definition": KEY})
    answers = _at_once(MANY, lambda _: http.post("/instances", "warga", json={"definition": KEY}).json)
    numbers = sorted(int(one["registration_number"].rsplit("-", 1)[1]) for one in answers)
    assert numbers == list(range(2, MANY + 2))


def test_one_key_starts_one_request_however_often_it_comes(http: Any) -> None:
    http.token("warga")
    headers = {"Idempotency-Key": "sekali-saja"}
    answers = _at_once(
        MANY, lambda _: http.post("/instances", "warga", json={"definition": KEY}, headers=headers)
    )
    assert {one.status_code for one in answers} <= {201, 409}
    assert len({one.json["id"] for one in answers if one.status_code == 201}) == 1
    assert len(http.get("/instances", "warga").json["items"]) == 1


def test_one_of_many_gets_a_name(http: Any) -> None:
    http.token("admin")
    person = {"username": "kembar-demo", "name": "Demo Kembar"}
    answers = _at_once(MANY, lambda _: http.post("/people", "admin", json=person).status_code)
    assert sorted(answers) == [201] + [409] * (MANY - 1)


def test_administrators_at_once_keep_one_chain(http: Any, service: Context) -> None:
    http.token("admin")
    answers = _at_once(
        MANY, lambda number: http.post("/roles", "admin", json={"key": f"peran-{number}", "name": "x"}).status_code
    )
    assert answers == [201] * MANY
    with service.database.read() as connection:
        chain = entries(connection, ADMINISTRATION)
    assert check(ADMINISTRATION, chain) == []
    assert sum(entry.type == "role_created" for entry in chain) == MANY
