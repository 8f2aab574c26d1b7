"""Saved views of the task list, and acts on many tasks at once."""

from marshmallow import Schema, fields, validate

from api.schemas.fields import Choice, Flag, Line, Number, Page
from engine.task_list import LONGEST_HOURS, LONGEST_NAME, SORTS

MOST_AT_ONCE = 100


class ViewFilters(Schema):
    """The filters that a view keeps: those of the task list."""

    role = Line(120)
    assignee = Line(80, metadata={"description": "a user name, `me` or `none`"})
    overdue = Flag()
    definition = Line(200)
    instance_id = Line(32)
    q = Line(200)
    due_within_hours = Number(1, LONGEST_HOURS)
    sort = Choice(*SORTS)


class ViewSchema(Schema):
    """A saved view."""

    id = Number(required=True)
    name = fields.String(required=True)
    filters = fields.Dict(required=True)
    default = fields.Boolean(required=True)


class ViewList(Page):
    """All views of a person."""

    items = fields.List(fields.Nested(ViewSchema), required=True)


class NewView(Schema):
    """Filters to keep under a name."""

    name = Line(LONGEST_NAME, required=True)
    filters = fields.Nested(ViewFilters, load_default=dict)
    default = Flag(load_default=False)


class ViewChanges(Schema):
    """What to change of a view."""

    name = Line(LONGEST_NAME)
    filters = fields.Nested(ViewFilters)
    default = Flag()


class ChosenTask(Schema):
    """A task, and the state in which it was seen."""

    id = Line(60, required=True)
    etag = Line(100, allow_none=True, load_default=None)


class BulkSchema(Schema):
    """One act on many tasks; `username` and `text` (reason or instruction) are for handing over."""

    action = Choice("claim", "assign", "delegate", required=True)
    tasks = fields.List(fields.Nested(ChosenTask), required=True, validate=validate.Length(1, MOST_AT_ONCE))
    username = Line(80, low=0, load_default="")
    text = Line(4000, low=0, load_default="")


class OutcomeSchema(Schema):
    """What became of one task: `code` and `detail` say why it was refused."""

    id = fields.String(required=True)
    done = fields.Boolean(required=True)
    code = fields.String(allow_none=True, required=True)
    detail = fields.String(required=True)


class Outcomes(Page):
    """What became of each task, in the order in which they were named."""

    items = fields.List(fields.Nested(OutcomeSchema), required=True)
