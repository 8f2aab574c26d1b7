"""The administration's history, the calendar and its preview, workers, settings."""

from marshmallow import Schema, fields

from api.schemas.fields import Change, Day, Digits, Line, ListQuery, Number, Page
from api.schemas.people import CalendarSchema


class ActsQuery(ListQuery):
    """Which acts: by whom, of which type, between which local days, with which words."""

    person = Line(80)
    type = Line(40)
    since = Day()
    until = Day()
    q = Line(200)


class AdministrationVerdict(Schema):
    """Whether every entry is as it was sealed."""

    valid = fields.Boolean(required=True)
    entries = Number(required=True)
    head = fields.String(required=True)
    anchored_seq = Number(required=True)
    problems = fields.List(fields.Dict(), required=True)


class YearQuery(Schema):
    """Which year, and of which agency (its code); without one, the national days."""

    year = Digits(2000, 2100, required=True)
    agency = Line(120)


class CalendarDay(Schema):
    """A day: kind is kerja, akhir_pekan, or the category of the holiday."""

    date = fields.Date(required=True)
    weekday = Number(required=True)
    kind = fields.String(required=True)
    name = fields.String(allow_none=True, required=True)
    decree = fields.String(allow_none=True, required=True)
    ramadan = fields.Boolean(required=True)


class CalendarMonth(Schema):
    """A month with its days."""

    number = Number(required=True)
    days = fields.List(fields.Nested(CalendarDay), required=True)
    working_days = Number(required=True)


class CalendarYear(Schema):
    """A year of the working calendar."""

    year = Number(required=True)
    months = fields.List(fields.Nested(CalendarMonth), required=True)
    holidays = fields.List(fields.Nested(CalendarDay), required=True)
    working_days = Number(required=True)
    ramadan = fields.List(fields.Date(), allow_none=True, required=True)


class DecreesQuery(Schema):
    """A page of calendar versions."""

    limit = Digits(1, 200, load_default=50)
    cursor = Line(2000)


class DecreeDay(Schema):
    """A day that a version changed; name null = a working day again."""

    date = fields.Date(required=True)
    name = fields.String(allow_none=True, required=True)
    category = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)


class RecomputationSchema(Schema):
    """How far open requests follow a calendar version; `finished_at` null = workers are at it."""

    total = Number(required=True)
    examined = Number(required=True)
    moved = Number(required=True)
    failed = Number(required=True)
    finished_at = fields.DateTime(allow_none=True, required=True)


class Decree(Schema):
    """A calendar version: what made it, its first days of `count`, and what it does to open deadlines."""

    version = Number(required=True)
    decree = fields.String(required=True)
    at = fields.DateTime(required=True)
    by = fields.String(required=True)
    count = Number(required=True)
    changes = fields.List(fields.Nested(DecreeDay), required=True)
    recomputation = fields.Nested(RecomputationSchema, allow_none=True, required=True)


class DecreePage(Schema):
    """Calendar versions, newest first."""

    items = fields.List(fields.Nested(Decree), required=True)
    next_cursor = fields.String(allow_none=True, required=True)


class PreviewSchema(CalendarSchema):
    """The changes of a decree that is not stored yet."""

    cursor = Line(2000)


class DeadlineMove(Schema):
    """A deadline or timer that would be due at another moment; of a secret request only the moments."""

    element_id = fields.String(allow_none=True, required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    old_due_at = fields.DateTime(required=True)
    due_at = fields.DateTime(required=True)


class MovedRequest(Schema):
    """A request whose deadlines would move."""

    instance_id = fields.String(allow_none=True, required=True)
    registration_number = fields.String(allow_none=True, required=True)
    definition_name = fields.String(allow_none=True, required=True)
    zone = fields.String(required=True)
    moves = fields.List(fields.Nested(DeadlineMove), required=True)


class PreviewPage(Page):
    """Requests that would move, how many were examined, and where the examination goes on."""

    items = fields.List(fields.Nested(MovedRequest), required=True)
    examined = Number(required=True)


class WorkerItem(Schema):
    """One job of one worker process."""

    job = fields.String(required=True)
    worker = fields.String(required=True)
    at = fields.DateTime(required=True)
    settled = Number(required=True)
    error = fields.String(allow_none=True, required=True)
    seconds_ago = Number(required=True)


class WorkerList(Page):
    """All worker processes of the last two days."""

    items = fields.List(fields.Nested(WorkerItem), required=True)


class SettingSchema(Schema):
    """The new value, and why."""

    value = Line(500, low=0, required=True)
    reason = Line(500, required=True)


class SettingChanged(Change):
    """A setting's old and new value."""

    key = fields.String(required=True)
