"""Definitions: what is deployed, and what validation found."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Digits, Line, ListQuery, Number, Page

PROFILES = ("sop", "bpmn")


class ProfileQuery(Schema):
    """Which rules apply: `sop` adds those of the SOP vocabulary to those of BPMN."""

    profile = Choice(*PROFILES, load_default="sop")


class VersionQuery(Schema):
    """Which version; the newest without."""

    version = Digits(1)


class DefinitionsQuery(ListQuery):
    """Page and filter of the list of definitions."""

    q = Line(200)


class FindingSchema(Schema):
    """One problem of a diagram: where, which rule, what, and the cure."""

    element = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    rule = fields.String(required=True)
    severity = fields.String(required=True)
    message = fields.String(required=True)
    cure = fields.String()
    message_en = fields.String()
    cure_en = fields.String()
    line = fields.Integer(allow_none=True)
    related = fields.List(fields.String())
    errors = fields.List(fields.Dict())


class PreparedSchema(Schema):
    """One thing that Alur completed in the executed copy of the diagram."""

    element = fields.String(allow_none=True)
    name = fields.String(allow_none=True)
    message = fields.String(required=True)
    message_en = fields.String()


class TimerPreviewSchema(Schema):
    """What a timer means: the next moments at which it would fire if its element began now."""

    element = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    next = fields.List(fields.DateTime(), required=True)


class VerdictSchema(Schema):
    """Whether a diagram can be deployed, and everything found."""

    valid = fields.Boolean(required=True)
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    prepared = fields.List(fields.Nested(PreparedSchema), required=True)
    timers = fields.List(fields.Nested(TimerPreviewSchema), required=True)


class DeployedSchema(Schema):
    """The version that holds the deployed content."""

    key = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    hash = fields.String(required=True)
    created = fields.Boolean(required=True, metadata={"description": "false: this content was deployed before"})
    findings = fields.List(fields.Nested(FindingSchema), required=True)
    prepared = fields.List(fields.Nested(PreparedSchema), required=True)
    effective_on = fields.Date()


class DefinitionItemSchema(Schema):
    """A deployed version."""

    key = fields.String(required=True)
    version = Number(required=True)
    name = fields.String(required=True)
    profile = Choice(*PROFILES, required=True)
    hash = fields.String(required=True)
    confidentiality = fields.String(required=True)
    start_role = fields.String(allow_none=True, required=True)
    start_kind = fields.String(allow_none=True, required=True)
    deployed_at = fields.DateTime(required=True)
    deployed_by = fields.String(required=True)
    effective_at = fields.DateTime(
        allow_none=True, metadata={"description": "requests start with it from then on; null: since its deployment"}
    )


class DefinitionSchema(DefinitionItemSchema):
    """A deployed version with all version numbers, its forms and roles."""

    versions = fields.List(Number(), required=True)
    forms = fields.List(fields.String(), required=True)
    roles = fields.List(fields.String(), required=True)


class DefinitionPage(Page):
    """A page of definitions."""

    items = fields.List(fields.Nested(DefinitionItemSchema), required=True)
