"""Login, and who one is."""

from marshmallow import Schema, fields

from api.schemas.fields import Choice, Flag, Line, Number


class LoginSchema(Schema):
    """User name and password."""

    username = Line(80, required=True)
    password = Line(200, required=True, load_only=True)


class RegistrationSchema(Schema):
    """A citizen's account; the command says what is due, which depends on whether mail addresses are confirmed."""

    username = Line(80, required=True)
    name = Line(200, required=True)
    email = Line(254, allow_none=True)
    phone = Line(30, allow_none=True)
    password = Line(200, allow_none=True, load_only=True)
    consent = Flag(required=True)


class RegisteredSchema(Schema):
    """What comes next: a one-time password by mail ("email"), or the login ("none")."""

    username = fields.String(required=True)
    confirmation = Choice("email", "none", required=True)


class TokenSchema(Schema):
    """A fresh token; it is shown only here."""

    token = fields.String(required=True)
    expires_at = fields.DateTime(required=True)


class PostSchema(Schema):
    """A post as held today."""

    id = Number(required=True)
    title = fields.String(required=True)
    unit = fields.String(required=True)
    agency = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "definitif, plt or plh"})
    letter_number = fields.String(allow_none=True)
    roles = fields.List(fields.String(), required=True)


class PersonSchema(Schema):
    """A person with today's posts and roles."""

    id = Number(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, metadata={"description": "pegawai, warga or eksternal"})
    posts = fields.List(fields.Nested(PostSchema), required=True)
    roles = fields.List(fields.String(), required=True)
