"""Deployed versions and decisions, their drafts, what starts them by itself."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text, UniqueConstraint

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

definitions = Table(
    "definitions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(400), nullable=False),
    Column("profile", String(10), nullable=False),  # sop | bpmn
    Column("hash", String(64), nullable=False),  # SHA-256 over the diagram, its forms and decisions
    Column("xml", LargeBinary, nullable=False),
    Column("agency_id", ForeignKey("agencies.id")),
    Column("confidentiality", String(20), nullable=False, server_default="biasa"),
    Column("start_role", String(120)),  # lane of the start event; NULL = any staff
    Column("start_kind", String(20)),  # pemohon | pegawai | eksternal
    Column("roles", JsonText, nullable=False, server_default="[]"),  # of its lanes: who may follow its requests
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", String(80), nullable=False),
    Column("effective_at", UtcDateTime),  # requests start with it from then on; NULL = from its deployment
    Column("submitted_by", String(80)),  # of a version that came by review; NULL = deployed directly
    Column("reviewed_by", String(80)),
    Column("reason", Text),
    UniqueConstraint("key", "version"),
    UniqueConstraint("key", "hash"),
)

definition_forms = Table(
    "definition_forms",
    metadata,
    Column("definition_id", ForeignKey("definitions.id"), primary_key=True),
    Column("key", String(250), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

definition_drafts = Table(
    "definition_drafts",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("name", String(400), nullable=False, server_default=""),
    Column("profile", String(10), nullable=False, server_default="sop"),
    Column("xml", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("updated_by", String(80), nullable=False),
    Column("status", String(10), nullable=False, server_default="draft"),  # draft | in_review | approved
    Column("submitted_at", UtcDateTime),
    Column("submitted_by", String(80)),
    Column("submit_note", Text),
    Column("reviewed_at", UtcDateTime),
    Column("reviewed_by", String(80)),
    Column("review_note", Text),
)

draft_files = Table(  # forms (form-js JSON) and decisions (DMN) that a draft carries
    "draft_files",
    metadata,
    Column("draft_key", ForeignKey("definition_drafts.key"), primary_key=True),
    Column("kind", String(10), primary_key=True),  # form | decision
    Column("key", String(250), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

decision_definitions = Table(
    "decision_definitions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(400), nullable=False, server_default=""),
    Column("decisions", JsonText, nullable=False),  # ids of the decisions in the file
    Column("hash", String(64), nullable=False),
    Column("xml", LargeBinary, nullable=False),
    Column("deployed_at", UtcDateTime, nullable=False),
    Column("deployed_by", String(80), nullable=False),
    UniqueConstraint("key", "version"),
    UniqueConstraint("key", "hash"),
)

start_subscriptions = Table(  # message, signal and timer start events of versions in force now or later
    "start_subscriptions",
    metadata,
    Column("definition_id", ForeignKey("definitions.id"), primary_key=True),
    Column("element_id", String(200), primary_key=True),
    Column("kind", String(10), nullable=False),  # message | signal | timer
    Column("name", String(200)),
    Column("armed_at", UtcDateTime, nullable=False),  # what a timer start reckons from
    Column("next_due_at", UtcDateTime, index=True),
    Column("fired", Integer, nullable=False, server_default="0"),
    Column("valid_from", UtcDateTime),  # from when its version is in force; NULL = always
    Column("valid_until", UtcDateTime),  # when a newer version comes into force; NULL = open
    Index(None, "kind", "name"),
)
