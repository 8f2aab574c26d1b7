"""Tasks: lists, one task, and what can be done to it."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Digits, Flag, Line, ListQuery, Number, Page, Variables
from engine.task_list import LONGEST_HOURS, SORTS


class TaskBrief(Schema):
    """An open task in the answer of a command."""

    id = fields.String(required=True)
    instance_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    lane = fields.String(required=True)
    role = fields.String(required=True)
    status = Choice("open", "completed", "cancelled", required=True)
    assignee_id = Number(allow_none=True)
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(allow_none=True, required=True)


class TaskItem(Schema):
    """A task in a list."""

    id = fields.String(required=True)
    instance_id = fields.String(required=True)
    registration_number = fields.String(required=True)
    definition = fields.String(required=True)
    definition_name = fields.String(required=True)
    version = Number(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    lane = fields.String(required=True)
    role = fields.String(required=True)
    status = Choice("open", "completed", "cancelled", required=True)
    assignee = fields.String(allow_none=True, required=True)
    assignee_name = fields.String(allow_none=True)
    opened_at = fields.DateTime(required=True)
    due_at = fields.DateTime(allow_none=True, required=True)
    completed_at = fields.DateTime(allow_none=True)
    etag = fields.String(required=True)


class AttachmentSchema(Schema):
    """A stored file."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size = Number(required=True)
    sha256 = fields.String(required=True)
    task_id = fields.String(allow_none=True)
    uploaded_at = fields.DateTime()


class CommentItem(Schema):
    """A comment with who wrote it when."""

    at = fields.DateTime(required=True)
    actor = fields.Dict(allow_none=True, required=True)
    text = fields.String(required=True)


class TaskSchema(TaskItem):
    """A task with draft, variables, comments and files."""

    draft = fields.Dict(allow_none=True, required=True)
    variables = fields.Dict(required=True)
    comments = fields.List(fields.Nested(CommentItem), required=True)
    attachments = fields.List(fields.Nested(AttachmentSchema), required=True)
    instance_status = fields.String(required=True)
    has_applicant = fields.Boolean(required=True)


class TaskPage(Page):
    """A page of tasks; `sorted_within`: that many, due first, were sorted, because there are more."""

    items = fields.List(fields.Nested(TaskItem), required=True)
    sorted_within = Number(allow_none=True)


class TasksQuery(ListQuery):
    """Page and filters of the task list."""

    role = Line(120)
    assignee = Line(80, metadata={"description": "a user name, `me` or `none`"})
    overdue = Flag(query=True)
    definition = Line(200)
    instance = Line(32)
    q = Line(200)
    due_within_hours = Digits(1, LONGEST_HOURS)
    sort = Choice(*SORTS, load_default="due_at")


class AssignSchema(Schema):
    """To whom; administrators say why."""

    username = Line(80, required=True)
    reason = Line(2000, low=0, load_default="")


class DelegateSchema(Schema):
    """To whom, with which instruction."""

    username = Line(80, required=True)
    instruction = Line(4000, required=True)


class CommentSchema(Schema):
    """A comment; `for_applicant`: the applicant shall read it."""

    text = Line(4000, required=True)
    for_applicant = Flag(load_default=False)


class DataSchema(Schema):
    """The data of a task's form."""

    data = Variables(load_default=dict)
