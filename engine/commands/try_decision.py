"""Evaluates a decision that is still being drawn, on given variables. Writes nothing."""

from collections.abc import Mapping
from typing import Any

from engine import decisions, feel
from engine.assignment import Actor
from engine.change import usual_calendar
from engine.context import Context
from engine.deciding import matched
from engine.drafting import require_editor
from engine.spiff.script_env import surroundings


def try_decision(
    context: Context, actor: Actor, xml: bytes, variables: Mapping[str, Any], *, decision: str | None = None
) -> dict[str, Any]:
    """`{value, rules[], problems[]}` of a decision of a DMN file (the top one unless `decision` names another).

    Raises:
        Forbidden: no analyst. DecisionFileRefused: no DMN. DecisionNotFound. DecisionFailed: it cannot be evaluated.
    """
    require_editor(actor)
    model = decisions.parse_decisions(xml)
    with context.database.read() as connection:
        calendar = usual_calendar(context, connection)
    result = decisions.evaluate_decision(model, decision, variables, surroundings(context.clock.now(), calendar))
    problems = [{"message": words[0], "message_en": words[1]} for words in result.problems]
    return {"value": feel.to_json(result.value), "rules": matched(result), "problems": problems}
