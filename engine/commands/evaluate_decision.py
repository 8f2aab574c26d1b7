"""Evaluates a deployed decision on given variables. Writes nothing."""

from typing import Any

from engine import decisions, feel
from engine.change import usual_calendar
from engine.context import Context
from engine.deciding import matched, model_of
from engine.spiff.script_env import surroundings
from engine.storage.decisions import decision_row


def evaluate_decision(
    context: Context, key: str, variables: dict[str, Any], *, decision: str | None = None, version: int | None = None
) -> dict[str, Any]:
    """`{key, version, value, rules[], problems[]}` of a decision (the top one unless `decision` names another).

    Raises:
        NotFound: no such decision. DecisionFailed: it cannot be evaluated.
    """
    with context.database.read() as connection:
        row = decision_row(connection, key, version)
        calendar = usual_calendar(context, connection)
    world = surroundings(context.clock.now(), calendar)
    result = decisions.evaluate_decision(model_of(context, row), decision, variables, world)
    return {
        "key": key, "version": row.version, "value": feel.to_json(result.value), "rules": matched(result),
        "problems": [{"message": problem[0], "message_en": problem[1]} for problem in result.problems],
    }  # fmt: skip
