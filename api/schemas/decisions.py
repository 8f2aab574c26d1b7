"""Decisions."""

from marshmallow import Schema, fields

from api.schemas.fields import Digits, Line, Number, Page, Variables


class DecisionVersionQuery(Schema):
    """Which version; the newest unless given."""

    version = Digits(1)


class EvaluateSchema(Schema):
    """The inputs of a decision, and which decision of the model."""

    decision = Line(200, allow_none=True)
    version = Number(1, allow_none=True)
    variables = Variables(load_default=dict)


class EvaluatedSchema(Schema):
    """What a decision answered, and by which rules."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    value = fields.Raw(required=True, allow_none=True)
    rules = fields.List(fields.Dict(), required=True)
    problems = fields.List(fields.Dict(), required=True)


class DecisionSchema(Schema):
    """A deployed decision model."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    decisions = fields.List(fields.String(), required=True)
    hash = fields.String(required=True)
    deployed_at = fields.DateTime(required=True)
    deployed_by = fields.String(required=True)


class DecisionList(Page):
    """All decision models."""

    items = fields.List(fields.Nested(DecisionSchema), required=True)


class DecisionDeployedSchema(Schema):
    """A deployment and what was found in it."""

    key = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    decisions = fields.List(fields.String(), required=True)
    hash = fields.String(required=True)
    created = fields.Boolean(required=True)
    findings = fields.List(fields.Dict(), required=True)
