"""Which requests still have to follow a changed calendar: one row for each version that moves deadlines.

Requests are examined in the order of their ids; `position` is how far that went, so that any worker can go on. A second
look, when commands that had read the calendar before are over, passes over those that took a step since.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from engine.model import UNENDED
from engine.storage.tables import agencies, history, instances
from engine.storage.tables import deadline_recomputations as jobs


def add_job(connection: Connection, version: int, agency_id: int | None, at: datetime) -> int:
    """Asks workers to reckon the open requests (of one agency, or all) by calendar `version`; returns how many."""
    total = int(connection.execute(_open(select(func.count()).select_from(instances), agency_id)).scalar_one())
    connection.execute(
        insert(jobs).values(calendar_version=version, agency_id=agency_id, at=at, total=total)
    )
    return total


def next_job(connection: Connection, finished_before: datetime) -> Row[Any] | None:
    """The oldest one that is not finished; else the oldest, finished until then, that still needs its second look."""
    again = jobs.c.settled_at.is_(None) & (jobs.c.finished_at <= finished_before)
    query = select(jobs).where(jobs.c.finished_at.is_(None) | again)
    first = query.order_by(jobs.c.finished_at.is_not(None), jobs.c.calendar_version).limit(1)
    return connection.execute(first).one_or_none()


def job_of(connection: Connection, version: int) -> Row[Any] | None:
    """What a calendar version set going, finished or not."""
    return connection.execute(select(jobs).where(jobs.c.calendar_version == version)).one_or_none()


def open_requests(
    connection: Connection, agency_id: int | None, after: str, limit: int, stepped_since: datetime | None = None
) -> Sequence[Row[Any]]:
    """Open requests behind the id `after`, in order, with what their deadlines are reckoned from.

    `stepped_since`: only those whose last entry was recorded since then.
    """
    query: Select[Any] = (
        select(
            instances.c.id, instances.c.definition_id, instances.c.agency_id, instances.c.state,
            instances.c.registration_number, instances.c.confidentiality, instances.c.applicant_id, agencies.c.zone,
        )
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .where(instances.c.id > after)
        .order_by(instances.c.id)
        .limit(limit)
    )  # fmt: skip
    if stepped_since is not None:
        last = (history.c.instance_id == instances.c.id) & (history.c.seq == instances.c.seq)
        query = query.join(history, last).where(history.c.at >= stepped_since)
    return connection.execute(_open(query, agency_id)).all()


def _open(query: Select[Any], agency_id: int | None) -> Select[Any]:
    query = query.where(instances.c.status.in_(UNENDED))
    return query if agency_id is None else query.where(instances.c.agency_id == agency_id)


def count_moved(connection: Connection, version: int) -> None:
    """One more request got other deadlines."""
    connection.execute(update(jobs).where(jobs.c.calendar_version == version).values(moved=jobs.c.moved + 1))


def advance(
    connection: Connection, job: Row[Any], *, position: str, examined: int, failed: int, through_at: datetime | None
) -> None:
    """Notes how far a look went (`through_at`: it went to the end), unless another worker went the same way meanwhile.

    Progress is that of the first look; the second one examines few, and those once more.
    """
    values: dict[str, Any] = {"position": position if through_at is None else ""}
    if job.finished_at is None:
        values |= {"examined": jobs.c.examined + examined, "failed": jobs.c.failed + failed, "finished_at": through_at}
    else:
        values["settled_at"] = through_at
    connection.execute(
        update(jobs)
        .where(jobs.c.calendar_version == job.calendar_version, jobs.c.position == job.position,
               jobs.c.finished_at.is_(None) if job.finished_at is None else jobs.c.finished_at.is_not(None),
               jobs.c.settled_at.is_(None))
        .values(values)
    )  # fmt: skip
