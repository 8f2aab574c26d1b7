"""What a deployed SOP would do under a scenario. Reads only; nothing of it enters any history."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor, may_deploy, may_read_reports
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.errors import Forbidden
from engine.office_hours import OfficeHours
from engine.queries.durations import measured_minutes
from engine.simulation.result import SimulationResult
from engine.simulation.run import Progress
from engine.simulation.scenario import ScenarioRefused
from engine.simulation.scenario_json import parse_scenario
from engine.simulation.simulate import simulate
from engine.storage.calendars import calendar_at, current_version
from engine.storage.definitions import by_id, find_id, zone_of
from engine.working_calendar import WorkingCalendar

MOST_SEED = 2_147_483_647


def simulate_definition(
    context: Context,
    actor: Actor,
    key: str,
    data: Mapping[str, Any],
    *,
    version: int | None = None,
    most_requests: int | None = None,
    progress: Progress | None = None,
) -> SimulationResult:
    """Simulates a version (the newest by default) in its agency's working time.

    Args:
        context: the service; its clock gives the start where the scenario names none.
        actor: an analyst or somebody who reads reports.
        data: the scenario's JSON (docs/simulation.md), `seed`, and `durations`: "mutu_baku" or "history".
        most_requests: what one caller may ask for, below the scenario's own bound.
        progress: called with (requests finished, requests in all).

    Raises:
        NotFound: no such version. Forbidden: neither analyst nor reader of reports.
        ScenarioRefused: naming every field to mend.
    """
    if not (may_deploy(actor) or may_read_reports(actor)):
        raise Forbidden("Expected an analyst or a leader to simulate, but you are neither.")
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version))
        zone = zone_of(connection, stored.agency_id)
        newest = current_version(connection)
        calendar = (
            calendar_at(connection, stored.agency_id, newest)
            if stored.agency_id is not None
            else WorkingCalendar(newest, zone, OfficeHours())
        )
        seen = measured_minutes(connection, key, calendar) if data.get("durations") == "history" else {}
    seed = data.get("seed", 1)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
        raise _refused("seed", f"Expected a whole number from 0 to {MOST_SEED}.")
    process = prepare(parse_diagram(stored.xml))[0].main
    scenario = parse_scenario(_given(data, seen, set(process.nodes)), process, zone, context.clock.now())
    if most_requests is not None and scenario.requests > most_requests:
        raise _refused("requests", f"Expected at most {most_requests} requests here; use `alur simulate` for more.")
    return simulate(process, scenario, calendar, seed, progress)


def _given(data: Mapping[str, Any], seen: Mapping[str, list[int]], elements: set[str]) -> dict[str, Any]:
    """The scenario for the simulation: without what is read here, with measured durations where it states none."""
    if data.get("durations", "mutu_baku") not in ("mutu_baku", "history"):
        raise _refused("durations", "Expected 'mutu_baku' or 'history'.")
    given = {name: value for name, value in data.items() if name not in ("seed", "durations")}
    stated = given.get("activities", {})
    if not seen or not isinstance(stated, dict):
        return given
    measured = {
        key: {"duration": {"kind": "samples", "samples": samples, "calendar": "kerja"}, "occupies": False}
        for key, samples in seen.items()
        if key in elements
    }
    return given | {"activities": measured | stated}


def _refused(field: str, message: str) -> ScenarioRefused:
    return ScenarioRefused(f"{field}: {message}", [{"field": field, "message": message}])
