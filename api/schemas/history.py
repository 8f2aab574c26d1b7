"""History entries, frames, verdicts."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Day, Line, Number, Page


class EntrySchema(Schema):
    """One entry of a hash-chained history."""

    instance_id = fields.String(required=True)
    seq = Number(required=True)
    type = fields.String(required=True)
    element_id = fields.String(allow_none=True, required=True)
    at = fields.DateTime(required=True)
    actor = fields.Dict(allow_none=True, required=True)
    data = fields.Dict(required=True)
    hash = fields.String(required=True)


class HistoryPage(Page):
    """A page of entries in order."""

    items = fields.List(fields.Nested(EntrySchema), required=True)


class ChangeSchema(Schema):
    """What an entry changed in the data; null stands for what is not there."""

    name = fields.String(required=True)
    before = fields.Raw(allow_none=True, required=True)
    after = fields.Raw(allow_none=True, required=True)


class FrameSchema(Schema):
    """What was open, done and late after an entry."""

    seq = Number(required=True)
    at = fields.DateTime(required=True)
    event = fields.Nested(EntrySchema, required=True)
    status = fields.String(required=True)
    open = fields.List(fields.String(), required=True)
    late = fields.List(fields.String(), required=True)
    done = fields.List(fields.String(), required=True)
    flows = fields.List(fields.String(), required=True)
    variables = fields.Dict(required=True)
    changes = fields.List(fields.Nested(ChangeSchema), required=True)


class ReplaySchema(Page):
    """A page of frames."""

    instance_id = fields.String(required=True)
    definition = fields.String(required=True)
    version = Number(required=True)
    items = fields.List(fields.Nested(FrameSchema), required=True)


class VerifyQuery(Schema):
    """`chain` checks hashes, state and anchors; `execute` also runs the recorded inputs on a fresh engine."""

    mode = Choice("chain", "execute", load_default="chain")


class ProblemItem(Schema):
    """Something wrong with a history."""

    seq = Number(required=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)


class VerificationSchema(Schema):
    """Whether a history holds."""

    valid = fields.Boolean(required=True)
    instance_id = fields.String(required=True)
    entries = Number(required=True)
    head = fields.String()
    anchored_seq = Number()
    problems = fields.List(fields.Nested(ProblemItem), required=True)
    execution = fields.Raw(metadata={"description": "with mode=execute: agrees, not_run, or the first divergence"})


class ProofSchema(Schema):
    """A self-contained proof of one history, to be checked with `alur verify --file`."""

    format = fields.String(required=True)
    statement = fields.Dict(required=True)
    public_key = fields.String(required=True)
    signature = fields.String(required=True)
    anchor = fields.Dict(allow_none=True, required=True)
    diagram = fields.String(required=True, metadata={"description": "base64"})
    forms = fields.Dict(required=True)
    entries = fields.List(fields.Nested(EntrySchema), required=True)


class ComplianceQuery(Schema):
    """For which definition, and tasks completed from which day to which; without days, the last three months."""

    definition = Line(200)
    since = Day()
    until = Day()


class ComplianceItem(Schema):
    """How often an activity met its quality standard."""

    definition = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    completed = Number(required=True)
    on_time = Number(required=True)
    late = Number(required=True)
    open = Number(required=True)
    open_late = Number(required=True)


class ComplianceSchema(Schema):
    """The report with its period and its totals. What is open is counted as it is now."""

    since = Day(required=True)
    until = Day(required=True)
    items = fields.List(fields.Nested(ComplianceItem), required=True)
    totals = fields.Dict(required=True)
