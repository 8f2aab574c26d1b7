"""FEEL, the expression language of DMN 1.5, as a package of its own.

Conditions, scripts, timers, form rules and decision tables are written in it. It imports nothing of Alur, never runs
Python from a text, and bounds the time and memory of every text and evaluation. docs/feel.md is its handbook.
"""

from engine.feel.budget import Budget
from engine.feel.check import Description, Finding, check, describe
from engine.feel.environment import Environment, WorkingCalendar
from engine.feel.errors import FeelBudgetError, FeelError, FeelSyntaxError, FeelValueError
from engine.feel.evaluate import Expression, evaluate, parse, parse_unary_tests
from engine.feel.forms import from_tck, to_json, to_tck
from engine.feel.script import parse_script
from engine.feel.values import to_feel

__all__ = [
    "Budget",
    "Description",
    "Environment",
    "Expression",
    "FeelBudgetError",
    "FeelError",
    "FeelSyntaxError",
    "FeelValueError",
    "Finding",
    "WorkingCalendar",
    "check",
    "describe",
    "evaluate",
    "from_tck",
    "parse",
    "parse_script",
    "parse_unary_tests",
    "to_feel",
    "to_json",
    "to_tck",
]
