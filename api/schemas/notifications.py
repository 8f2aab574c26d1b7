"""Notifications: what came to a person lately."""

from marshmallow import Schema, fields, validate

from api.schemas.fields import Line, ListQuery, Number, Page
from engine.commands.read_notifications import LONGEST_ID, MOST


class NotificationItem(Schema):
    """One notification; `kind` is new, late, escalated, ended, told (to the applicant) or a type of history entry."""

    id = fields.String(required=True)
    kind = fields.String(required=True)
    at = fields.DateTime(required=True)
    task_id = fields.String(allow_none=True, required=True)
    instance_id = fields.String(required=True)
    registration_number = fields.String(required=True)
    definition_name = fields.String(required=True)
    status = fields.String(required=True)
    name = fields.String(allow_none=True, required=True)
    by = fields.Dict(allow_none=True, required=True)
    text = fields.String(allow_none=True, required=True)
    read = fields.Boolean(required=True)


class NotificationPage(Page):
    """A page of notifications."""

    items = fields.List(fields.Nested(NotificationItem), required=True)


class NotificationsQuery(ListQuery):
    """Which page."""


class UnreadSchema(Schema):
    """How many are unread, at most 100."""

    unread = Number(required=True)


class ReadSchema(Schema):
    """Which ones were read; without ids, everything until now."""

    ids = fields.List(Line(LONGEST_ID), allow_none=True, load_default=None, validate=validate.Length(1, MOST))
