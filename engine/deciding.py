"""Decisions at run time: which version answers, and what the history keeps of the answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine import feel
from engine.context import Context
from engine.decisions import DecisionModel, DecisionResult, evaluate_decision, parse_decisions
from engine.errors import AlurError, NotFound
from engine.spiff.failure import StepFailed
from engine.spiff.program import Decide, Decided
from engine.spiff.script_env import surroundings
from engine.storage.decisions import decision_row, model_key
from engine.storage.unit_of_work import Connection, Row
from engine.working_calendar import WorkingCalendar

NONE = 0  # the version of a decision or process that was not there


def model_of(context: Context, row: Row[Any]) -> DecisionModel:
    """The parsed model of a stored version, read once per process."""
    return context.decisions.get((row.key, row.version), lambda: parse_decisions(row.xml))


@dataclass(frozen=True, slots=True)
class Recorded:
    """For re-execution: which versions answered and were called.

    Attributes:
        decisions: key and version of each decision asked, in order; `NONE` of one that was not there.
        calls: the version of a process, by its key, that the next call of it found; `NONE` where there was none.
    """

    decisions: Iterator[tuple[str, int]]
    calls: Mapping[str, int]


def decider(
    context: Context,
    connection: Connection,
    now: datetime,
    calendar: WorkingCalendar,
    recorded: Recorded | None = None,
) -> Decide:
    """What the engine asks for business rule tasks: the newest version answers, or the recorded one."""

    def decide(called: str, variables: Mapping[str, Any]) -> Decided:
        past = next(recorded.decisions, None) if recorded else None
        try:
            key, version = past or (model_key(connection, called), None)
            row = decision_row(connection, key, version)
        except NotFound as refusal:
            raise StepFailed("decision_missing", refusal.detail, decision=called, version=NONE) from refusal
        facts: dict[str, Any] = {"decision": key, "version": row.version}
        try:
            name = None if called == key else called
            result = evaluate_decision(model_of(context, row), name, variables, surroundings(now, calendar))
        except AlurError as refusal:
            raise StepFailed("decision_failed", refusal.detail, **facts) from refusal
        if result.problems:
            raise StepFailed("decision_conflict", result.problems[0][1], **facts)
        return Decided(feel.to_json(result.value), facts | {"rules": matched(result)})

    return decide


def matched(result: DecisionResult) -> list[dict[str, Any]]:
    """The rules that matched, as history and API show them."""
    return [
        {"decision": rule.decision, "rule": rule.rule_id, "number": rule.number}
        | ({"assumption": rule.assumption} if rule.assumption else {})
        for rule in result.matched_rules
    ]
