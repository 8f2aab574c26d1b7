"""Working in one of several posts: the list narrows, acts are recorded as that post, no right is won."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from engine.clock import TestClock
from engine.commands.assign_post import assign_post
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.storage.people import actor_by_username
from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
HEAD, FIELD = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika"
Visit = Callable[[], Visitor]


@pytest.fixture
def two_posts(service: Context, visitor: Visit) -> Visitor:
    """The head of a field who is acting head of the office, before whom one task of that post lies."""
    with service.database.read() as connection:
        citizen, head = (actor_by_username(connection, who, service.clock.now()) for who in ("warga", HEAD))
    assign_post(
        service, None, username=FIELD, post_id=head.posts[0].id, kind="plh", letter_number="800/1/2026",
        valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 5),
    )  # fmt: skip
    task = start_instance(service, citizen, KEY, {})["tasks"][0]["id"]
    complete_task(service, citizen, task, {"kelengkapan": ["butir_1"]})
    return visitor().log_in(FIELD)


def posts(visitor: Visitor) -> dict[str, str]:
    """The posts that the switch offers: kind of holding by the id of the post."""
    found = re.findall(r'name="jabatan" value="(\d+)"><span>(?:<span[^>]*>(Pl[th]\.)</span>)?', visitor.body)
    return {kind or "definitif": post for post, kind in found}


def choose(visitor: Visitor, post: str) -> None:
    visitor.get("/tugas")
    assert visitor.post("/jabatan", {"jabatan": post}).status_code == 303
    visitor.get("/tugas")


def test_the_list_narrows_to_the_post(two_posts: Visitor) -> None:
    two_posts.get("/tugas")
    assert "Semua jabatan (2)" in two_posts.body
    assert two_posts.body.count("data-row") == 1
    mine = posts(two_posts)
    choose(two_posts, mine["definitif"])
    assert "data-row" not in two_posts.body
    choose(two_posts, mine["Plh."])
    assert two_posts.body.count("data-row") == 1
    choose(two_posts, "")
    assert two_posts.body.count("data-row") == 1


def test_acts_are_recorded_as_the_post_worked_in(two_posts: Visitor, service: Context) -> None:
    two_posts.get("/tugas")
    choose(two_posts, posts(two_posts)["Plh."])
    task = two_posts.link(r"/tugas/[0-9a-f]+-[^\"]+")
    two_posts.get(task)
    two_posts.post(f"{task}/komentar", {"text": "Atas nama kepala dinas"})
    with service.database.read() as connection:
        signed = connection.execute(text("SELECT actor FROM history WHERE type = 'task_commented'")).scalar_one()
    actor = json.loads(signed)
    assert (actor["person"], actor["acting"], actor["letter_number"]) == (FIELD, "plh", "800/1/2026")
    assert "Kepala Dinas" in actor["post"]


def test_in_another_post_the_task_is_not_ones_own(two_posts: Visitor) -> None:
    two_posts.get("/tugas")
    task = two_posts.link(r"/tugas/[0-9a-f]+-[^\"]+")
    choose(two_posts, posts(two_posts)["definitif"])
    assert two_posts.get(task).status_code == 404
    two_posts.get("/tugas")
    assert two_posts.post(f"{task}/ambil").status_code == 404


def test_a_task_that_lies_with_me_stays_mine_and_is_signed_by_its_post(two_posts: Visitor, service: Context) -> None:
    two_posts.get("/tugas")
    task = two_posts.link(r"/tugas/[0-9a-f]+-[^\"]+")
    two_posts.post(f"{task}/ambil")
    two_posts.get("/tugas")
    choose(two_posts, posts(two_posts)["definitif"])
    assert two_posts.body.count("data-row") == 1
    two_posts.get(task)
    two_posts.post(f"{task}/komentar", {"text": "Tetap sebagai Plh."})
    with service.database.read() as connection:
        signed = connection.execute(text("SELECT actor FROM history WHERE type = 'task_commented'")).scalar_one()
    assert json.loads(signed)["acting"] == "plh"


def test_a_post_that_has_ended_is_no_longer_worked_in(two_posts: Visitor, clock: TestClock) -> None:
    two_posts.get("/tugas")
    choose(two_posts, posts(two_posts)["Plh."])
    clock.advance(timedelta(hours=17))  # Friday, 1 o'clock: the letter was until Thursday
    two_posts.get("/tugas")
    assert "Keluar" in two_posts.body
    assert "Semua jabatan" not in two_posts.body
    assert "data-row" not in two_posts.body


def test_posts_of_others_cannot_be_chosen(two_posts: Visitor, visitor: Visit) -> None:
    two_posts.get("/tugas")
    post = posts(two_posts)["definitif"]
    other = visitor().log_in("analis")
    other.get("/tugas")
    assert "Semua jabatan" not in other.body
    assert other.post("/jabatan", {"jabatan": post}).status_code == 422
    assert visitor().post("/jabatan", {"jabatan": post}).status_code == 401
