"""What the public sees."""

from marshmallow import Schema, fields

from api.schemas.fields import Line, Number, Page, Variables


class RequestSchema(Schema):
    """Which service a citizen asks for, with the start form's data."""

    definition = Line(200, required=True)
    variables = Variables(load_default=dict)


class ServiceSchema(Schema):
    """A service that citizens may ask for."""

    key = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    agency = fields.String(allow_none=True, required=True)


class ServiceList(Page):
    """All services."""

    items = fields.List(fields.Nested(ServiceSchema), required=True)


class StepSchema(Schema):
    """A step of a request, without names or contents."""

    element_id = fields.String(required=True)
    name = fields.String(required=True)
    lane = fields.String(required=True)
    post = fields.String(allow_none=True, required=True, metadata={"description": "the role's name: who has it"})
    status = fields.String(required=True)
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(allow_none=True, required=True)
    completed_at = fields.DateTime(allow_none=True, required=True)
    late = fields.Boolean(required=True)


class TrackSchema(Schema):
    """Where a request is."""

    registration_number = fields.String(required=True)
    definition = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    status = fields.String(required=True)
    started_at = fields.DateTime(required=True)
    ended_at = fields.DateTime(allow_none=True, required=True)
    agency = fields.String(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
