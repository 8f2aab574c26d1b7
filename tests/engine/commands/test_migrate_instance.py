"""A request that moved to another version: what lies open is called and asks as that version says."""

from sqlalchemy import select

from engine.assignment import Actor
from engine.commands.migrate_instance import migrate_instance
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.storage.tables import tasks
from engine.storage.verification import check_instance
from tests_support import MakeActor, deploy_small

OLD = """<bpmn:startEvent id="m"/><bpmn:sequenceFlow id="f1" sourceRef="m" targetRef="a"/>
<bpmn:userTask id="a" name="Lama"/>
<bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="z"/><bpmn:endEvent id="z"/>"""
NEW = OLD.replace('"a"', '"a2"').replace("Lama", "Baru")
RENAMED = OLD.replace("Lama", "Lebih baru")


def test_open_tasks_are_told_by_the_new_version(service: Context, actor: MakeActor, admin: Actor) -> None:
    deploy_small(service, OLD)
    view = start_instance(service, actor("staf"), "kecil", {})
    for version, (body, mapping, told) in enumerate(
        [(NEW, {"a": "a2"}, ("a2", "Baru")), (RENAMED, {"a2": "a"}, ("a", "Lebih baru"))], 2
    ):
        deploy_small(service, body)
        migrate_instance(service, admin, view["id"], version, "uji", mapping=mapping)
        with service.database.read() as connection:
            assert connection.execute(select(tasks.c.element_id, tasks.c.name)).one() == told
            assert check_instance(connection, view["id"])["problems"] == []
