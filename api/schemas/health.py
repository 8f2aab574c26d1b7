"""The shape of a life sign."""

from marshmallow import Schema

from api.schemas.fields import Choice


class StatusSchema(Schema):
    """All is well; otherwise the answer is a problem."""

    status = Choice("ok", required=True)
