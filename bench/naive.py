"""The naive way to run BPMN over HTTP: SpiffWorkflow restores and saves the whole instance at every step.

A bare Flask route on the same database settings as Alur: no login, no validation, no history. This is what the
tutorials show, and what Alur is measured against. Two limits are lifted in its favour (`lift_limits`).
"""

import io
import json
import sys
from uuid import uuid4

from flask import Flask, Response, request
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import Column, Connection, MetaData, String, Table, Text, insert, select, update

from bench.process import KEY, diagram
from engine.storage.unit_of_work import Database, open_engine

metadata = MetaData()
instances = Table("naive", metadata, Column("id", String(32), primary_key=True), Column("state", Text, nullable=False))
serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


def lift_limits() -> None:
    """Lets it reach loop round 140: as it comes, this process raises RecursionError or stalls at about round 110."""
    sys.setrecursionlimit(50_000)
    BpmnTaskIterator.__init__.__defaults__ = (None, 100_000, True, False, None)  # the second is max_depth


def parse(activities: int) -> BpmnWorkflow:
    """A new workflow from the diagram's XML."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(diagram(activities, "python"))).getroot())
    workflow = BpmnWorkflow(parser.get_spec(KEY))
    workflow.do_engine_steps()
    return workflow


def start(connection: Connection, activities: int) -> str:
    """Stores a new instance and returns its id."""
    identity = uuid4().hex
    state = serializer.serialize_json(parse(activities))
    connection.execute(insert(instances).values(id=identity, state=state))
    return identity


def complete(connection: Connection, identity: str, data: dict[str, object]) -> list[str]:
    """Completes the open task of the instance; returns the elements that are open afterwards."""
    row = select(instances.c.state).where(instances.c.id == identity).with_for_update()
    workflow = serializer.deserialize_json(connection.execute(row).scalar_one())
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    task.data.update(data)
    task.run()
    workflow.refresh_waiting_tasks()
    workflow.do_engine_steps()
    connection.execute(
        update(instances).where(instances.c.id == identity).values(state=serializer.serialize_json(workflow))
    )
    return [task.task_spec.name for task in workflow.get_tasks(state=TaskState.READY, manual=True)]


def create_app(url: str, activities: int) -> Flask:
    """The bare web application."""
    app = Flask(__name__)
    database = Database(open_engine(url))

    @app.post("/instances")
    def post_instance() -> Response:
        with database.write() as connection:
            return Response(json.dumps({"id": start(connection, activities)}), mimetype="application/json")

    @app.post("/instances/<identity>/complete")
    def post_complete(identity: str) -> Response:
        data = request.get_json()["data"]
        with database.write() as connection:
            return Response(json.dumps(complete(connection, identity, data)), mimetype="application/json")

    return app
