"""`simulate`: a process under a scenario, and what comes out of it."""

from collections.abc import Sequence
from random import Random
from statistics import fmean, pstdev

from engine.diagram.model import Process
from engine.simulation.axis import DAY, Axis
from engine.simulation.plans import Plans, called, plans_for
from engine.simulation.result import ActivityResult, RoleResult, SimulationResult, Summary
from engine.simulation.run import Progress, Run
from engine.simulation.scenario import Scenario, ScenarioRefused
from engine.simulation.tally import ActivityCount, Tally
from engine.working_calendar import WorkingCalendar

_HOUR = 3600.0
_BARS = 20


def simulate(
    process: Process,
    scenario: Scenario,
    calendar: WorkingCalendar,
    seed: int = 1,
    progress: Progress | None = None,
) -> SimulationResult:
    """Simulates a process; the same arguments always give the same result.

    Args:
        process: a diagram that validation accepts.
        scenario: the assumptions.
        calendar: the agency's working time.
        seed: of the random stream.
        progress: called with (requests finished, requests in all), about a hundred times.

    Raises:
        ScenarioRefused: durations out of order, or requests that never end.
        TimeExpressionRefused: a time in the diagram cannot be read.
    """
    axis = Axis(calendar, scenario.start)
    plans = plans_for(process, scenario, axis)
    tally = Run(process, scenario, plans, axis, Random(seed), progress).go()  # noqa: S311 - a simulation, no secret
    if len(tally.office_seconds) != scenario.requests - scenario.warm_up:
        message = "Expected every request to end, but some wait at a join for ever; validate the diagram."
        raise ScenarioRefused(message, [{"field": "definition", "message": message}])
    return _result(seed, scenario, plans, tally, axis)


def _result(seed: int, scenario: Scenario, plans: Plans, tally: Tally, axis: Axis) -> SimulationResult:
    roles = tuple(_role(role, plans, tally) for role in plans.staff)
    scarce = [role for role in roles if role.utilisation is not None]
    busiest = max(scarce, key=lambda role: (role.utilisation or 0.0, role.queue_mean), default=None)
    hours = [seconds / _HOUR for seconds in tally.office_seconds]
    empty = ActivityCount()
    return SimulationResult(
        seed=seed,
        requests=len(hours),
        office_hours=summary(hours),
        own_hours=summary([seconds / _HOUR for seconds in tally.own_seconds]),
        calendar_days=summary([seconds / DAY for seconds in tally.seconds]),
        on_time=tally.on_time / len(hours),
        within_target=_within(tally, scenario, axis),
        in_system=tally.in_system_area / tally.window if tally.window else 0.0,
        arrivals_per_hour=len(hours) / tally.window * _HOUR if tally.window else 0.0,
        activities=tuple(_activity(key, plans, tally.activities.get(key, empty), len(hours)) for key in plans.works),
        roles=roles,
        bottleneck=busiest.role if busiest and busiest.utilisation else None,
        stable=all((role.utilisation or 0.0) < 1 for role in scarce),
        histogram=_histogram(hours),
        assumptions=plans.assumptions,
    )


def summary(values: Sequence[float]) -> Summary:
    """Mean, deviation and quantiles (linear between neighbours); all zero for nothing."""
    if not values:
        return Summary(*(0.0,) * 10)
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        low = int(place)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (ordered[high] - ordered[low]) * (place - low)

    quantiles = (at(share) for share in (0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0))
    return Summary(fmean(ordered), pstdev(ordered), *quantiles)


def _activity(key: str, plans: Plans, count: ActivityCount, requests: int) -> ActivityResult:
    work = plans.works[key]
    waits = summary([seconds / _HOUR for seconds in count.waits])
    visits = count.visits
    return ActivityResult(
        element=key,
        name=called(work.node),
        role=work.role,
        visits=visits,
        per_request=visits / requests,
        wait_hours=waits.mean,
        wait_q90_hours=waits.q90,
        hours=fmean(count.worked) / _HOUR if visits else 0.0,
        calendar_hours=count.passed / visits / _HOUR if visits else 0.0,
        on_time=1 - count.late / visits if visits and work.limit is not None else None,
        late=count.late,
        timers_fired=count.fired,
    )


def _role(role: str, plans: Plans, tally: Tally) -> RoleResult:
    count, people, window = tally.roles[role], plans.staff[role], tally.window or 1.0
    wait = summary([seconds / _HOUR for seconds in count.waits])
    return RoleResult(
        role=role,
        name=plans.names.get(role, role),
        staff=people,
        utilisation=None if people is None else count.offered / window / people,
        busy_mean=count.busy_area / window,
        queue_mean=count.queue_area / window,
        queue_most=count.longest,
        wait_hours=wait.mean,
        wait_q90_hours=wait.q90,
        jobs=len(count.waits),
    )


def _within(tally: Tally, scenario: Scenario, axis: Axis) -> float | None:
    if scenario.target is None:
        return None
    met = sum(end <= axis.due(arrival, *scenario.target) for arrival, end in tally.arrivals)
    return met / len(tally.arrivals)


def _histogram(hours: Sequence[float]) -> tuple[tuple[float, float, int], ...]:
    low, high = min(hours), max(hours)
    width = (high - low) / _BARS or 1.0
    counts = [0] * _BARS
    for value in hours:
        counts[min(int((value - low) / width), _BARS - 1)] += 1
    return tuple((low + place * width, low + (place + 1) * width, count) for place, count in enumerate(counts))
