"""Re-execution agrees with every kind of input a request can have."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from engine.assignment import Actor
from engine.change import newest_deployed
from engine.clock import TestClock
from engine.commands.activate_jobs import activate_jobs
from engine.commands.cancel_instance import cancel_instance
from engine.commands.change_calendar import change_calendar
from engine.commands.complete_job import complete_job
from engine.commands.complete_task import complete_task
from engine.commands.fail_job import fail_job
from engine.commands.fire_timers import fire_timers
from engine.commands.migrate_instance import migrate_instance
from engine.commands.modify_instance import modify_instance
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.resume_instance import resume_instance
from engine.commands.retry_instance import retry_instance
from engine.commands.send_message import send_message
from engine.commands.send_signal import send_signal
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.commands.throw_job_error import throw_job_error
from engine.commands.verify_execution import verify_execution
from engine.context import Context, Memory
from engine.deployed import Deployed
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

FLOW = '<bpmn:sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'


def line(*nodes: tuple[str, str]) -> str:
    """Elements (tag with attributes, id) one after the other."""
    ids = [id_ for _, id_ in nodes]
    body = "".join(tag.format(id=id_) for tag, id_ in nodes)
    return body + "".join(FLOW.format(a, b) for a, b in pairwise(ids))


START = ('<bpmn:startEvent id="{id}"/>', "mulai")
END = ('<bpmn:endEvent id="{id}"/>', "akhir")
TASK = ('<bpmn:userTask id="{id}" name="Periksa"/>', "periksa")
JOB = ('<bpmn:serviceTask id="{id}" name="Kirim"/>', "kirim")
ROOTS = (
    '<bpmn:message id="m" name="bayar"/><bpmn:signal id="s" name="libur"/>'
    '<bpmn:error id="e" name="e" errorCode="E1"/>'
)
CATCH = '<bpmn:intermediateCatchEvent id="{{id}}"><bpmn:{0}EventDefinition {0}Ref="{1}"/></bpmn:intermediateCatchEvent>'


def agrees(context: Context, actor: Actor, instance_id: str) -> None:
    verdict = verify_execution(context, actor, instance_id)
    assert (verdict["problems"], verdict["execution"]) == ([], "agrees")


def test_forms_branches_timers_and_a_decree(
    service: Context, warga: Actor, admin: Actor, actor: MakeActor, clock: TestClock
) -> None:
    deploy_sop(service, ACCOUNT)
    posts = ("kadis-kominfo", "kabid-aptika", "pejabat-fungsional-aptika")
    staff = actor("semua", *[f"trenggalek-{post}" for post in posts])
    view = start_instance(service, warga, ACCOUNT, {})
    change_calendar(service, admin, [{"date": "2026-03-10", "name": "Cuti bersama"}], decree="Uji 1")
    recompute_deadlines(service)
    rounds = 0
    while view["tasks"]:
        clock.advance(timedelta(days=3))
        fire_timers(service)
        task = view["tasks"][0]
        data = {}
        if task["element_id"] in ("kegiatan_1", "kegiatan_2", "kegiatan_3", "kegiatan_4", "kegiatan_7"):
            data["kelengkapan"] = ["butir_1"]
        if task["element_id"] == "kegiatan_4":
            data["keputusan_kegiatan_4"] = "tidak lengkap" if rounds == 0 else "lengkap"
            data["catatan_kegiatan_4"] = "KTP belum ada"
            rounds += 1
        view = complete_task(service, warga if task["role"] == "pemohon" else staff, task["id"], data)
    assert (view["status"], rounds) == ("completed", 2)
    agrees(service, admin, view["id"])


def test_a_return_from_before_reasons_were_due(
    service: Context, warga: Actor, admin: Actor, actor: MakeActor
) -> None:
    deploy_sop(service, ACCOUNT)
    posts = ("kadis-kominfo", "kabid-aptika", "pejabat-fungsional-aptika")
    staff = actor("semua", *[f"trenggalek-{post}" for post in posts])
    with service.database.read() as connection:
        now = newest_deployed(service, connection, ACCOUNT)
    before = Memory[Deployed](1)
    before.get(now.id, lambda: replace(now, returns={}))
    old = replace(service, deployed=before)
    view = start_instance(old, warga, ACCOUNT, {})
    for number in range(4):
        data = {"kelengkapan": ["butir_1"]} if number < 3 else {"keputusan_kegiatan_4": "tidak lengkap"}
        view = complete_task(old, warga if number == 0 else staff, view["tasks"][0]["id"], data)
    assert [task["element_id"] for task in view["tasks"]] == ["kegiatan_1"]
    agrees(service, admin, view["id"])


def test_messages_signals_and_jobs(service: Context, actor: MakeActor, worker: Actor, admin: Actor) -> None:
    nodes = (START, (CATCH.format("message", "m"), "bayar"), (CATCH.format("signal", "s"), "libur"), JOB, END)
    deploy_small(service, line(*nodes), root=ROOTS)
    view = start_instance(service, actor("staf"), "kecil", {"jumlah": 3})
    send_message(service, worker, "bayar", view["registration_number"], {"lunas": True})
    send_signal(service, worker, "libur", {"hari": 2})
    (job,) = activate_jobs(service, worker, "kirim")
    fail_job(service, worker, job["id"], "mati", retries=0)
    retry_instance(service, admin, view["id"], "hidup lagi", variables={"jumlah": 4})
    (job,) = activate_jobs(service, worker, "kirim")
    assert complete_job(service, worker, job["id"], {"ok": 1})["status"] == "completed"
    agrees(service, admin, view["id"])


def test_an_error_from_a_job_that_a_boundary_event_catches(
    service: Context, actor: MakeActor, worker: Actor, admin: Actor
) -> None:
    caught = (
        '<bpmn:boundaryEvent id="gagal" attachedToRef="kirim"><bpmn:errorEventDefinition errorRef="e"/>'
        '</bpmn:boundaryEvent><bpmn:endEvent id="tertangkap"/>' + FLOW.format("gagal", "tertangkap")
    )
    deploy_small(service, line(START, JOB, END) + caught, root=ROOTS)
    view = start_instance(service, actor("staf"), "kecil", {})
    (job,) = activate_jobs(service, worker, "kirim")
    assert throw_job_error(service, worker, job["id"], "E1", message="ditolak")["status"] == "completed"
    agrees(service, admin, view["id"])


@pytest.mark.parametrize("end", ["cancel", "modify", "suspend"])
def test_interventions(service: Context, actor: MakeActor, admin: Actor, end: str) -> None:
    deploy_small(service, line(START, TASK, END))
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {"a": 1})
    if end == "cancel":
        cancel_instance(service, admin, view["id"], "dicabut pemohon")
    elif end == "modify":
        token = view["tasks"][0]["id"].rsplit("-", 1)[1]
        change = {"cancel": [token], "activate": ["periksa"], "variables": {"a": 2}}
        modify_instance(service, admin, view["id"], "salah loket", **change)
    else:
        suspend_instance(service, admin, view["id"], "menunggu")
        resume_instance(service, admin, view["id"], "lanjut")
    agrees(service, admin, view["id"])


def test_migration_to_a_newer_version(service: Context, actor: MakeActor, admin: Actor) -> None:
    deploy_small(service, line(START, TASK, END))
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})
    deploy_small(service, line(START, ('<bpmn:userTask id="{id}" name="Teliti"/>', "teliti"), END))
    moved = migrate_instance(service, admin, view["id"], 2, "SOP baru", mapping={"periksa": "teliti"})
    assert [one["element_id"] for one in moved["tasks"]] == ["teliti"]
    assert complete_task(service, staff, moved["tasks"][0]["id"], {})["status"] == "completed"
    agrees(service, admin, view["id"])
