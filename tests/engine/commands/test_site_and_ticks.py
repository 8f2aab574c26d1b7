"""Stored settings with their record, and the notes of living workers, on both stores."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.change_setting import change_setting
from engine.commands.record_tick import record_tick
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.queries.site import site
from engine.queries.workers import due_timers, list_jobs, list_workers
from engine.storage.tables import history


def test_a_setting_is_changed_and_recorded_once(service: Context, admin: Actor) -> None:
    assert site(service).contact == ""
    change_setting(service, admin, "contact", " 0355-791234 ", "nomor baru")
    change_setting(service, admin, "contact", "0355-791234", "sama saja")
    change_setting(service, admin, "contact", "", "dicabut")
    assert site(service).contact == ""
    with service.database.read() as connection:
        rows = connection.execute(select(history.c.data).where(history.c.type == "setting_changed")).scalars().all()
    assert [json.loads(row)["old"]["contact"] for row in rows] == ["", "0355-791234"]


def test_settings_that_are_refused(service: Context, admin: Actor, auditor: Actor) -> None:
    for key, value, reason in (
        ("entah", "x", "uji"), ("region", "x" * 121, "uji"), ("region", "dua\nbaris", "uji"), ("region", "x", ""),
        ("region", 5, "uji"),
    ):  # fmt: skip
        with pytest.raises(InvalidInput):
            change_setting(service, admin, key, value, reason)
    with pytest.raises(Forbidden):
        change_setting(service, auditor, "region", "x", "uji")


def test_workers_are_noted_and_forgotten(service: Context, admin: Actor, auditor: Actor) -> None:
    clock = TestClock(service.wall.now())
    there = replace(service, wall=clock)
    record_tick(there, "fire_timers", "mesin:1", 2)
    record_tick(there, "fire_timers", "mesin:1", 5, "x" * 1000)
    clock.advance(timedelta(minutes=1))
    record_tick(there, "fire_timers", "mesin:2", 0)
    noted = list_workers(there, admin)
    assert [(one["worker"], one["settled"], one["seconds_ago"]) for one in noted] == [
        ("mesin:2", 0, 0), ("mesin:1", 5, 60),
    ]  # fmt: skip
    assert len(noted[1]["error"]) == 400
    clock.advance(timedelta(days=3))
    record_tick(there, "anchor_history", "mesin:3", 0)
    assert [one["worker"] for one in list_workers(there, admin)] == ["mesin:3"]
    for read in (list_workers, due_timers, list_jobs):
        with pytest.raises(Forbidden):
            read(service, auditor)
