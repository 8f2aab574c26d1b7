"""What has no row to lock yet happens one after the other: keys, versions, anchors, the administration chain."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from engine.assignment import Actor
from engine.commands.anchor_history import anchor_history
from engine.commands.change_calendar import change_calendar
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.queries.verify import verify_everything
from tests_support import MakeActor, deploy_small

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
