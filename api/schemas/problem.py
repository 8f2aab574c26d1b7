"""The shape of every refusal."""

from marshmallow import Schema, fields


class ProblemSchema(Schema):
    """RFC 9457, with a stable `code` and single findings in `errors`."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    errors = fields.List(fields.Dict(), required=True)
    request_id = fields.String(required=True)
