"""Decisions at run time: which version answers, and what the history keeps of the answer."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from engine import feel
from engine.context import Context
from engine.decisions import DecisionModel, DecisionResult, evaluate_decision, parse_decisions
from engine.errors import AlurError
from engine.spiff.failure import StepFailed
from engine.spiff.program import Decide, Decided
from engine.spiff.script_env import surroundings
from engine.storage.decisions import decision_row, model_key
from engine.storage.unit_of_work import Connection, Row
from engine.working_calendar import WorkingCalendar


def model_of(context: Context, row: Row[Any]) -> DecisionModel:
    """The parsed model of a stored version, read once per process."""
    return context.decisions.get((row.key, row.version), lambda: parse_decisions(row.xml))


def decider(
    context: Context,
    connection: Connection,
    now: datetime,
    calendar: WorkingCalendar,
    recorded: Iterator[tuple[str, int]] | None = None,
) -> Decide:
    """What the engine asks for business rule tasks: the newest version answers.

    Args:
        recorded: for re-execution, the key and version that answered each question, in order.
    """

    def decide(called: str, variables: Mapping[str, Any]) -> Decided:
        try:
            key, version = next(recorded, (called, None)) if recorded else (model_key(connection, called), None)
            row = decision_row(connection, key, version)
            name = None if called == key else called
            result = evaluate_decision(model_of(context, row), name, variables, surroundings(now, calendar))
        except AlurError as refusal:
            raise StepFailed("decision_failed", refusal.detail) from refusal
        if result.problems:
            raise StepFailed("decision_conflict", result.problems[0][1])
        facts = {"decision": key, "version": row.version, "rules": matched(result)}
        return Decided(feel.to_json(result.value), facts)

    return decide


def matched(result: DecisionResult) -> list[dict[str, Any]]:
    """The rules that matched, as history and API show them."""
    return [
        {"decision": rule.decision, "rule": rule.rule_id, "number": rule.number}
        | ({"assumption": rule.assumption} if rule.assumption else {})
        for rule in result.matched_rules
    ]
