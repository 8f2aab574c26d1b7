"""Messages, signals and jobs."""

from marshmallow import Schema, fields

from api.schemas.fields import Line, Number, Page, Variables


class MessageSchema(Schema):
    """A message, for whom, with what."""

    name = Line(200, required=True)
    correlation = Line(200, allow_none=True)
    variables = Variables(load_default=dict)


class SignalSchema(Schema):
    """A signal, with what."""

    name = Line(200, required=True)
    variables = Variables(load_default=dict)


class SignalView(Schema):
    """Who took a signal, and what it started."""

    delivered = fields.List(fields.String(), required=True)
    started = fields.List(fields.String(), required=True)


class ActivateSchema(Schema):
    """Which jobs a worker takes, how many, and for how long."""

    type = Line(120, required=True)
    max_jobs = Number(1, 100, load_default=10)
    worker = Line(120, low=0, load_default="")
    lease_seconds = Number(1, 86_400, load_default=60)


class JobSchema(Schema):
    """A job in the hands of a worker."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    instance_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    variables = fields.Dict(required=True)
    lease_until = fields.DateTime(required=True)


class JobList(Page):
    """The jobs that a worker took."""

    items = fields.List(fields.Nested(JobSchema), required=True)


class JobCompleteSchema(Schema):
    """The results of a job."""

    variables = Variables(load_default=dict)


class JobFailSchema(Schema):
    """Why a job failed, and how many attempts are left."""

    message = Line(2000, required=True)
    retries = Number(0, 1000, allow_none=True)


class JobErrorSchema(Schema):
    """The BPMN error that a job ends with."""

    code = Line(200, required=True)
    message = Line(2000, low=0, load_default="")
