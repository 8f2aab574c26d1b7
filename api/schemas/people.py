"""Administration of people, calendar and outbox."""

from marshmallow import Schema, fields, validate

from api.schemas.auth import PersonSchema
from api.schemas.fields import Change, Choice, Day, Digits, Flag, Line, ListQuery, Number, Page


class FoundPerson(PersonSchema):
    """A person; a search adds what administrators need of the account."""

    active = fields.Boolean()
    demo = fields.Boolean()
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    has_password = fields.Boolean()
    one_time_until = fields.DateTime(allow_none=True)


class PersonList(Page):
    """Persons: all active ones, or a page of those that a search found."""

    items = fields.List(fields.Nested(FoundPerson), required=True)


class NewPerson(Schema):
    """A person to create."""

    username = Line(80, required=True)
    name = Line(200, required=True)
    kind = Choice("pegawai", "warga", "eksternal", load_default="pegawai")
    email = Line(254, allow_none=True)
    phone = Line(30, allow_none=True)
    password = Line(200, allow_none=True, load_only=True)


class CreatedPerson(Schema):
    """A person as created."""

    username = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    demo = fields.Boolean(required=True)


class PersonChanges(Schema):
    """What to change of a person, and why."""

    name = Line(200)
    email = Line(254, allow_none=True)
    phone = Line(30, allow_none=True)
    active = Flag()
    password = Line(200, load_only=True)
    reason = Line(500, required=True)


class PersonChanged(Change):
    """Which fields were changed; old and new values of what the history keeps."""

    username = fields.String(required=True)
    changed = fields.List(fields.String(), required=True)


class PeopleQuery(Schema):
    """Whom to look for; without any of these every active person comes, on one page."""

    q = Line(200)
    agency = Line(120)
    kind = Choice("pegawai", "warga", "eksternal")
    state = Choice("aktif", "nonaktif")
    limit = Digits(1, 200)
    cursor = Line(2000)


class ReasonForPerson(Schema):
    """Why."""

    reason = Line(500, required=True)


class OneTimePassword(Schema):
    """A password to be exchanged for an own one at the next login; shown only here."""

    username = fields.String(required=True)
    password = fields.String(required=True)
    valid_until = fields.DateTime(required=True)


class TokensRevoked(Schema):
    """How many tokens a person had that were valid until now."""

    username = fields.String(required=True)
    reason = fields.String(required=True)
    revoked = Number(required=True)


class TokensQuery(ListQuery):
    """Whose tokens; `valid=false` shows those that expired or were revoked, too."""

    username = Line(80)
    valid = Flag(query=True, load_default=True)


class TokenItem(Schema):
    """A token without its secret."""

    id = Number(required=True)
    username = fields.String(required=True)
    person = fields.String(required=True)
    name = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)
    revoked_at = fields.DateTime(allow_none=True, required=True)
    valid = fields.Boolean(required=True)


class TokenPage(Page):
    """A page of tokens."""

    items = fields.List(fields.Nested(TokenItem), required=True)


class AgencyChanges(Schema):
    """What to change of an agency, and why; `office` null means the hours of Perpres 21/2023."""

    name = Line(200)
    zone = Line(40)
    office = fields.Dict(allow_none=True)
    reason = Line(500, required=True)


class AgencyChanged(Change):
    """Old and new values, the calendar version, and how many open requests workers now reckon by it."""

    code = fields.String(required=True)
    version = Number(required=True)
    recomputing = Number(required=True)


class AgencyItem(Schema):
    """An agency with how many posts it has; `office` null means the hours of Perpres 21/2023."""

    id = Number(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    zone = fields.String(required=True)
    office = fields.Dict(allow_none=True, required=True)
    posts = Number(required=True)


class AgencyPage(Page):
    """A page of agencies."""

    items = fields.List(fields.Nested(AgencyItem), required=True)


class SearchQuery(ListQuery):
    """Words to look for, a page at a time."""

    q = Line(200)


class NewAgency(Schema):
    """An agency to create."""

    code = Line(60, required=True)
    name = Line(200, required=True)
    zone = Line(40, load_default="Asia/Jakarta")


class NewRole(Schema):
    """A role to create or change."""

    key = Line(119, required=True)
    name = Line(200, required=True)
    superior_role = Line(119, allow_none=True)


class RoleList(Page):
    """All roles."""

    items = fields.List(fields.Nested(NewRole), required=True)


class RoleChanges(Schema):
    """What to change of a role, and why; no superior role means that nobody is told."""

    name = Line(200)
    superior_role = Line(119, allow_none=True)
    reason = Line(500, required=True)


class RoleChanged(Change):
    """A role's old and new values."""

    key = fields.String(required=True)


class NewPost(Schema):
    """A post to create, with the roles that it gives."""

    agency_code = Line(60, required=True)
    title = Line(200, required=True)
    unit = Line(200, low=0, load_default="")
    roles = fields.List(Line(119), load_default=list, validate=validate.Length(max=50))
    superior_id = Number(1, allow_none=True)


class PostItem(NewPost):
    """A post as stored."""

    id = Number(required=True)
    agency = fields.String()


class PostList(Page):
    """All posts."""

    items = fields.List(fields.Nested(PostItem), required=True)


class PostChanges(Schema):
    """What to change of a post, and why; `roles` is the whole new set."""

    title = Line(200)
    unit = Line(200, low=0)
    roles = fields.List(Line(119), validate=validate.Length(max=50))
    superior_id = Number(1, allow_none=True)
    reason = Line(500, required=True)


class PostChanged(Change):
    """A post's old and new values."""

    id = Number(required=True)
    title = fields.String(required=True)


class NewAssignment(Schema):
    """Who gets which post: for good, or as Plt./Plh. for a period by a letter."""

    username = Line(80, required=True)
    post_id = Number(1, required=True)
    kind = Choice("definitif", "plt", "plh", load_default="definitif")
    letter_number = Line(120, allow_none=True)
    valid_from = Day(allow_none=True)
    valid_until = Day(allow_none=True)


class AssignmentSchema(Schema):
    """An assignment as stored."""

    id = Number(required=True)
    username = fields.String(required=True)
    post_id = Number(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    letter_number = fields.String(allow_none=True, required=True)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(allow_none=True, required=True)


class AssignmentsQuery(Schema):
    """Which: `acting` ones that are not over, those that are `overlapping` or `ending` within two weeks, or `all`."""

    show = Choice("acting", "overlapping", "ending", "all", load_default="all")
    q = Line(200)
    post_id = Digits(1, 2_147_483_647)
    limit = Digits(1, 200, load_default=50)
    cursor = Line(2000)


class AssignmentItem(AssignmentSchema):
    """An assignment with its person and place, and how it stands today (in the zone of its agency)."""

    name = fields.String(required=True)
    unit = fields.String(required=True)
    agency = fields.String(required=True)
    when = fields.String(required=True)
    overlaps = fields.Boolean(required=True)
    ends_soon = fields.Boolean(required=True)


class AssignmentPage(Schema):
    """Assignments, the latest to begin first."""

    items = fields.List(fields.Nested(AssignmentItem), required=True)
    next_cursor = fields.String(allow_none=True, required=True)


class EndAssignment(Schema):
    """The last day of an assignment, and why."""

    valid_until = fields.Date(required=True)
    reason = Line(500, required=True)


class AssignmentEnded(Change):
    """An assignment with its new and old last day."""

    id = Number(required=True)


class NewToken(Schema):
    """For how long, and what for."""

    hours = Number(1, 24 * 366, load_default=24)
    name = Line(120, low=0, load_default="")


class IssuedToken(Schema):
    """A fresh token; the secret is shown only here."""

    id = Number(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    expires_at = fields.DateTime(required=True)
    token = fields.String(required=True)


class CalendarChange(Schema):
    """A day off with its name, or a working day again ("dicabut"); `until` makes it a span, both days included.

    For "ramadan" the date is the first day of fasting and `until` the last.
    """

    date = fields.Date(required=True)
    until = fields.Date(allow_none=True, load_default=None)
    name = Line(200, allow_none=True, load_default=None)
    category = Choice("nasional", "cuti_bersama", "daerah", "dicabut", "ramadan", required=True)
    agency_id = Number(1, allow_none=True, load_default=None)


class CalendarSchema(Schema):
    """The changes of one decree."""

    decree = Line(200, required=True)
    changes = fields.List(fields.Nested(CalendarChange), required=True, validate=validate.Length(1, 400))


class CalendarChanged(Schema):
    """The new calendar version, and how many open requests workers now reckon by it."""

    version = Number(required=True)
    recomputing = Number(required=True)


class OutboxQuery(ListQuery):
    """A page of messages to the outside with a status."""

    status = Choice("pending", "sent", "dead", load_default="dead")


class OutboxItem(Schema):
    """A message to the outside."""

    id = fields.String(required=True)
    channel = fields.String(required=True)
    recipient = fields.String(required=True)
    subject = fields.String(required=True)
    status = fields.String(required=True)
    attempts = Number(required=True)
    last_error = fields.String(allow_none=True, required=True)
    created_at = fields.DateTime(required=True)
    instance_id = fields.String(allow_none=True, required=True)


class OutboxPage(Page):
    """A page of messages."""

    items = fields.List(fields.Nested(OutboxItem), required=True)
