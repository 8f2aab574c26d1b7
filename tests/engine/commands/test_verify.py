"""Verification finds whatever was changed, says which entry, and re-execution agrees with what happened."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.anchor_history import anchor_history
from engine.commands.change_agency import change_agency
from engine.commands.change_calendar import change_calendar
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.commands.verify_execution import verify_execution
from engine.context import Context
from engine.errors import InvalidInput, WrongState
from engine.history.chain import Entry, canonical, genesis, seal
from engine.history.export import check_lines, to_line
from engine.queries.administration_log import verify_administration
from engine.queries.replay import replay as read_frames
from engine.queries.verify import verify_everything
from engine.storage import history
from engine.storage.schema import APPEND_ONLY
from engine.storage.tables import metadata
from engine.storage.verification import check_instance
from tests_support import ACCOUNT, deploy_sop


def forge(context: Context, statement: str, **values: Any) -> None:
    """Changes the database behind the triggers' back, as somebody with full access could."""
    engine = context.database.engine
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement), values)
            connection.execute(text("SET session_replication_role = DEFAULT"))
            return
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type='trigger'")).all()
        for trigger in triggers:
            connection.execute(text(f"DROP TRIGGER {trigger.name}"))
        connection.execute(text(statement), values)
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)


@pytest.fixture
def request_id(service: Context, warga: Actor) -> str:
    deploy_sop(service, ACCOUNT)
    view = start_instance(service, warga, ACCOUNT, {"perihal": "akun"})
    complete_task(service, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    return str(view["id"])


def problems(context: Context, instance_id: str) -> list[tuple[int, str]]:
    with context.database.read() as connection:
        return [(one["seq"], one["kind"]) for one in check_instance(connection, instance_id)["problems"]]


def test_an_untouched_history_is_valid_and_executes_the_same(service: Context, warga: Actor, request_id: str) -> None:
    verdict = verify_execution(service, warga, request_id)
    assert (verdict["valid"], verdict["execution"]) == (True, "agrees")


def test_a_step_recorded_meanwhile_is_no_false_alarm(
    service: Context, warga: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy_sop(service, ACCOUNT)
    view = start_instance(service, warga, ACCOUNT, {"perihal": "akun"})
    read = history.entries

    def while_somebody_works(*args: Any, **options: Any) -> Any:
        monkeypatch.setattr(history, "entries", read)
        complete_task(service, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
        return read(*args, **options)

    monkeypatch.setattr(history, "entries", while_somebody_works)
    assert problems(service, str(view["id"])) == []


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_database_refuses_to_change_what_is_append_only(service: Context, request_id: str, table: str) -> None:
    anchor_history(service)
    column = str(metadata.tables[table].columns.keys()[-1])
    statements = [f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"]
    if service.database.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    for statement in statements:
        with pytest.raises(Exception, match="append-only"), service.database.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE history SET data = '{}' WHERE seq = 3", (3, "changed")),
        ("UPDATE history SET actor = '{}' WHERE seq = 1", (1, "changed")),
        ("UPDATE history SET type = 'task_completed' WHERE seq = 4", (4, "changed")),
        ("DELETE FROM history WHERE seq = 5", (5, "missing")),
        ("DELETE FROM history WHERE seq >= 12", (12, "missing")),
        ("UPDATE instances SET state = replace(state, 'akun', 'lain')", (0, "state")),
        ("UPDATE instances SET state = 'x'", (0, "state")),
        ("UPDATE instances SET status = 'completed'", (0, "row")),
        ("UPDATE instances SET registration_number = 'LAIN-2026-000001'", (0, "row")),
        ("UPDATE instances SET started_by = 'orang.lain'", (0, "row")),
        ("UPDATE instances SET next_due_at = NULL", (0, "row")),
        ("UPDATE instances SET confidentiality = 'rahasia'", (0, "row")),
        ("UPDATE definitions SET version = 2", (0, "row")),
        ("UPDATE tasks SET due_at = '2030-01-01 00:00:00.000000' WHERE status = 'open'", (0, "task")),
        ("UPDATE tasks SET status = 'completed' WHERE status = 'open'", (0, "task")),
        ("UPDATE instances SET anchored_seq = 9", (9, "anchor")),
        ("UPDATE definitions SET hash = 'x'", (0, "definition")),
    ],
)
def test_every_forgery_is_found(service: Context, request_id: str, statement: str, found: tuple[int, str]) -> None:
    forge(service, statement)
    assert found in problems(service, request_id)


def test_an_entry_inserted_at_the_end_is_found(service: Context, request_id: str) -> None:
    forge(
        service,
        "INSERT INTO history SELECT instance_id, seq + 100, type, element_id, at, actor, data, hash FROM history "
        "WHERE seq = (SELECT max(seq) FROM history WHERE instance_id = :id) AND instance_id = :id",
        id=request_id,
    )
    assert {kind for _, kind in problems(service, request_id)} & {"inserted", "missing"}


def test_a_removed_instance_is_found_by_the_anchor(service: Context, request_id: str, clock: TestClock) -> None:
    assert anchor_history(service) == 2  # the request, and the administration
    for table in ("tasks", "subscriptions", "history", "instances"):
        column = "id" if table == "instances" else "instance_id"
        forge(service, f"DELETE FROM {table} WHERE {column} = :id", id=request_id)
    found = [one for one in verify_everything(service) if not one["valid"]]
    assert [one["instance_id"] for one in found] == ["registration numbers", "anchor 1"]
    assert request_id in found[1]["problems"][0]["message"]


def test_an_act_of_administration_cut_off_is_found_by_the_anchor(
    service: Context, admin: Actor, request_id: str
) -> None:
    anchor_history(service)
    seen = verify_administration(service, admin)
    assert (seen["valid"], seen["anchored_seq"]) == (True, seen["entries"])
    last = "seq = (SELECT max(seq) FROM history WHERE instance_id = 'administration')"
    forge(service, f"DELETE FROM history WHERE instance_id = 'administration' AND {last}")
    assert [one["kind"] for one in verify_administration(service, admin)["problems"]] == ["anchor"]
    assert [one["instance_id"] for one in verify_everything(service) if not one["valid"]] == ["anchor 1"]


@pytest.mark.parametrize("statement", ["UPDATE anchors SET root = '00'", "UPDATE anchors SET leaves = 7"])
def test_a_forged_anchor_is_found(service: Context, request_id: str, statement: str) -> None:
    anchor_history(service)
    forge(service, statement)
    assert any(one["instance_id"] == "anchor 1" and not one["valid"] for one in verify_everything(service))


def test_a_removed_anchor_is_found_by_the_requests_it_held(service: Context, request_id: str) -> None:
    anchor_history(service)
    forge(service, "DELETE FROM anchor_leaves")
    forge(service, "DELETE FROM anchors")
    assert [kind for _, kind in problems(service, request_id)] == ["anchor"]


def test_a_request_removed_before_any_anchor_is_found_by_its_number(service: Context, request_id: str) -> None:
    for table in ("tasks", "subscriptions", "instances"):
        forge(service, f"DELETE FROM {table} WHERE {'id' if table == 'instances' else 'instance_id'} = '{request_id}'")
    found = {one["instance_id"]: one["problems"][0]["kind"] for one in verify_everything(service) if not one["valid"]}
    assert found == {request_id: "missing", "registration numbers": "missing"}


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE calendar_changes SET name = 'Hari Lain' WHERE version = 2", (2, "changed")),
        ("DELETE FROM calendar_changes WHERE version = 2", (2, "missing")),
        ("DELETE FROM calendar_changes WHERE version = 1 AND name LIKE '%Natal%'", (1, "changed")),
        ("UPDATE calendar_changes SET version = 9 WHERE version = 3", (9, "inserted")),
        ("UPDATE calendar_changes SET date = '2026-01-02' WHERE version = 0", (0, "changed")),
    ],
)
def test_a_forged_calendar_is_found(
    service: Context, admin: Actor, statement: str, found: tuple[int, str]
) -> None:
    change_calendar(service, admin, [{"date": "2026-06-03", "name": "Hari Uji"}], decree="Uji 1")
    with service.database.read() as connection:
        code = connection.execute(text("SELECT code FROM agencies ORDER BY id")).scalars().first()
    change_agency(service, admin, str(code), {"zone": "Asia/Makassar"}, "uji")
    assert verify_administration(service, admin)["valid"]
    forge(service, statement)
    seen = [(one["seq"], one["kind"]) for one in verify_administration(service, admin)["problems"]]
    assert found in seen
    assert [one["instance_id"] for one in verify_everything(service) if not one["valid"]] == ["calendar"]


def test_an_export_is_verified_without_the_database(service: Context, request_id: str) -> None:
    with service.database.read() as connection:
        lines = [to_line(entry) for entry in history.entries(connection, request_id)]
    assert check_lines(lines) == {request_id: []}
    changed = json.loads(lines[6]) | {"at": "2026-01-01T00:00:00.000000Z"}
    lines[6] = json.dumps(changed)
    assert [one.seq for one in check_lines(lines)[request_id]] == [7]
    for wrong in ({"seq": "7"}, {"seq": None}, {"instance_id": 7}, {"hash": {}}):
        with pytest.raises(InvalidInput, match="line 7"):
            check_lines([*lines[:6], json.dumps(changed | wrong)])


def reseal(context: Context, instance_id: str, changed: Callable[[Entry], Entry | None]) -> None:
    """Rewrites entries (None: as if that one had never been) and seals the whole chain again, head included."""
    with context.database.read() as connection:
        entries = [changed(entry) for entry in history.entries(connection, instance_id)]
    head, seq = genesis(instance_id), 0
    forge(context, "DELETE FROM history WHERE instance_id = :id", id=instance_id)
    for entry in filter(None, entries):
        seq += 1
        head = seal(instance_id, seq, head, entry.type, entry.element_id, entry.at, entry.actor, entry.data)
        row = asdict(entry) | {"seq": seq, "at": datetime.fromisoformat(entry.at), "hash": head}
        with context.database.write() as connection:
            history.insert_entries(connection, [row])
    forge(context, "UPDATE instances SET head = :head, seq = :seq", head=head, seq=seq)


def test_re_execution_finds_what_a_consistent_forger_rewrote(service: Context, warga: Actor, request_id: str) -> None:
    def led_elsewhere(entry: Entry) -> Entry:
        if entry.type != "flow_taken" or "kegiatan_2" not in entry.data:
            return entry
        return replace(entry, data=canonical({**json.loads(entry.data), "target": "kegiatan_5"}))

    reseal(service, request_id, led_elsewhere)
    assert verify_execution(service, warga, request_id)["execution"]["seq"] > 0


def test_what_follows_from_no_input_is_found(service: Context, warga: Actor, request_id: str) -> None:
    """The act is taken out and what came of it stays: every entry fits the one before, but nobody did anything."""
    reseal(service, request_id, lambda entry: None if entry.type == "task_completed" else entry)
    verdict = verify_execution(service, warga, request_id)
    assert "neither" in verdict["execution"]["message"]


@pytest.mark.parametrize("type_", ["instance_started", "task_completed", "timer_armed"])
def test_entries_without_their_data_are_a_finding(
    service: Context, warga: Actor, request_id: str, type_: str
) -> None:
    reseal(service, request_id, lambda entry: replace(entry, data="{}") if entry.type == type_ else entry)
    verdict = verify_execution(service, warga, request_id)
    assert (verdict["valid"], verdict["execution"]["recorded"]["data"]) == (False, {})
    if type_ != "instance_started":
        with pytest.raises(WrongState, match="was changed"):
            read_frames(service, warga, request_id)
