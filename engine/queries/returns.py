"""What a task's form says about returning the request, for its page."""

from collections.abc import Mapping
from typing import Any

from engine.context import Context
from engine.queries.sop import deployed_version
from engine.returns import NONE, Returns
from engine.storage.definitions import find_id


def task_returns(context: Context, task: Mapping[str, Any]) -> Returns:
    """Which answers of a task (as `engine.queries.tasks` gives it) lead back, and where the reason goes.

    Nothing for a task of a called process: its own version is not known here.
    """
    with context.database.read() as connection:
        definition_id = find_id(connection, task["definition"], task["version"])
        return deployed_version(context, connection, definition_id).returns.get(task["element_id"], NONE)
