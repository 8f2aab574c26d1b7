"""Reports count what happened: lateness in working time, conformance, drill-down; secret requests are not named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engine.assignment import ADMIN, AUDITOR, CONFIDENTIAL_AUDITOR, LEADER, Actor, may_be_listed
from engine.clock import TestClock
from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.commands.summarise import summarise, summarise_everything
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.queries.compliance import compliance
from engine.queries.heatmap import heatmap
from engine.queries.report import report
from engine.queries.report_filter import ReportFilter
from engine.queries.report_lists import report_requests, report_tasks
from engine.storage.tables import request_facts, task_facts
from tests_support import ACCOUNT, MakeActor, deploy_sop

CHECKED = {"kelengkapan": ["butir_1"]}


@pytest.fixture
def leader(actor: MakeActor) -> Actor:
    return actor("pimpinan", LEADER)


@pytest.fixture
def head(service: Context, actor: MakeActor) -> Actor:
    deploy_sop(service, ACCOUNT)
    return actor("kadis", "trenggalek-kadis-kominfo")


def facts(service: Context) -> tuple[int, int]:
    with service.database.read() as connection:
        return (
            len(connection.execute(select(task_facts.c.task_id)).all()),
            len(connection.execute(select(request_facts.c.instance_id)).all()),
        )


def asked(service: Context, warga: Actor) -> str:
    """A request whose first task its applicant has done; it lies with the head of the office now."""
    view = start_instance(service, warga, ACCOUNT, {})
    return str(complete_task(service, warga, view["tasks"][0]["id"], CHECKED)["tasks"][0]["id"])


def test_late_and_in_time(service: Context, head: Actor, warga: Actor, leader: Actor, clock: TestClock) -> None:
    first, second = asked(service, warga), asked(service, warga)
    complete_task(service, head, first, CHECKED)
    before = report(service, leader, ReportFilter())["totals"]
    assert (before["done"], before["open"], before["open_late"]) == (0, 2, 0)  # nothing reckoned yet
    summarise_everything(service)
    clock.advance(timedelta(days=60))
    complete_task(service, head, second, CHECKED)
    summarise_everything(service)
    found = report(service, leader, ReportFilter())
    totals = found["totals"]
    assert (totals["done"], totals["limited"], totals["late"], totals["on_time"]) == (2, 2, 1, 1)
    assert totals["on_time_share"] == 0.5
    assert totals["open_late"] >= 1  # the one that the first completion opened
    assert [one["key"] for one in found["roles"] if one["late"]] == ["trenggalek-kadis-kominfo"]
    by_activity = compliance(service, leader)
    assert by_activity["since"] == found["since"]
    same = {name: totals[name] for name in ("on_time", "late", "open", "open_late")}
    assert by_activity["totals"] == {"completed": totals["done"]} | same
    assert [(one["element_id"], one["role"]) for one in by_activity["items"] if one["late"]] == [
        ("kegiatan_2", "trenggalek-kadis-kominfo")
    ]
    none = compliance(service, leader, since=date(2025, 1, 1), until=date(2025, 1, 31))
    assert none["totals"]["completed"] == 0
    with pytest.raises(InvalidInput):
        compliance(service, leader, since=date(2020, 1, 1))
    late = report_tasks(service, leader, ReportFilter(), "late")["items"]
    assert [one["task_id"] for one in late] == [second]
    assert late[0]["late_minutes"] > 450
    assert late[0]["minutes"] < 60 * 24 * 60  # working time, not elapsed time


def test_the_job_does_nothing_twice_and_misses_nothing(service: Context, head: Actor, warga: Actor) -> None:
    complete_task(service, head, asked(service, warga), CHECKED)
    assert summarise(service) == 2
    assert summarise(service) == 0
    assert summarise_everything(service) == 0
    asked(service, warga)
    assert summarise(service) == 1  # the same moment on a standing clock
    assert facts(service) == (3, 0)


def test_deviations_are_listed_with_their_reason(
    service: Context, head: Actor, warga: Actor, leader: Actor, admin: Actor
) -> None:
    instance_id = asked(service, warga).partition("-")[0]
    running = report_requests(service, leader, ReportFilter(), "running")["items"]
    assert [one["instance_id"] for one in running] == [instance_id]
    cancel_instance(service, admin, instance_id, "ditarik pemohon")
    summarise_everything(service)
    totals = report(service, leader, ReportFilter(definition=ACCOUNT))["totals"]
    assert (totals["ended"], totals["cancelled"], totals["conformant"], totals["running"]) == (1, 1, 0, 0)
    listed = report_requests(service, leader, ReportFilter(), "deviating")["items"]
    assert [(one["kind"], one["reason"]) for one in listed[0]["deviations"]] == [("cancelled", "ditarik pemohon")]
    assert report_requests(service, leader, ReportFilter(), "conformant")["items"] == []


def test_the_applicants_time_is_not_the_offices(
    service: Context, head: Actor, warga: Actor, leader: Actor, admin: Actor, clock: TestClock
) -> None:
    view = start_instance(service, warga, ACCOUNT, {})
    clock.advance(timedelta(days=7))  # five working days with the applicant
    complete_task(service, warga, view["tasks"][0]["id"], CHECKED)
    clock.advance(timedelta(hours=1))
    cancel_instance(service, admin, view["id"], "uji")
    summarise_everything(service)
    found = report_requests(service, leader, ReportFilter(), "ended")["items"][0]
    assert found["own_minutes"] == 60
    assert found["applicant_minutes"] > 4 * 390
    assert report(service, leader, ReportFilter())["totals"]["done"] == 0  # the applicant's task is no work of ours


def test_lists_go_on_page_by_page(service: Context, head: Actor, warga: Actor, leader: Actor) -> None:
    wanted = {asked(service, warga) for _ in range(5)}
    seen, cursor = [], None
    while True:
        page = report_tasks(service, leader, ReportFilter(), "open", limit=2, cursor=cursor)
        seen += [one["task_id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 5
    assert set(seen) == wanted


def test_the_heatmap_counts_elements_and_flows(service: Context, head: Actor, warga: Actor, leader: Actor) -> None:
    complete_task(service, head, asked(service, warga), CHECKED)
    summarise_everything(service)
    found = heatmap(service, leader, ReportFilter(definition=ACCOUNT))
    assert found["requests"] == 1
    assert found["elements"]["kegiatan_2"]["passes"] == 1
    assert found["elements"]["kegiatan_2"]["late_share"] == 0
    assert found["elements"]["kegiatan_3"]["open"] == 1
    assert found["elements"]["alur_kegiatan_1_kegiatan_2"] == {"passes": 1}


@pytest.mark.parametrize("wanted", [
    ReportFilter(since=date(2026, 3, 2), until=date(2026, 3, 1)), ReportFilter(since=date(2020, 1, 1)),
])  # fmt: skip
def test_periods_are_bounded(service: Context, leader: Actor, wanted: ReportFilter) -> None:
    with pytest.raises(InvalidInput) as refusal:
        report(service, leader, wanted)
    assert refusal.value.errors[0]["field"] == "since"


def test_reports_are_for_those_who_read_them(service: Context, head: Actor, warga: Actor) -> None:
    for who in (head, warga):
        with pytest.raises(Forbidden):
            report(service, who, ReportFilter())
        with pytest.raises(Forbidden):
            report_tasks(service, who, ReportFilter(), "late")
        with pytest.raises(Forbidden):
            heatmap(service, who, ReportFilter(definition=ACCOUNT))


def test_secret_requests_are_counted_and_named_to_cleared_auditors_only(
    service: Context, actor: MakeActor, warga: Actor, leader: Actor, admin: Actor, auditor: Actor
) -> None:
    cleared = actor("auditor-rahasia", AUDITOR, CONFIDENTIAL_AUDITOR)
    deploy_sop(service, ACCOUNT)
    asked(service, warga)
    with service.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE instances SET confidentiality = 'rahasia'")
    for who in (leader, admin, auditor):
        assert report(service, who, ReportFilter())["totals"]["open"] == 1
        assert report_tasks(service, who, ReportFilter(), "open")["items"] == []
        assert report_requests(service, who, ReportFilter(), "running")["items"] == []
        assert not may_be_listed(who, "rahasia")
        assert may_be_listed(who, "terbatas")
    assert len(report_tasks(service, cleared, ReportFilter(), "open")["items"]) == 1
    assert not may_be_listed(warga, "biasa")
    assert ADMIN in admin.roles
