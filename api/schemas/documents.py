"""Tables as drafts, and drafts."""

from marshmallow import Schema, fields, validate

from api.schemas.definitions import PROFILES, FindingSchema, VersionQuery
from api.schemas.fields import Choice, Day, Digits, Line, ListQuery, Number, Page
from engine.documents.document_paper import PAPERS


class PaperQuery(VersionQuery):
    """Which version, on which paper (landscape)."""

    paper = Choice(*PAPERS, load_default="folio")


class GuessSchema(Schema):
    """Something a document does not say, inferred: for review."""

    row = Number(required=True)
    column = fields.String(required=True)
    message = fields.String(required=True)
    message_id = fields.String(required=True)


class ImportSchema(Schema):
    """A table as a draft diagram."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    bpmn = fields.String(required=True)
    valid = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    guesses = fields.List(fields.Nested(GuessSchema), required=True)
    table = fields.Dict(required=True)


def _cell() -> Line:
    return Line(20_000, low=0, load_default="")


class PerformerSchema(Schema):
    """A column of performers."""

    name = _cell()
    role = _cell()
    kind = _cell()


class RowSchema(Schema):
    """An activity; `performer` counts the performers from 1, lists stand one item per line."""

    line = Number(load_default=0)
    performer = Number(required=True)
    no, activity, requirements, time, outputs = _cell(), _cell(), _cell(), _cell(), _cell()
    remarks, flow, question, box, limit = _cell(), _cell(), _cell(), _cell(), _cell()
    calendar, assumption = _cell(), _cell()


class TableSchema(Schema):
    """A recognised table, as POST /definitions/import answers and people correct it."""

    title = _cell()
    key = _cell()
    identity = fields.Dict(keys=Line(200), values=Line(20_000, low=0), load_default=dict)
    performers = fields.List(fields.Nested(PerformerSchema), required=True, validate=validate.Length(max=100))
    rows = fields.List(fields.Nested(RowSchema), required=True, validate=validate.Length(max=500))


class DraftQuery(Schema):
    """Name, profile, and the draft version that was drawn on."""

    name = Line(400, low=0, load_default="")
    profile = Choice(*PROFILES)
    base_version = Digits(0)


class DraftPageQuery(ListQuery):
    """A page of drafts."""


class DraftSchema(Schema):
    """A draft of a definition."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    profile = Choice(*PROFILES, required=True)
    version = Number(required=True)
    etag = fields.String()
    status = Choice("draft", "in_review", "approved")
    updated_at = fields.DateTime()
    updated_by = fields.String()
    submitted_at = fields.DateTime(allow_none=True)
    submitted_by = fields.String(allow_none=True)
    submit_note = fields.String(allow_none=True)
    reviewed_at = fields.DateTime(allow_none=True)
    reviewed_by = fields.String(allow_none=True)
    review_note = fields.String(allow_none=True)
    forms = fields.List(fields.String())
    decisions = fields.List(fields.String())


class NewDefinitionDraftSchema(Schema):
    """A draft to begin: of a deployed SOP nothing is needed, a new one needs a name."""

    name = Line(400, low=0, load_default="")
    template = Line(200, metadata={"description": "key of the SOP that a new one begins as a copy of"})
    performers = fields.List(
        Line(200), metadata={"description": "names of the lanes of a new SOP that begins from nothing"}
    )


class SubmitSchema(Schema):
    """What the reviewer should know."""

    note = Line(2000, low=0, load_default="")


class ApproveSchema(SubmitSchema):
    """The version of the draft that was read, and a note."""

    version = Number(1, required=True)


class ReturnSchema(Schema):
    """The version of the draft that was read, and why it goes back."""

    version = Number(1, required=True)
    reason = Line(2000, required=True)


class DeployDraftSchema(Schema):
    """Nomor SOP, the day from which requests start with the version, and the reason of the change."""

    number = Line(120, required=True)
    effective_on = Day(required=True)
    reason = Line(2000, required=True)


class ActSchema(Schema):
    """One act on an SOP or its draft."""

    type = fields.String(required=True)
    at = fields.DateTime(required=True)
    actor = fields.Dict(allow_none=True)
    data = fields.Dict(required=True)


class ActsSchema(Schema):
    """The last acts, newest first."""

    items = fields.List(fields.Nested(ActSchema), required=True)


class DraftPage(Page):
    """A page of drafts."""

    items = fields.List(fields.Nested(DraftSchema), required=True)
