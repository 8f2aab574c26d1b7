"""Whether whole requests were removed or slipped in: chains and numbers without a request. Reads only."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from engine.history.chain import Problem
from engine.registration import registration_number, series
from engine.storage.history import ADMINISTRATION
from engine.storage.tables import agencies, history, instances, registration_counters


def chains_without_request(connection: Connection) -> Iterator[tuple[str, Problem]]:
    """Ids of histories whose request is not there, each with its problem."""
    known = select(instances.c.id).where(instances.c.id == history.c.instance_id).exists()
    query = select(history.c.instance_id).where(~known, history.c.instance_id != ADMINISTRATION).distinct()
    for instance_id in connection.execute(query.order_by(history.c.instance_id)).scalars():
        yield instance_id, Problem(0, "missing", "Expected a request to this history, but it was removed, or the"
                                   " history was inserted.")  # fmt: skip


def check_numbers(connection: Connection) -> tuple[int, list[Problem]]:
    """How many registration numbers were given, and those whose request is gone or was never counted."""
    given = 0
    problems: list[Problem] = []
    counters = select(registration_counters, agencies.c.code).join(
        agencies, agencies.c.id == registration_counters.c.agency_id
    )
    for row in connection.execute(counters.order_by(agencies.c.code, registration_counters.c.year)).all():
        start = series(row.code, row.year)
        query = select(instances.c.registration_number).where(
            instances.c.registration_number.startswith(start, autoescape=True)
        )
        stored = set(connection.execute(query).scalars())
        counted = {registration_number(row.code, row.year, one) for one in range(1, row.last + 1)}
        given += row.last
        problems += [Problem(0, "missing", f"Expected the request {one}, whose number was given, but it is gone.")
                     for one in sorted(counted - stored)]  # fmt: skip
        problems += [Problem(0, "inserted", f"Expected numbers up to {row.last} in {start}…, but there is {one}.")
                     for one in sorted(stored - counted)]  # fmt: skip
    return given, problems
