"""Searching requests by anything, and exporting what was found."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Digits, Flag, Line, Moment, Page
from api.schemas.instances import InstanceItem
from engine.queries.instances import STATUSES
from engine.queries.search import ACTED, ASKED


class SearchFilter(Schema):
    """What to look for among requests; everything given must hold."""

    q = Line(200, metadata={"description": "registration number, its ordinal, or a part of the SOP's name"})
    person = Line(200, metadata={"description": "user name, or a part of a name"})
    part = Choice(ASKED, ACTED, metadata={"description": "what that person did; by default either"})
    post = Line(200, metadata={"description": "part of the title of the post as which somebody acted"})
    definition = Line(200)
    agency = Line(60)
    status = Choice(*STATUSES)
    since = Moment()
    until = Moment()
    late = Flag(query=True, load_default=False)
    data = Line(500, metadata={"description": "conditions on the data as they are now: `nama = Budi; jumlah > 5`"})


class SearchQuery(SearchFilter):
    """Filter and page of a search."""

    limit = Digits(1, 200, load_default=50)
    cursor = Line(2000)


class ExportQuery(SearchFilter):
    """Format and filter of an export."""

    format = Choice("jsonl", "csv", "xes", load_default="jsonl")


class FoundItem(InstanceItem):
    """A request that was found."""

    agency = fields.String(required=True)
    late = fields.Boolean(required=True)


class SearchPage(Page):
    """A page of requests; with `looked_until`, older ones have not been looked at yet: go on with the cursor."""

    items = fields.List(fields.Nested(FoundItem), required=True)
    looked_until = fields.DateTime(allow_none=True, required=True)
