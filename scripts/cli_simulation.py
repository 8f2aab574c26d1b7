"""`alur simulate`: what a deployed SOP, or a diagram file, would do."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from engine.clock import SystemClock
from engine.queries.simulation import simulate_definition
from engine.simulation.chart import chart_svg
from engine.simulation.result import SimulationResult
from engine.simulation.run import Progress as Told
from engine.simulation.scenario_json import parse_scenario
from engine.simulation.simulate import simulate as run
from engine.working_calendar import WorkingCalendar
from scripts.cli_files import is_file, read_process
from scripts.cli_support import as_json, person, read_object, refusing, service, show

ZONE = "Asia/Jakarta"


@click.command()
@click.argument("definition")
@click.option(
    "--scenario", metavar="JSON|@FILE|-", help="Arrivals, staff, durations, branches; see docs/simulation.md."
)
@click.option("--requests", type=click.IntRange(1), help="How many requests; overrides the scenario.")
@click.option("--seed", type=click.IntRange(0), help="Of the random stream; the same seed gives the same answer.")
@click.option("--version", type=click.IntRange(1), help="Which version; the newest without.")
@click.option("--as", "username", envvar="ALUR_AS", help="The person who asks; not needed for a file.")
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the answer (SVG).")
@as_json
@refusing
def simulate(
    definition: str,
    scenario: str | None,
    requests: int | None,
    seed: int | None,
    version: int | None,
    username: str | None,
    chart: Path | None,
    json_output: bool,
) -> None:
    """Simulates DEFINITION, a key or a .bpmn file (in the office hours of the regulation, without holidays)."""
    given = read_object(scenario)
    given |= {name: value for name, value in (("requests", requests), ("seed", seed)) if value is not None}
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Menyimulasikan", total=None)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        result = _simulated(definition, given, version, username, told)
    if chart is not None:
        chart.write_text(chart_svg(result), encoding="utf-8")
    show(result.to_dict(), json_output, result.to_table().rstrip())


def _simulated(
    definition: str, given: dict[str, Any], version: int | None, username: str | None, told: Told
) -> SimulationResult:
    if is_file(definition):
        _, process = read_process(Path(definition))
        seed = given.pop("seed", 1)
        chosen = parse_scenario(given, process, ZONE, SystemClock().now())
        return run(process, chosen, WorkingCalendar(0, ZONE), seed, told)
    if username is None:
        raise click.UsageError("Expected --as PERSON (or ALUR_AS) for a deployed definition.")
    context = service()
    return simulate_definition(context, person(context, username), definition, given, version=version, progress=told)


COMMANDS = (simulate,)
