"""Decision models (DMN 1.1 to 1.5): read, validated, evaluated on top of `engine.feel`.

Owns decision requirement graphs, decision tables with every hit policy and boxed expressions. Stores nothing.
"""

from engine.decisions.errors import DecisionFailed, DecisionFileRefused, DecisionNotFound
from engine.decisions.evaluate import DecisionResult, evaluate_decision
from engine.decisions.model import Decision, DecisionModel
from engine.decisions.parse import parse_decisions
from engine.decisions.trace import MatchedRule
from engine.decisions.validate import DecisionFinding, validate

__all__ = [
    "Decision",
    "DecisionFailed",
    "DecisionFileRefused",
    "DecisionFinding",
    "DecisionModel",
    "DecisionNotFound",
    "DecisionResult",
    "MatchedRule",
    "evaluate_decision",
    "parse_decisions",
    "validate",
]
