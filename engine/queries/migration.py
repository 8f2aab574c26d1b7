"""Where a running request would stand in another version: for everything open, the places it may go to."""

from typing import Any

from engine.assignment import Actor, may_intervene
from engine.context import Context
from engine.errors import Forbidden
from engine.model import State
from engine.queries.sop import deployed_version
from engine.storage.access import require_visible
from engine.storage.definitions import find_id


def migration_places(context: Context, actor: Actor, instance_id: str, version: int) -> list[dict[str, Any]]:
    """`[{element, name, chosen, choices: [{id, name}]}]`: open elements and those of their kind in `version`.

    `chosen` is the element of the same id, "" where the version has none. Called SOPs stay in their own version.

    Raises:
        NotFound: no such request or version, or the actor may not see it. Forbidden: no administrator.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        if not may_intervene(actor, row.confidentiality):
            raise Forbidden("Expected an administrator to move a request, but you are none.")
        state = State.from_json(row.state)
        old = deployed_version(context, connection, row.definition_id).diagram.main.nodes
        new = deployed_version(context, connection, find_id(connection, row.key, version)).diagram.main.nodes
    own = [token.element for token in state.tokens.values() if state.scopes[token.scope].process is None]
    places = []
    for element in dict.fromkeys(own):
        kind = old[element].kind
        choices = [{"id": key, "name": node.name or key} for key, node in new.items() if node.kind == kind]
        same = element in new and new[element].kind == kind
        name = old[element].name or element
        places.append({"element": element, "name": name, "chosen": element if same else "", "choices": choices})
    return places
