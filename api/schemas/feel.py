"""Checking FEEL."""

from marshmallow import Schema, fields, validate

from api.schemas.fields import Choice, Line

LONGEST_EXPRESSION = 20_000
MOST_NAMES = 2_000


class FeelSchema(Schema):
    """A FEEL text, what kind it is, and the names it may use."""

    expression = Line(LONGEST_EXPRESSION, low=0, required=True)
    kind = Choice("expression", "condition", "unary_tests", load_default="expression")
    names = fields.List(Line(200), validate=validate.Length(max=MOST_NAMES), allow_none=True)


class FeelFindingSchema(Schema):
    """One mistake."""

    rule = fields.String(required=True)
    message = fields.String(required=True)
    message_en = fields.String(required=True)
    line = fields.Integer(required=True)
    column = fields.Integer(required=True)
    suggestion = fields.String(required=True)


class FeelVerdictSchema(Schema):
    """What a FEEL text is."""

    valid = fields.Boolean(required=True)
    type = fields.String(required=True)
    names = fields.List(fields.String(), required=True)
    findings = fields.List(fields.Nested(FeelFindingSchema), required=True)
