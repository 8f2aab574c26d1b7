"""Reports: what to count, the figures, and the lists and the heatmap behind them."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Day, Digits, Line, Number
from engine.queries.report_lists import REQUEST_LISTS, TASK_LISTS


class PeriodQuery(Schema):
    """Days on the agencies' calendars, both included; without them this month and the two before."""

    since = Day()
    until = Day()
    version = Digits(1)


class FiguresQuery(PeriodQuery):
    """What to count."""

    definition = Line(200)
    agency = Line(60)
    role = Line(120)
    element = Line(200)


class _ListQuery(FiguresQuery):
    limit = Digits(1, 200, load_default=50)
    cursor = Line(500)


class TasksQuery(_ListQuery):
    """Which list, and of what."""

    list = Choice(*TASK_LISTS, load_default="late")


class RequestsQuery(_ListQuery):
    """Which list, and of what."""

    list = Choice(*REQUEST_LISTS, load_default="deviating")


class FiguresSchema(Schema):
    """Sums and shares of one group; minutes are working time, shares null where there is nothing to divide."""

    key = fields.String()
    name = fields.String()
    role = fields.String()
    role_key = fields.String()
    agency = fields.String()
    definition = fields.String()
    definition_name = fields.String()
    done = Number(required=True)
    limited = Number(required=True, metadata={"description": "of these, with a limit"})
    on_time = Number(required=True)
    late = Number(required=True)
    on_time_share = fields.Float(required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    average_minutes = Number(required=True, allow_none=True)
    longest = Number(required=True)
    open = Number(required=True)
    open_late = Number(required=True)
    running = Number(required=True)
    ended = Number(required=True)
    cancelled = Number(required=True)
    conformant = Number(required=True)
    deviating = Number(required=True)
    conformant_share = fields.Float(required=True, allow_none=True)
    with_late = Number(required=True)
    own_minutes = fields.Integer(required=True)
    applicant_minutes = fields.Integer(required=True)
    average_own_minutes = Number(required=True, allow_none=True)


class ReportSchema(Schema):
    """The compliance report."""

    since = Day(required=True)
    until = Day(required=True)
    at = fields.DateTime(required=True)
    totals = fields.Nested(FiguresSchema, required=True)
    definitions = fields.List(fields.Nested(FiguresSchema), required=True)
    agencies = fields.List(fields.Nested(FiguresSchema), required=True)
    roles = fields.List(fields.Nested(FiguresSchema), required=True)
    elements = fields.List(fields.Nested(FiguresSchema), required=True)
    months = fields.List(fields.Nested(FiguresSchema), required=True)
    bottlenecks = fields.List(fields.Nested(FiguresSchema), required=True)


class _RequestFacts(Schema):
    instance_id = fields.String(required=True)
    registration_number = fields.String(required=True)
    definition = fields.String(required=True)
    definition_name = fields.String(required=True)
    version = Number(required=True)
    agency = fields.String(required=True)
    zone = fields.String(required=True)
    confidentiality = fields.String(required=True)


class ReportTask(_RequestFacts):
    """A task behind a figure."""

    task_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    role_name = fields.String(required=True)
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(required=True, allow_none=True)
    completed_at = fields.DateTime(required=True, allow_none=True)
    minutes = Number(required=True, allow_none=True)
    late_minutes = Number(required=True, allow_none=True)


class ReportTaskPage(Schema):
    """A page of tasks."""

    items = fields.List(fields.Nested(ReportTask), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class DeviationSchema(Schema):
    """A step off the drawing, or an intervention with its reason."""

    seq = Number(required=True)
    kind = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class ReportRequest(_RequestFacts):
    """A request behind a figure; what is reckoned at its end is null while it runs."""

    status = fields.String(required=True)
    started_at = fields.DateTime(required=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    own_minutes = Number(required=True, allow_none=True)
    applicant_minutes = Number(required=True, allow_none=True)
    tasks = Number(required=True, allow_none=True)
    late_tasks = Number(required=True, allow_none=True)
    conformant = fields.Boolean(required=True, allow_none=True)
    deviations = fields.List(fields.Nested(DeviationSchema), required=True, allow_none=True)


class ReportRequestPage(Schema):
    """A page of requests."""

    items = fields.List(fields.Nested(ReportRequest), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class HeatmapSchema(Schema):
    """Figures by element and flow."""

    since = Day(required=True)
    until = Day(required=True)
    requests = Number(required=True)
    cut = fields.Boolean(required=True)
    elements = fields.Dict(keys=fields.String(), values=fields.Dict(), required=True)
