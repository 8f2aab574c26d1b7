"""Messages reach exactly one waiting request, signals all; jobs go to workers under a lease."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.activate_jobs import activate_jobs
from engine.commands.complete_job import complete_job
from engine.commands.dispatch_outbox import dispatch_outbox
from engine.commands.fail_job import fail_job
from engine.commands.retry_instance import retry_instance
from engine.commands.send_message import MessageNotAwaited, send_message
from engine.commands.send_signal import send_signal
from engine.commands.start_instance import start_instance
from engine.commands.throw_job_error import throw_job_error
from engine.context import Context
from engine.errors import Forbidden
from engine.storage.tables import instances
from tests_support import MakeActor, deploy_small

ROOTS = '<bpmn:message id="m" name="bayar"/><bpmn:signal id="s" name="libur"/>'
WAITS = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="tunggu"/>
<bpmn:intermediateCatchEvent id="tunggu"><bpmn:{kind}EventDefinition {kind}Ref="{ref}"/></bpmn:intermediateCatchEvent>
<bpmn:sequenceFlow id="f2" sourceRef="tunggu" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""
STARTED = """<bpmn:startEvent id="mulai"><bpmn:{kind}EventDefinition {kind}Ref="{ref}"/></bpmn:startEvent>
<bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""
JOB = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="kirim"/>
<bpmn:serviceTask id="kirim" name="Kirim ke SIMPEG"/><bpmn:sequenceFlow id="f2" sourceRef="kirim" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def test_a_message_reaches_exactly_the_request_it_names(service: Context, actor: MakeActor, worker: Actor) -> None:
    deploy_small(service, WAITS.format(kind="message", ref="m"), root=ROOTS)
    staff = actor("staf")
    first, second = (start_instance(service, staff, "kecil", {}) for _ in range(2))
    taken = send_message(service, worker, "bayar", second["registration_number"], {"jumlah": 5})
    assert (taken["id"], taken["status"]) == (second["id"], "completed")
    assert send_message(service, worker, "bayar", None, {})["id"] == first["id"]
    with pytest.raises(MessageNotAwaited):
        send_message(service, worker, "bayar", None, {})


def test_a_message_starts_a_definition_that_begins_with_it(service: Context, worker: Actor) -> None:
    deploy_small(service, STARTED.format(kind="message", ref="m"), root=ROOTS)
    assert send_message(service, worker, "bayar", None, {"jumlah": 1})["status"] == "completed"


def test_a_message_with_the_same_key_is_taken_once(service: Context, actor: MakeActor, worker: Actor) -> None:
    deploy_small(service, WAITS.format(kind="message", ref="m"), root=ROOTS)
    staff = actor("staf")
    for _ in range(2):
        start_instance(service, staff, "kecil", {})
    first = send_message(service, worker, "bayar", None, {}, idempotency_key="x")
    assert send_message(service, worker, "bayar", None, {}, idempotency_key="x") == first


def test_a_signal_reaches_all_and_starts_others(service: Context, actor: MakeActor, worker: Actor) -> None:
    deploy_small(service, WAITS.format(kind="signal", ref="s"), root=ROOTS)
    deploy_small(service, STARTED.format(kind="signal", ref="s"), root=ROOTS, key="mulai-sinyal")
    staff = actor("staf")
    ids = {start_instance(service, staff, "kecil", {})["id"] for _ in range(3)}
    answer = send_signal(service, worker, "libur", {})
    assert set(answer["delivered"]) == ids
    assert len(answer["started"]) == 1


THROWS = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="lempar"/>
<bpmn:intermediateThrowEvent id="lempar"><bpmn:signalEventDefinition signalRef="s"/></bpmn:intermediateThrowEvent>
<bpmn:sequenceFlow id="f2" sourceRef="lempar" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""


def test_a_thrown_signal_leaves_the_instance_through_the_outbox(service: Context, actor: MakeActor) -> None:
    deploy_small(service, WAITS.format(kind="signal", ref="s"), root=ROOTS)
    deploy_small(service, THROWS, root=ROOTS, key="pelempar")
    staff = actor("staf")
    waiting = start_instance(service, staff, "kecil", {})
    start_instance(service, staff, "pelempar", {})
    dispatch_outbox(service)
    with service.database.read() as connection:
        query = select(instances.c.status).where(instances.c.id == waiting["id"])
        assert connection.execute(query).scalar_one() == "completed"


def test_staff_cannot_send_messages(service: Context, actor: MakeActor) -> None:
    with pytest.raises(Forbidden):
        send_message(service, actor("staf"), "bayar", None, {})


def test_a_job_is_leased_once_and_completed(
    service: Context, actor: MakeActor, worker: Actor, clock: TestClock
) -> None:
    deploy_small(service, JOB)
    start_instance(service, actor("staf"), "kecil", {"nip": "1"})
    (job,) = activate_jobs(service, worker, "kirim", lease_seconds=60)
    assert job["variables"] == {"nip": "1"}
    assert activate_jobs(service, worker, "kirim") == []
    clock.advance(timedelta(seconds=61))
    (again,) = activate_jobs(service, worker, "kirim")
    assert again["id"] == job["id"]
    assert complete_job(service, worker, job["id"], {"terkirim": True})["status"] == "completed"


def test_a_job_whose_error_nothing_caught_is_given_to_nobody_until_it_is_retried(
    service: Context, actor: MakeActor, worker: Actor, admin: Actor, clock: TestClock
) -> None:
    deploy_small(service, JOB)
    view = start_instance(service, actor("staf"), "kecil", {})
    (job,) = activate_jobs(service, worker, "kirim")
    assert throw_job_error(service, worker, job["id"], "asing")["status"] == "incident"
    clock.advance(timedelta(hours=1))
    assert activate_jobs(service, worker, "kirim") == []
    assert retry_instance(service, admin, view["id"], "dibetulkan")["status"] == "running"
    clock.advance(timedelta(hours=1))
    assert [one["id"] for one in activate_jobs(service, worker, "kirim")] == [job["id"]]


def test_a_job_without_retries_is_an_incident_that_can_be_retried(
    service: Context, actor: MakeActor, worker: Actor, admin: Actor
) -> None:
    deploy_small(service, JOB)
    view = start_instance(service, actor("staf"), "kecil", {})
    (job,) = activate_jobs(service, worker, "kirim")
    assert fail_job(service, worker, job["id"], "SIMPEG mati", retries=0)["status"] == "incident"
    assert retry_instance(service, admin, view["id"], "SIMPEG hidup lagi")["status"] == "running"
    (again,) = activate_jobs(service, worker, "kirim")
    assert complete_job(service, worker, again["id"], {})["status"] == "completed"
