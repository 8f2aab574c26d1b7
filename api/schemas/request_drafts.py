"""Drafts of requests."""

from marshmallow import Schema, fields

from api.schemas.fields import Line, Page, Variables


class NewDraftSchema(Schema):
    """Which service, and what was filled in so far; file fields hold ids of uploads."""

    definition = Line(200, required=True)
    variables = Variables(load_default=dict)


class DraftChangeSchema(Schema):
    """What is filled in by now."""

    variables = Variables(required=True)


class RequestDraftSchema(Schema):
    """A draft; its id is the secret of the link and works for its writer only."""

    id = fields.String(required=True)
    definition = fields.String(required=True)
    data = fields.Dict(required=True)
    updated_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)


class NamedDraftSchema(RequestDraftSchema):
    """A draft with the name of its service."""

    name = fields.String(required=True)


class RequestDraftList(Page):
    """All of a person's drafts."""

    items = fields.List(fields.Nested(NamedDraftSchema), required=True)
