"""What has no row to lock yet happens one after the other: keys, versions, anchors, the administration chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from engine.assignment import Actor
from engine.change import Change, change_by_task
from engine.commands.anchor_history import anchor_history
from engine.commands.change_calendar import change_calendar
from engine.commands.claim_task import claim_task
from engine.commands.save_draft import save_draft
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import Forbidden, WrongState
from engine.queries.verify import verify_everything
from tests_support import MakeActor, deploy_small, until

ONE = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="a"/>
<bpmn:userTask id="a" name="A"/><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="akhir"/>
<bpmn:endEvent id="akhir"/>"""


def at_once(work: Callable[[int], Any], times: int = 12) -> list[Any]:
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(work, range(times)))


def test_one_key_starts_one_request(service: Context, actor: MakeActor) -> None:
    deploy_small(service, ONE)
    staff = actor("staf")
    views = at_once(lambda _: start_instance(service, staff, "kecil", {}, idempotency_key="sama"))
    assert len({view["id"] for view in views}) == 1


def test_different_contents_get_different_versions(service: Context) -> None:
    deployed = at_once(lambda number: deploy_small(service, ONE.replace('name="A"', f'name="A{number}"')))
    assert sorted(one["version"] for one in deployed) == list(range(1, 13))


def test_the_same_content_is_deployed_once(service: Context) -> None:
    deployed = at_once(lambda _: deploy_small(service, ONE))
    assert sum(one["created"] for one in deployed) == 1


def test_chains_hold_when_many_administer_and_anchor_at_once(
    service: Context, actor: MakeActor, admin: Actor
) -> None:
    deploy_small(service, ONE)
    staff = actor("staf")

    def work(number: int) -> None:
        start_instance(service, staff, "kecil", {})
        anchor_history(service)
        change_calendar(service, admin, [{"date": f"2026-06-{number + 1:02d}", "name": "Uji"}], decree=f"Uji {number}")

    at_once(work, 6)
    assert [one for one in verify_everything(service) if not one["valid"]] == []


def behind(service: Context, task_id: str, act: Callable[[Change], None], late: Callable[[], Any]) -> Any:
    """What `late` gives when it begins before `act` on the same request is committed; PostgreSQL lets it wait."""
    with ThreadPoolExecutor(1) as pool:
        with change_by_task(service, None, task_id) as change:
            answer = pool.submit(late)
            if service.database.engine.dialect.name == "postgresql":
                assert until(lambda: _somebody_waits(service))
            act(change)
        return answer.result()


def _somebody_waits(service: Context) -> bool:
    with service.database.glance() as connection:
        return bool(connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


@pytest.mark.parametrize(
    "late", [lambda service, staff, task: save_draft(service, staff, task, {}), claim_task], ids=["draft", "claim"]
)
def test_who_waited_for_a_completion_is_told_so(service: Context, actor: MakeActor, late: Callable[..., Any]) -> None:
    deploy_small(service, ONE)
    staff = actor("staf")
    task_id = start_instance(service, staff, "kecil", {})["tasks"][0]["id"]
    token = task_id.partition("-")[2]
    with pytest.raises(WrongState, match=r"was (completed by somebody already|closed at this moment)"):
        behind(service, task_id, lambda change: change.execution.complete_task(token, {}),
               lambda: late(service, staff, task_id))


def test_who_waited_for_an_assignment_keeps_no_draft(service: Context, actor: MakeActor) -> None:
    deploy_small(service, ONE)
    staff, other = actor("staf"), actor("lain")
    task_id = start_instance(service, staff, "kecil", {})["tasks"][0]["id"]
    facts = {"token": task_id.partition("-")[2], "assignee": other.person_id}
    with pytest.raises(Forbidden):
        behind(service, task_id, lambda change: change.execution.record("task_assigned", "a", **facts),
               lambda: save_draft(service, staff, task_id, {"x": 1}))
