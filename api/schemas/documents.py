"""Tables as drafts, and drafts."""

from marshmallow import Schema, fields

from api.schemas.definitions import PROFILES, FindingSchema, VersionQuery
from api.schemas.fields import Choice, Digits, Line, Number
from engine.documents.document_paper import PAPERS


class PaperQuery(VersionQuery):
    """Which version, on which paper (landscape)."""

    paper = Choice(*PAPERS, load_default="folio")


class GuessSchema(Schema):
    """Something a document does not say, inferred: for review."""

    row = Number(required=True)
    column = fields.String(required=True)
    message = fields.String(required=True)


class ImportSchema(Schema):
    """A table as a draft diagram."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    bpmn = fields.String(required=True)
    valid = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    guesses = fields.List(fields.Nested(GuessSchema), required=True)


class DraftQuery(Schema):
    """Name, profile, and the draft version that was drawn on."""

    name = Line(400, low=0, load_default="")
    profile = Choice(*PROFILES, load_default="sop")
    base_version = Digits(0)


class DraftPageQuery(Schema):
    """A page of drafts."""

    limit = Digits(1, 200, load_default=50)
    cursor = Line(2000)


class DraftSchema(Schema):
    """A draft of a definition."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    profile = Choice(*PROFILES, required=True)
    version = Number(required=True)
    updated_at = fields.DateTime()
    updated_by = fields.String()


class DraftPage(Schema):
    """A page of drafts."""

    items = fields.List(fields.Nested(DraftSchema), required=True)
    next_cursor = fields.String(allow_none=True, required=True)
