"""Starting: numbers without gaps or doubles, forms checked, repetitions harmless."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import Forbidden, NotFound
from forms.errors import FormInvalid
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

ONE_TASK = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Periksa"/><bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def test_numbers_are_gapless_under_concurrency(service: Context, actor: MakeActor) -> None:
    deploy_small(service, ONE_TASK)
    staff = actor("staf")
    with ThreadPoolExecutor(8) as pool:
        views = list(pool.map(lambda _: start_instance(service, staff, "kecil", {}), range(24)))
    numbers = sorted(view["registration_number"] for view in views)
    assert numbers == [f"KOMINFO-2026-{ordinal:06d}" for ordinal in range(1, 25)]


def test_a_refused_start_takes_no_number(service: Context, warga: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    with pytest.raises(FormInvalid):
        start_instance(service, warga, ACCOUNT, {"asing": True})
    assert start_instance(service, warga, ACCOUNT, {})["registration_number"] == "KOMINFO-2026-000001"


def test_the_year_is_that_of_the_agency(service: Context, actor: MakeActor, clock: TestClock) -> None:
    from datetime import UTC, datetime

    deploy_small(service, ONE_TASK)
    clock.set(datetime(2026, 12, 31, 17, 30, tzinfo=UTC))  # 1 January 2027, 00.30 WIB
    assert start_instance(service, actor("staf"), "kecil", {})["registration_number"] == "KOMINFO-2027-000001"


def test_the_same_key_starts_once(service: Context, warga: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    first = start_instance(service, warga, ACCOUNT, {}, idempotency_key="a")
    assert start_instance(service, warga, ACCOUNT, {}, idempotency_key="a")["id"] == first["id"]


def test_the_applicants_task_is_the_applicants(service: Context, warga: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    opened = start_instance(service, warga, ACCOUNT, {})["tasks"]
    assert [one["assignee_id"] for one in opened] == [warga.person_id]


def test_unknown_definitions_and_strangers_are_refused(service: Context, warga: Actor, auditor: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    with pytest.raises(NotFound):
        start_instance(service, warga, "tidak-ada", {})
    with pytest.raises(NotFound):
        start_instance(service, warga, ACCOUNT, {}, version=7)
    with pytest.raises(Forbidden):
        start_instance(service, auditor, ACCOUNT, {})
