"""Decisions at run time: which version answers, and what the history keeps of the answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Recorded:
    """For re-execution: which versions answered and were called, in order.

    Attributes:
        decisions: key and version of each decision asked.
        calls: `key@version` of each process called.
    """

    decisions: Iterator[tuple[str, int]]
    calls: Iterator[str]


def decider(
    context: Context,
    connection: Connection,
    now: datetime,
    calendar: WorkingCalendar,
    recorded: Recorded | None = None,
) -> Decide:
    """What the engine asks for business rule tasks: the newest version answers, or the recorded one."""

    def decide(called: str, variables: Mapping[str, Any]) -> Decided:
        try:
            past = next(recorded.decisions, None) if recorded else None
            key, version = past or (model_key(connection, called), None)
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
