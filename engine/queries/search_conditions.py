"""The wishes of a search as SQL, one function each: who acted, as which post, late, number or name, data."""

import json
import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, false, or_, select

from engine.errors import InvalidInput
from engine.registration import registration_number
from engine.storage.tables import agencies, definitions, history, instances, persons, registration_counters, tasks

MOST_PEOPLE = 20
MOST_DIGITS = 9
_NUMBER = re.compile(r"[\w.-]+-\d{4}-\d+")


def numbers(connection: Connection, text: str) -> list[ColumnElement[bool]] | None:
    """Index ranges for a whole registration number, or an ordinal in any agency and year; None: the text is neither."""
    if _NUMBER.fullmatch(text):
        return [instances.c.registration_number == text.upper()]
    if not (text.isdecimal() and text.isascii() and len(text) <= MOST_DIGITS):
        return None
    series = select(agencies.c.code, registration_counters.c.year).join(
        registration_counters, registration_counters.c.agency_id == agencies.c.id
    )
    wanted = [registration_number(row.code, row.year, int(text)) for row in connection.execute(series)]
    return [instances.c.registration_number.in_(wanted)]


def named(connection: Connection, text: str) -> list[int]:
    """Ids of the SOP versions with this text in their name."""
    query = select(definitions.c.id).where(definitions.c.name.icontains(text, autoescape=True))
    return list(connection.execute(query).scalars())


def number_contains(text: str) -> ColumnElement[bool]:
    """Whether the registration number contains the text."""
    return instances.c.registration_number.icontains(text, autoescape=True)


def people_named(connection: Connection, text: str) -> list[tuple[int, str]]:
    """The people (id, user name) with this user name, or else with this text in their name.

    Raises:
        InvalidInput: more than `MOST_PEOPLE` fit.
    """
    columns = select(persons.c.id, persons.c.username)
    exact = connection.execute(columns.where(persons.c.username == text)).all()
    like = columns.where(persons.c.name.icontains(text, autoescape=True)).limit(MOST_PEOPLE + 1)
    found = [(row.id, row.username) for row in exact or connection.execute(like)]
    if len(found) > MOST_PEOPLE:
        raise InvalidInput(f"Expected a name that at most {MOST_PEOPLE} people bear, but more fit '{text}'.",
                           [{"field": "person", "message": "Terlalu banyak orang cocok; tulis nama lebih lengkap."}])
    return found


def acted(usernames: Sequence[str] | None, post: str | None) -> ColumnElement[bool]:
    """Whether history keeps an act of one of these people (None: anybody), as a post whose title contains `post`."""
    entry: list[ColumnElement[bool]] = [history.c.instance_id == instances.c.id, history.c.actor.is_not(None)]
    if usernames is not None:
        signed = [history.c.actor.contains(f'"person":{_json(name)}', autoescape=True) for name in usernames]
        entry.append(or_(false(), *signed))
    if post:
        pattern = f'%"post":"%{_escaped(_json(post)[1:-1])}%","unit":%'
        entry.append(history.c.actor.ilike(pattern, escape="/"))
    return select(history.c.seq).where(*entry).exists()


def was_late(now: datetime) -> ColumnElement[bool]:
    """Whether a task of the request is open, or was completed, after its due moment."""
    late = or_(
        and_(tasks.c.status == "open", tasks.c.due_key < now),
        and_(tasks.c.status == "completed", tasks.c.completed_at > tasks.c.due_key),
    )
    return select(tasks.c.id).where(tasks.c.instance_id == instances.c.id, tasks.c.kind == "user", late).exists()


def data_named(name: str) -> ColumnElement[bool]:
    """Whether the stored state can hold a variable that begins the path `name`: spares reading most rows."""
    return instances.c.state.contains(_json(name.split(".")[0])[:-1], autoescape=True)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _escaped(text: str) -> str:
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")
