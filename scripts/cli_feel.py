"""`alur feel` and `alur decision test`: expressions and decision tables without a database."""

from pathlib import Path

import click

from scripts.feel_cli import run_decision_test, run_feel

file = click.Path(exists=True, dir_okay=False, path_type=Path)


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
