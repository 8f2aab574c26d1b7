"""A request as somebody who intervenes needs it: its open tokens, variables, incidents, and where it could go on."""

from typing import Any

from sqlalchemy import Connection, select

from engine.assignment import Actor, may_intervene
from engine.context import Context
from engine.errors import Forbidden
from engine.model import State
from engine.queries.instances import incidents_of, instance_item, timers_of
from engine.queries.sop import deployed_version
from engine.storage.access import require_visible
from engine.storage.tables import definitions, persons

_NO_START = frozenset({"startEvent", "boundaryEvent"})


def intervention(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """One request with `tokens`, `variables`, `incidents`, `timers`, `elements` to go on at, and `versions`.

    An incident's `variables` are those its step sees: a called process or one instance of several has its own.

    Raises:
        NotFound: no such request, or the actor may not see it. Forbidden: the actor may see it, but not intervene.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        if not may_intervene(actor, row.confidentiality):
            raise Forbidden("Expected an administrator to intervene in a request, but you are none.")
        state = State.from_json(row.state)
        deployed = deployed_version(context, connection, row.definition_id)
        nodes = deployed.diagram.main.nodes
        versions = select(definitions.c.version).where(definitions.c.key == row.key).order_by(definitions.c.version)
        people = _assignees(connection, state)
        names = {key: node.name for key, node in nodes.items()}
        return instance_item(row) | {
            "agency": row.agency, "zone": row.zone, "seq": row.seq, "variables": state.variables,
            "incidents": [
                one | {"name": names.get(one["element_id"], ""), "variables": state.visible(state.inside(one["token"]))}
                for one in incidents_of(state)
            ],
            "timers": [one | {"name": names.get(one["element_id"], "")} for one in timers_of(state)],
            "tokens": _tokens(state, names, people),
            "elements": [
                {"id": key, "name": node.name, "kind": node.kind} for key, node in nodes.items()
                if node.kind not in _NO_START and not node.triggered_by_event
            ],
            "versions": list(connection.execute(versions).scalars()),
        }  # fmt: skip


def _assignees(connection: Connection, state: State) -> dict[int, str]:
    wanted = {token.assignee for token in state.tokens.values()} - {None}
    rows = connection.execute(select(persons.c.id, persons.c.name).where(persons.c.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _tokens(state: State, names: dict[str, str], people: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": key, "element_id": token.element, "name": names.get(token.element, ""), "phase": token.phase,
            "opened_at": token.opened_at, "due_at": token.due_at, "incident": token.incident is not None,
            "assignee": None if token.assignee is None else people.get(token.assignee),
        }
        for key, token in state.tokens.items()
    ]  # fmt: skip
