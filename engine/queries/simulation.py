"""What an SOP, deployed or still a drawing, would do under a scenario. Reads only; nothing of it enters any history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.assignment import Actor, may_deploy, may_read_reports
from engine.context import Context
from engine.diagram.lint import validate
from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.errors import DiagramRefused, Forbidden
from engine.office_hours import OfficeHours
from engine.queries.durations import measured_minutes
from engine.simulation.result import SimulationResult
from engine.simulation.run import Progress
from engine.simulation.scenario import ScenarioRefused
from engine.simulation.scenario_json import parse_scenario
from engine.simulation.simulate import simulate
from engine.storage.calendars import calendar_at, current_version
from engine.storage.definitions import by_id, find_id, known_keys, zone_of
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
    _require(may_deploy(actor) or may_read_reports(actor))
    with context.database.read() as connection:
        stored = by_id(connection, find_id(connection, key, version, at=context.clock.now()))
        office = _office(connection, key, stored.agency_id, data)
    return _play(stored.xml, office, data, context.clock.now(), most_requests, progress)


def simulate_draft(
    context: Context, actor: Actor, key: str, xml: bytes, data: Mapping[str, Any], *, most_requests: int
) -> SimulationResult:
    """Simulates a drawing that is not deployed, in the working time of the SOP `key` if that is deployed already.

    Raises:
        Forbidden: no analyst. DiagramRefused: with every error of the drawing; a wrong one cannot be played.
        ScenarioRefused: naming every field to mend.
    """
    _require(may_deploy(actor))
    wrong = [finding for finding in validate(xml, "sop").findings if finding.severity == "error"]
    if wrong:
        raise DiagramRefused(
            f"Expected a diagram without errors to simulate, but found {len(wrong)}.",
            [{"element": one.element, "name": one.name, "rule": one.rule, "message": one.message_id,
              "cure": one.cure_id} for one in wrong],
        )  # fmt: skip
    with context.database.read() as connection:
        deployed = key in known_keys(connection)
        agency_id = by_id(connection, find_id(connection, key, None)).agency_id if deployed else None
        office = _office(connection, key, agency_id, data)
    return _play(xml, office, data, context.clock.now(), most_requests, None)


@dataclass(frozen=True, slots=True)
class _Office:
    """When people work, and how long their tasks took (minutes by element) if the scenario asks for it."""

    zone: str
    calendar: WorkingCalendar
    seen: Mapping[str, list[int]]


def _require(allowed: bool) -> None:
    if not allowed:
        raise Forbidden("Expected an analyst or a leader to simulate, but you are neither.")


def _office(connection: Connection, key: str, agency_id: int | None, data: Mapping[str, Any]) -> _Office:
    zone = zone_of(connection, agency_id)
    newest = current_version(connection)
    calendar = (
        calendar_at(connection, agency_id, newest)
        if agency_id is not None
        else WorkingCalendar(newest, zone, OfficeHours())
    )
    seen = measured_minutes(connection, key, calendar) if data.get("durations") == "history" else {}
    return _Office(zone, calendar, seen)


def _play(
    xml: bytes,
    office: _Office,
    data: Mapping[str, Any],
    now: datetime,
    most_requests: int | None,
    progress: Progress | None,
) -> SimulationResult:
    seed = data.get("seed", 1)
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST_SEED:
        raise _refused("seed", f"Expected a whole number from 0 to {MOST_SEED}.")
    process = prepare(parse_diagram(xml))[0].main
    scenario = parse_scenario(_given(data, office.seen, set(process.nodes)), process, office.zone, now)
    if most_requests is not None and scenario.requests > most_requests:
        raise _refused("requests", f"Expected at most {most_requests} requests here; use `alur simulate` for more.")
    return simulate(process, scenario, office.calendar, seed, progress)


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
