"""The satisfaction survey and its index (SKM)."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Day, Line, Number
from engine.queries.satisfaction import GROUPS
from engine.satisfaction import ELEMENTS, HIGHEST, LOWEST

AnswersSchema = Schema.from_dict(
    {code: Number(LOWEST, HIGHEST, required=True, metadata={"description": name}) for code, name in ELEMENTS.items()},
    name="SurveyAnswers",
)


class SurveyReceived(Schema):
    """That a survey was answered; the answers themselves are shown to nobody."""

    instance_id = fields.String(required=True)
    answered_on = fields.Date(required=True)


class SatisfactionQuery(Schema):
    """Answers about which SOP or agency, given in which period, grouped by what."""

    by = Choice(*GROUPS, load_default="definition")
    definition = Line(200)
    agency = Line(60)
    since = Day()
    until = Day(metadata={"description": "the day after the last one"})


class ElementSchema(Schema):
    """The mean of one element."""

    code = fields.String(required=True)
    name = fields.String(required=True)
    mean = fields.Float(required=True)


class ScoreSchema(Schema):
    """How many answers, their index (25 to 100) and grade (A to D); null while there are too few to sum up."""

    n = Number(required=True)
    index = fields.Float(allow_none=True, required=True)
    grade = fields.String(allow_none=True, required=True)
    elements = fields.List(fields.Nested(ElementSchema), required=True)


class SatisfactionItem(ScoreSchema):
    """The score of one SOP, agency or month."""

    key = fields.String(required=True)
    name = fields.String(required=True)


class SatisfactionSchema(ScoreSchema):
    """The score in all, and of each group."""

    items = fields.List(fields.Nested(SatisfactionItem), required=True)
