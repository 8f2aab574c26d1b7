"""Where the test clock stands."""

from marshmallow import Schema, fields

from api.schemas.fields import Line


class MoveSchema(Schema):
    """Either a moment or a duration."""

    now = fields.AwareDateTime()
    advance = Line(60, metadata={"description": "ISO 8601 duration, e.g. PT1H or P3D"})


class NowSchema(Schema):
    """The moment at which the clock stands, and how many timers fired."""

    now = fields.DateTime(required=True)
    fired = fields.Integer(required=True)
