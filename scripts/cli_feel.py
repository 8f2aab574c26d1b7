"""`alur feel` and `alur decision test`: expressions and decision tables without a database.

`run_feel` and `run_decision_test` return the exit code: 0 done, 1 a case failed, 2 the input could not be read.
"""

import csv
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import click

from engine.clock import SystemClock
from engine.decisions import DecisionModel, evaluate_decision, parse_decisions
from engine.errors import AlurError
from engine.feel import Environment, FeelError, evaluate, from_tck, to_tck
from engine.holidays_id import seed_holidays
from engine.working_calendar import WorkingCalendar

_EXPECTED = ("harapan", "expected")
_ZONE = "Asia/Jakarta"
file = click.Path(exists=True, dir_okay=False, path_type=Path)


def run_feel(
    expression: str | None,
    context: str = "{}",
    batch: Path | None = None,
    environment: Environment | None = None,
    out: TextIO | None = None,
) -> int:
    """Evaluates one expression, or every case of a file, and prints one JSON value per line.

    Args:
        expression: FEEL text; not needed with `batch`.
        context: variables as JSON, in the notation of the TCK cases (`{"$date": "2026-11-21"}`).
        batch: a JSON file of `[{"expr", "inp"}, …]`; a case that fails prints null, its error goes to stderr.
        environment: clock and calendar; the system's clock in WIB and the national calendar if not given.
        out: where to print, stdout if not given.
    """
    target = out or sys.stdout
    world = environment or _here()
    try:
        if batch is not None:
            cases = json.loads(batch.read_text(encoding="utf-8"))
            for number, case in enumerate(cases, 1):
                _print(_value(str(case["expr"]), case.get("inp") or {}, world, f"case {number}: "), target)
            return 0
        if expression is None:
            return _refuse("Expected an expression or --batch FILE, but got neither.")
        value = evaluate(expression, from_tck(_object(context)), world)
    except FeelError as error:
        return _refuse(f"{error.message_id} ({error})")
    except (OSError, ValueError, TypeError, KeyError) as error:
        return _refuse(f"Expected readable JSON, but: {error}")
    _print(value, target)
    return 0


def _here() -> Environment:
    now = SystemClock().now().astimezone(ZoneInfo(_ZONE))
    days = {holiday.date: holiday.name for holiday in seed_holidays(range(now.year - 1, now.year + 3))}
    return Environment(now=lambda: now, working_calendar=WorkingCalendar(0, _ZONE, holidays=days))


def _value(expression: str, inputs: Mapping[str, Any], environment: Environment, place: str) -> Any:
    try:
        return evaluate(expression, from_tck(dict(inputs)), environment)
    except FeelError as error:
        print(f"{place}{error}", file=sys.stderr)
        return None


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("the context is no JSON object")
    return value


def _print(value: Any, out: TextIO) -> None:
    print(json.dumps(to_tck(value), ensure_ascii=False), file=out)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def run_decision_test(
    model_file: Path, cases_file: Path, decision: str | None = None, out: TextIO | None = None
) -> int:
    """Evaluates a decision for every row of a CSV file and compares with its column `harapan`.

    Args:
        model_file: DMN.
        cases_file: UTF-8 CSV whose header names the inputs; a cell is FEEL (`12`, `true`, `@"2026-11-21"`) or else
            plain text; an empty one is null. `harapan` (or `expected`) holds the expected answer the same way.
        decision: name or id; None for the one at the top.
        out: where to print, stdout if not given.
    """
    target = out or sys.stdout
    try:
        model = parse_decisions(model_file.read_bytes())
        with cases_file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except AlurError as error:
        return _refuse(error.detail)
    except (OSError, ValueError, csv.Error) as error:
        return _refuse(f"Expected a DMN file and a CSV file, but: {error}")
    failed = sum(not _passes(model, decision, row, line, target) for line, row in enumerate(rows, 2))
    print(f"{len(rows) - failed} dari {len(rows)} kasus sesuai.", file=target)
    return 1 if failed else 0


def _passes(model: DecisionModel, decision: str | None, row: Mapping[str, str], line: int, out: TextIO) -> bool:
    inputs = {name: _cell(text) for name, text in row.items() if name and name not in _EXPECTED}
    wanted = next((_cell(row[name]) for name in _EXPECTED if name in row), None)
    try:
        result = evaluate_decision(model, decision, inputs)
    except AlurError as error:
        print(f"baris {line}: {error.detail}", file=out)
        return False
    if to_tck(result.value) == to_tck(wanted):
        return True
    rules = ", ".join(str(rule.number) for rule in result.matched_rules) or "-"
    got, expected = (json.dumps(to_tck(value), ensure_ascii=False) for value in (result.value, wanted))
    print(f"baris {line}: harapan {expected}, hasil {got} (aturan {rules})", file=out)
    return False


def _cell(text: str | None) -> Any:
    if not text or not text.strip():
        return None
    try:
        value = evaluate(text, {})
    except FeelError:
        return text.strip()
    return text.strip() if value is None and text.strip() != "null" else value


@click.command()
@click.argument("expression", required=False)
@click.option("--context", default="{}", show_default=True, help="Variables as a JSON object.")
@click.option("--batch", type=file, help="A JSON file of {expr, inp} cases instead of EXPRESSION.")
@click.pass_context
def feel(ctx: click.Context, expression: str | None, context: str, batch: Path | None) -> None:
    """Evaluates a FEEL EXPRESSION and prints its value as JSON."""
    if (expression is None) == (batch is None):
        raise click.UsageError("Expected an expression or --batch.")
    ctx.exit(run_feel(expression, context, batch))


@click.group()
def decision() -> None:
    """Decision tables of DMN files."""


@decision.command("test")
@click.argument("dmn", type=file)
@click.argument("cases", type=file)
@click.option("--decision", "name", help="Which decision of the file; the only one without.")
@click.pass_context
def test(ctx: click.Context, dmn: Path, cases: Path, name: str | None) -> None:
    """Runs the CASES of a CSV file through the decision tables of a DMN file."""
    ctx.exit(run_decision_test(dmn, cases, name))


COMMANDS = (feel, decision)
