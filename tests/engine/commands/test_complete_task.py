"""Completing a task: data checked, exactly one winner, repetitions harmless, few statements."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bench.driver import Count, watched
from engine.assignment import Actor
from engine.clock import Clock
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import AlurError, Conflict, Forbidden, NotFound, PreconditionFailed, WrongState
from engine.queries.instances import instance_history
from engine.queries.tasks import task
from engine.storage.tables import history, instances, tasks
from engine.storage.verification import check_instance
from forms.errors import FormInvalid
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

ONE_TASK = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Periksa"/><bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""
DATA = {"kelengkapan": ["butir_1"]}


@pytest.fixture
def open_task(service: Context, warga: Actor) -> str:
    """The first task of an account request, which lies with the citizen."""
    deploy_sop(service, ACCOUNT)
    return str(start_instance(service, warga, ACCOUNT, {})["tasks"][0]["id"])


def test_the_next_task_opens_for_the_next_lane(service: Context, warga: Actor, open_task: str) -> None:
    view = complete_task(service, warga, open_task, DATA)
    assert view["status"] == "running"
    assert [(one["element_id"], one["role"]) for one in view["tasks"]] == [("kegiatan_2", "trenggalek-kadis-kominfo")]


def test_wrong_data_is_refused_and_nothing_is_stored(service: Context, warga: Actor, open_task: str) -> None:
    with pytest.raises(FormInvalid) as refusal:
        complete_task(service, warga, open_task, {"kelengkapan": [], "asing": 1})
    assert {error["field"] for error in refusal.value.errors} >= {"asing"}
    assert task(service, warga, open_task)["status"] == "open"


def test_a_stranger_does_not_learn_that_the_task_exists(service: Context, actor: MakeActor, open_task: str) -> None:
    with pytest.raises(NotFound):
        complete_task(service, actor("orang-lain", kind="warga"), open_task, DATA)


def test_a_task_held_by_a_colleague_is_refused(
    service: Context, warga: Actor, actor: MakeActor, open_task: str
) -> None:
    following = complete_task(service, warga, open_task, DATA)["tasks"][0]["id"]
    first, second = actor("kadis", "trenggalek-kadis-kominfo"), actor("plh", "trenggalek-kadis-kominfo")
    claim_task(service, first, following)
    with pytest.raises(Forbidden):
        complete_task(service, second, following, DATA)
    with pytest.raises(Conflict):
        claim_task(service, second, following)


def test_a_second_completion_is_a_wrong_state(service: Context, warga: Actor, open_task: str) -> None:
    complete_task(service, warga, open_task, DATA)
    with pytest.raises(WrongState):
        complete_task(service, warga, open_task, DATA)


def test_the_same_idempotency_key_gives_the_same_answer(service: Context, warga: Actor, open_task: str) -> None:
    first = complete_task(service, warga, open_task, DATA, idempotency_key="k1")
    assert complete_task(service, warga, open_task, DATA, idempotency_key="k1") == first
    with pytest.raises(Conflict):
        complete_task(service, warga, open_task, {"kelengkapan": []}, idempotency_key="k1")


def test_an_old_etag_is_refused(service: Context, warga: Actor, actor: MakeActor, open_task: str) -> None:
    following = complete_task(service, warga, open_task, DATA)["tasks"][0]["id"]
    kadis = actor("kadis", "trenggalek-kadis-kominfo")
    old = task(service, kadis, following)["etag"]
    claim_task(service, kadis, following)
    with pytest.raises(PreconditionFailed):
        complete_task(service, kadis, following, DATA, if_match=old)
    fresh = task(service, kadis, following)["etag"]
    assert complete_task(service, kadis, following, DATA, if_match=fresh)["status"] == "running"


@pytest.mark.parametrize("clients", [2, 20])
def test_of_many_clients_exactly_one_wins(service: Context, actor: MakeActor, clients: int) -> None:
    deploy_small(service, ONE_TASK)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})
    task_id = view["tasks"][0]["id"]

    def attempt(_: int) -> str:
        try:
            return str(complete_task(service, staff, task_id, {})["status"])
        except AlurError as refusal:
            return refusal.code

    with ThreadPoolExecutor(clients) as pool:
        answers = Counter(pool.map(attempt, range(clients)))
    assert answers == {"completed": 1, "wrong_state": clients - 1}
    with service.database.read() as connection:
        assert check_instance(connection, view["id"])["valid"]
        done = select(func.count()).select_from(history).where(history.c.type == "task_completed")
        assert connection.execute(done).scalar_one() == 1


FORK = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="cabang"/>
<bpmn:parallelGateway id="cabang"/>""" + "".join(
    f"""<bpmn:sequenceFlow id="ke{number}" sourceRef="cabang" targetRef="tugas{number}"/>
<bpmn:userTask id="tugas{number}" name="Tugas {number}"/>
<bpmn:sequenceFlow id="dari{number}" sourceRef="tugas{number}" targetRef="gabung"/>"""
    for number in range(8)
) + """<bpmn:parallelGateway id="gabung"/><bpmn:sequenceFlow id="f9" sourceRef="gabung" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def test_side_by_side_on_one_request_nobody_is_refused(service: Context, actor: MakeActor) -> None:
    deploy_small(service, FORK)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})
    ids = [task["id"] for task in view["tasks"]]
    with ThreadPoolExecutor(len(ids)) as pool:
        answers = list(pool.map(lambda task_id: complete_task(service, staff, task_id, {}), ids))
    assert Counter(answer["status"] for answer in answers) == {"running": 7, "completed": 1}
    with service.database.read() as connection:
        assert check_instance(connection, view["id"])["valid"]


def test_who_is_overtaken_decides_again(service: Context, actor: MakeActor) -> None:
    deploy_small(service, FORK)
    staff = actor("staf")
    view = start_instance(service, staff, "kecil", {})
    first, second = (task["id"] for task in view["tasks"][:2])

    class Meddling(Clock):
        """A clock during whose first look somebody else acts on the same request."""

        meddled = False

        def now(self) -> datetime:
            if not self.meddled:
                self.meddled = True
                complete_task(service, staff, second, {})
            return service.clock.now()

    answer = complete_task(replace(service, clock=Meddling()), staff, first, {})
    assert {task["id"] for task in view["tasks"]} - {task["id"] for task in answer["tasks"]} == {first, second}
    with service.database.read() as connection:
        assert check_instance(connection, view["id"])["valid"]


def test_at_most_five_statements_and_one_commit(service: Context, warga: Actor, open_task: str) -> None:
    view = complete_task(service, warga, open_task, DATA)
    kadis = Actor(99, "kadis", "Kadis", "pegawai", (), frozenset({"trenggalek-kadis-kominfo"}))
    count = Count()
    with watched(service.database.engine, count.note):
        complete_task(service, kadis, view["tasks"][0]["id"], DATA)
    assert 2 <= len(count.statements) <= 5, count.statements  # the sixth is the token of the request
    assert count.commits == 1


def test_history_names_the_post_and_only_for_acts(
    service: Context, warga: Actor, actor: MakeActor, open_task: str
) -> None:
    view = complete_task(service, warga, open_task, DATA)
    kadis = actor("kadis", "trenggalek-kadis-kominfo")
    complete_task(service, kadis, view["tasks"][0]["id"], DATA)
    items = instance_history(service, warga, view["id"])["items"]
    acts = {item["seq"]: item for item in items if item["actor"]}
    last = [item for item in items if item["type"] == "task_completed"][-1]
    assert acts[last["seq"]]["actor"]["post"] == "Jabatan kadis"
    assert all(item["actor"] is None for item in items if item["type"] == "flow_taken")


def test_task_rows_follow_the_state(service: Context, warga: Actor, open_task: str) -> None:
    view = complete_task(service, warga, open_task, DATA)
    with service.database.read() as connection:
        rows = connection.execute(select(tasks.c.id, tasks.c.status, tasks.c.completed_by).order_by(tasks.c.id)).all()
        state = connection.execute(select(instances.c.status)).scalar_one()
    assert {(row.id, row.status) for row in rows} == {(open_task, "completed"), (view["tasks"][0]["id"], "open")}
    assert [row.completed_by for row in rows if row.id == open_task] == [warga.person_id]
    assert state == "running"
