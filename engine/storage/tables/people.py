"""Persons, the posts they hold, what those give, how they log in; and the working calendar."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, text

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

agencies = Table(
    "agencies",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(60), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("zone", String(40), nullable=False, server_default="Asia/Jakarta"),
    Column("office", JsonText),  # office hours as engine.working_calendar reads them; NULL = Perpres 21/2023
)

roles = Table(
    "roles",
    metadata,
    Column("key", String(120), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("superior_role", String(120)),  # who is told when a deadline is missed
)

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False, index=True),
    Column("unit", String(200), nullable=False, server_default=""),
    Column("title", String(200), nullable=False),
    Column("superior_id", ForeignKey("posts.id")),
)

post_roles = Table(
    "post_roles",
    metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("role", ForeignKey("roles.key"), primary_key=True, index=True),
)

persons = Table(
    "persons",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(80), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(20), nullable=False, server_default="pegawai"),  # pegawai | warga
    Column("email", String(254)),
    Column("phone", String(30)),
    Column("password_hash", String(200)),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("demo", Boolean, nullable=False, server_default=text("false")),
    Column("password_once_until", UtcDateTime),  # the password is a one-time one, to be exchanged by then
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("post_id", ForeignKey("posts.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False, server_default="definitif"),  # definitif | plt | plh
    Column("letter_number", String(120)),  # surat perintah of a Plt./Plh.
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),  # last day, inclusive; NULL = open
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("hash", String(64), nullable=False, unique=True),  # SHA-256 of the secret, never the secret
    Column("name", String(120), nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(80), nullable=False),
    Column("address", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "username", "at"),
    Index(None, "address", "at"),
)

calendar_changes = Table(  # append-only: the calendar of version v is the fold of all changes with version <= v
    "calendar_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False, index=True),
    Column("agency_id", ForeignKey("agencies.id")),  # NULL = national
    Column("date", Date, nullable=False),
    Column("name", String(200)),  # NULL = this day is a working day again
    Column("category", String(20), nullable=False),  # nasional | cuti_bersama | daerah | dicabut | ramadan | kantor
    Column("decree", String(200), nullable=False, server_default=""),
    Column("at", UtcDateTime, nullable=False),
    Column("by", String(80), nullable=False, server_default=""),
    Column("office", JsonText),  # category kantor: {zone, office} of the agency from this version on
)
