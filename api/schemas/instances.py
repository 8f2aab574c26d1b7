"""Instances (requests): start, lists, one, interventions, history."""

from marshmallow import Schema, fields, validate

from api.schemas.fields import Choice, Digits, Line, ListQuery, Number, Page, Variables
from api.schemas.tasks import TaskBrief, TaskItem

STATUSES = ("running", "suspended", "incident", "completed", "cancelled")


class StartSchema(Schema):
    """What to start, with the start form's data."""

    definition = Line(200, required=True)
    version = Number(1, allow_none=True)
    variables = Variables(load_default=dict)
    start_event = Line(200, allow_none=True)


class InstanceView(Schema):
    """An instance in the answer of a command: status and open tasks."""

    id = fields.String(required=True)
    registration_number = fields.String(required=True)
    definition = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    status = Choice(*STATUSES, required=True)
    started_at = fields.DateTime(required=True)
    tasks = fields.List(fields.Nested(TaskBrief), required=True)


class InstanceItem(Schema):
    """An instance in a list."""

    id = fields.String(required=True)
    registration_number = fields.String(required=True)
    definition = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    status = Choice(*STATUSES, required=True)
    confidentiality = fields.String(required=True)
    started_at = fields.DateTime(required=True)
    started_by = fields.String(required=True)
    ended_at = fields.DateTime(allow_none=True, required=True)


class IncidentSchema(Schema):
    """What stopped an instance."""

    token = fields.String(required=True)
    element_id = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)


class TimerSchema(Schema):
    """An armed timer."""

    element_id = fields.String(required=True)
    kind = fields.String(required=True)
    due_at = fields.DateTime(required=True)


class InstanceSchema(InstanceItem):
    """One instance with everything that is open."""

    agency = fields.String(required=True)
    applicant = fields.String(allow_none=True, required=True)
    variables = fields.Dict(required=True)
    seq = Number(required=True)
    head = fields.String(required=True)
    tasks = fields.List(fields.Nested(TaskItem), required=True)
    active = fields.List(fields.String(), required=True)
    incidents = fields.List(fields.Nested(IncidentSchema), required=True)
    timers = fields.List(fields.Nested(TimerSchema), required=True)


class InstancePage(Page):
    """A page of instances."""

    items = fields.List(fields.Nested(InstanceItem), required=True)


class TaskList(Page):
    """All tasks of an instance."""

    items = fields.List(fields.Nested(TaskItem), required=True)


class ActiveList(Page):
    """Ids of the elements where the instance stands."""

    items = fields.List(fields.String(), required=True)


class IncidentList(Page):
    """What stops the instance."""

    items = fields.List(fields.Nested(IncidentSchema), required=True)


class InstancesQuery(ListQuery):
    """Page and filters of the list of instances."""

    definition = Line(200)
    status = Choice(*STATUSES)
    q = Line(200)
    sort = Choice("-started_at", load_default="-started_at")


class PageQuery(Schema):
    """A page of something in its natural order."""

    limit = Digits(1, 1000, load_default=200)
    cursor = Line(2000)


class ReasonSchema(Schema):
    """Why somebody intervenes."""

    reason = Line(2000, required=True)


class RetrySchema(ReasonSchema):
    """What to retry, after which corrections."""

    token = Line(60, allow_none=True)
    variables = Variables(allow_none=True)


class ModifySchema(ReasonSchema):
    """Elements to put tokens before, tokens to cancel, variables to correct."""

    activate = fields.List(Line(200), load_default=list, validate=validate.Length(max=100))
    cancel = fields.List(Line(200), load_default=list, validate=validate.Length(max=100))
    variables = Variables(allow_none=True)


class MigrateSchema(ReasonSchema):
    """To which version, and which element replaces which."""

    version = Number(1, required=True)
    mapping = fields.Dict(keys=Line(200), values=Line(200), allow_none=True)
