"""The inbox without script: filters and orders, saved views, many tasks at once with a report for each."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from engine.clock import TestClock
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.storage.people import actor_by_username
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
HEAD, FIELD = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika"
Visit = Callable[[], Visitor]


def ask(service: Context) -> None:
    """A citizen's request that waits for the head of the office."""
    with service.database.read() as connection:
        citizen = actor_by_username(connection, "warga", service.clock.now())
    task = start_instance(service, citizen, KEY, {})["tasks"][0]["id"]
    complete_task(service, citizen, task, {"kelengkapan": ["butir_1"]})


@pytest.fixture
def head(service: Context, visitor: Visit, clock: TestClock) -> Visitor:
    """The head of the office, before whom three requests lie, a week apart."""
    for _ in range(3):
        ask(service)
        clock.advance(timedelta(days=7))
    return visitor().log_in(HEAD)


def numbers(visitor: Visitor) -> list[str]:
    """The last digits of the registration numbers in the list."""
    return re.findall(r"\d{3}(?=</div>|\s*·)", "".join(re.findall(r'text-secondary small">[^<]+</div>', visitor.body)))


def chosen(visitor: Visitor) -> list[str]:
    return re.findall(r'name="tugas" value="([^"]+)"', visitor.body)


@pytest.mark.parametrize(
    ("order", "expected"),
    [("", "123"), ("-tenggat", "321"), ("-masuk", "321"), ("masuk", "123"), ("nomor", "123"), ("-nomor", "321")],
)  # fmt: skip
def test_orders(head: Visitor, order: str, expected: str) -> None:
    head.get(f"/tugas?urut={order}")
    assert "".join(one[-1] for one in numbers(head)) == expected


@pytest.mark.parametrize("order", ["kegiatan", "-kegiatan", "sop", "-sop"])
def test_orders_by_texts_that_are_equal_lose_nothing(head: Visitor, order: str) -> None:
    head.get(f"/tugas?urut={order}")
    assert sorted(one[-1] for one in numbers(head)) == ["1", "2", "3"]


def test_pages_go_on_in_the_same_order(head: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.inbox.PER_PAGE", 2)
    head.get("/tugas?urut=-nomor")
    first = numbers(head)
    head.get(head.link(r"/tugas\?[^\"]*kursor=[^\"]+"))
    assert [one[-1] for one in first + numbers(head)] == ["3", "2", "1"]


@pytest.mark.parametrize("address", ["urut=acak", "tenggat=banyak", "tenggat=0", f"q={'x' * 300}", "kursor=palsu"])
def test_what_no_filter_takes_is_refused_with_a_sentence(head: Visitor, address: str) -> None:
    answer = head.get(f"/tugas?{address}")
    assert answer.status_code == 422
    assert "Isian tidak sesuai" in answer.text


def test_due_soon_and_one_sop(head: Visitor, service: Context) -> None:
    assert head.get("/tugas?tenggat=168").text.count("data-row") == 3
    ask(service)
    assert head.get("/tugas?tenggat=1").text.count("data-row") == 3  # what is late, and not the one just come
    assert head.get("/tugas").text.count("data-row") == 4
    assert head.get(f"/tugas?sop={KEY}").text.count("data-row") == 4
    assert head.get("/tugas?sop=lain").text.count("data-row") == 0


def test_a_view_is_kept_opened_renamed_and_thrown_away(head: Visitor) -> None:
    saved = head.post("/tugas/tampilan", {"name": "Mendesak", "urut": "-masuk", "milik": "saya", "bawaan": "on"})
    assert saved.status_code == 303
    assert "milik=saya" in saved.location
    body = head.get("/tugas").text  # opens with the default view
    assert "Tidak ada tugas yang cocok" in body
    assert re.search(r'aria-current="page">Mendesak', body)
    assert "data-row" in head.get("/tugas?tampilan=semua").text
    view = re.search(r'action="(/tugas/tampilan/\d+)"', head.body)[1]  # type: ignore[index]
    assert head.post(view, {"name": "Sudah lewat"}).status_code == 303
    body = head.get("/tugas").text
    assert "Sudah lewat" in body
    assert "data-row" in body  # no longer the default
    assert head.post(f"{view}/saringan", {"milik": "bebas"}).location == "/tugas?milik=bebas"
    head.get("/tugas")
    assert head.post(f"{view}/hapus").status_code == 303
    assert "Sudah lewat" not in head.get("/tugas").text


def test_a_name_is_taken_once(head: Visitor) -> None:
    head.post("/tugas/tampilan", {"name": "Milik saya", "milik": "saya"})
    head.get("/tugas")
    assert head.post("/tugas/tampilan", {"name": "Milik saya", "milik": "bebas"}).status_code == 409
    assert head.post("/tugas/tampilan", {"name": "  ", "milik": "bebas"}).status_code == 422


def test_other_peoples_views_do_not_exist(head: Visitor, visitor: Visit) -> None:
    head.post("/tugas/tampilan", {"name": "Rahasia saya", "milik": "saya"})
    head.get("/tugas")
    view = re.search(r'action="(/tugas/tampilan/\d+)"', head.body)[1]  # type: ignore[index]
    other = visitor().log_in(FIELD)
    assert "Rahasia saya" not in other.body
    for path in (view, f"{view}/saringan", f"{view}/hapus"):
        assert other.post(path, {"name": "x"}).status_code == 404


def test_many_are_claimed_and_each_is_reported(head: Visitor, visitor: Visit) -> None:
    tasks = chosen(head)
    etags = dict(re.findall(r'name="(etag\.[^"]+)" value="([^"]+)"', head.body.replace("&#34;", "'")))
    faster = visitor().log_in(HEAD)
    faster.post(f"/tugas/{tasks[0]}/ambil")
    sent = {name: value.replace("'", '"') for name, value in etags.items()}
    report = head.post("/tugas/massal", {"tugas": tasks, "aksi": "ambil", **sent}).text
    assert "2 dari 3 tugas sekarang ada pada Anda." in report
    assert "Tugas ini berubah sejak Anda buka" in report
    assert head.get("/tugas?milik=saya").text.count("data-row") == 3


def test_many_are_handed_over_with_one_instruction(head: Visitor, visitor: Visit) -> None:
    tasks = chosen(head)
    asked = head.get("/tugas/serahkan", query_string={"tugas": tasks[:2]}).text
    assert "2 tugas dipilih" in asked
    assert f'value="{FIELD}"' in asked
    sent = {"tugas": tasks[:2], "aksi": "disposisi", "username": FIELD}
    assert head.post("/tugas/massal", sent).status_code == 422
    report = head.post("/tugas/massal", {**sent, "text": "Mohon tangani minggu ini"}).text
    assert "2 dari 2 tugas diserahkan." in report
    field = visitor().log_in(FIELD)
    assert field.get("/tugas?milik=saya").text.count("data-row") == 2
    assert "Mohon tangani minggu ini" in field.get(f"/tugas/{tasks[0]}").text


def test_an_assignment_to_somebody_outside_the_lane_is_refused_for_each(head: Visitor) -> None:
    tasks = chosen(head)[:1]
    head.post(f"/tugas/{tasks[0]}/ambil")
    head.get("/tugas")
    report = head.post("/tugas/massal", {"tugas": tasks, "aksi": "tugaskan", "username": FIELD, "text": "x"}).text
    assert "0 dari 1 tugas diserahkan." in report
    assert "tidak berhak melakukan ini" in report


@pytest.mark.parametrize("who", [FIELD, "auditor"])
def test_others_get_none_of_them_at_once(head: Visitor, visitor: Visit, who: str) -> None:
    tasks = chosen(head)
    other = visitor().log_in(who)
    report = other.post("/tugas/massal", {"tugas": tasks, "aksi": "ambil"}).text
    assert "0 dari 3 tugas" in report


def test_nothing_chosen_is_said(head: Visitor) -> None:
    assert head.post("/tugas/massal", {"aksi": "ambil"}).status_code == 422
    assert head.post("/tugas/massal", {"aksi": "hapus", "tugas": ["x"]}).status_code == 422
    assert head.get("/tugas/serahkan").status_code == 422
