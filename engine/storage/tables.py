"""All tables, as SQLAlchemy Core. One metadata; `api/extensions.py` shares it, Alembic migrates it.

Hot path (complete a task): read `tokens`+person, read `tasks`+`instances`, then store the step (record.py): update
`instances`, upsert `tasks`, insert `history`. There is no timer table: an instance's armed timers live in its state
and the earliest due moment stands in `instances.next_due_at`, which is what workers claim
(docs/decisions/0003-due-moment-on-the-instance.md).
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.storage.types import JsonText, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- people -------------------------------------------------------------------------------------------------------

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

# --- calendar -----------------------------------------------------------------------------------------------------

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

# --- definitions --------------------------------------------------------------------------------------------------

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

# --- running ------------------------------------------------------------------------------------------------------

registration_counters = Table(
    "registration_counters",
    metadata,
    Column("agency_id", ForeignKey("agencies.id"), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

instances = Table(
    "instances",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False, index=True),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("registration_number", String(60), nullable=False, unique=True),
    Column("status", String(12), nullable=False),  # running | suspended | incident | completed | cancelled
    Column("state", Text, nullable=False),  # engine.model.State; TEXT, never JSONB
    Column("version", Integer, nullable=False),  # optimistic lock
    Column("seq", Integer, nullable=False),  # last history entry
    Column("head", String(64), nullable=False),  # its hash
    Column("anchored_seq", Integer, nullable=False, server_default="0"),
    Column("next_due_at", UtcDateTime),  # earliest armed timer; NULL = none
    Column("confidentiality", String(20), nullable=False, server_default="biasa"),
    Column("applicant_id", ForeignKey("persons.id")),
    Column("started_by", String(80), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index("ix_instances_due", "next_due_at", "id", postgresql_where=text("next_due_at IS NOT NULL"),
          sqlite_where=text("next_due_at IS NOT NULL")),
    Index("ix_instances_ended", "ended_at", postgresql_where=text("ended_at IS NOT NULL"),
          sqlite_where=text("ended_at IS NOT NULL")),
    Index(None, "status", "started_at", "id"),
    Index(None, "applicant_id", "started_at"),
    Index(None, "started_at", "id"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(60), primary_key=True),  # <instance id>-<token>
    Column("instance_id", ForeignKey("instances.id"), nullable=False),
    Column("kind", String(4), nullable=False, server_default="user"),  # user | job
    Column("element_id", String(200), nullable=False),
    Column("name", String(400), nullable=False),
    Column("lane", String(200), nullable=False, server_default=""),
    Column("form_key", String(250)),
    Column("role", String(120), nullable=False),  # for jobs: the job type
    Column("status", String(10), nullable=False),  # open | completed | cancelled
    Column("assignee_id", Integer),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime),
    Column("due_key", UtcDateTime, nullable=False),  # due_at, or the end of time: what lists sort by
    Column("completed_at", UtcDateTime),
    Column("completed_by", Integer),
    Column("confidentiality", String(20), nullable=False, server_default="biasa"),
    Column("announced", Boolean, nullable=False, server_default=text("false")),  # nobody is left to be told
    Column("draft", JsonText),
    Column("worker", String(120)),  # jobs: who holds it
    Column("lease_until", UtcDateTime),
    Column("retries", Integer),
    Index("ix_tasks_role_open", "role", "due_key", "id", postgresql_where=text("status = 'open'"),
          sqlite_where=text("status = 'open'")),
    Index("ix_tasks_assignee_open", "assignee_id", "due_key", "id",
          postgresql_where=text("status = 'open' AND assignee_id IS NOT NULL"),
          sqlite_where=text("status = 'open' AND assignee_id IS NOT NULL")),
    Index("ix_tasks_completed", "completed_at", postgresql_where=text("status = 'completed'"),
          sqlite_where=text("status = 'completed'")),
    Index("ix_tasks_unannounced", "id", postgresql_where=text("NOT announced"), sqlite_where=text("announced = 0")),
    Index(None, "instance_id"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("token", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),  # message | signal
    Column("name", String(200), primary_key=True),
    Column("correlation", String(200)),
    Index(None, "kind", "name", "correlation"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("instance_id", ForeignKey("instances.id"), index=True),
    Column("task_id", String(60)),
    Column("uploaded_by", ForeignKey("persons.id"), nullable=False),
    Column("uploaded_at", UtcDateTime, nullable=False),
)

request_drafts = Table(  # what somebody typed into a start form and has not sent; the id is the link's secret
    "request_drafts",
    metadata,
    Column("id", String(43), primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    Column("definition", String(200), nullable=False),
    Column("data", JsonText, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("person_id", Integer, primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("result", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
)

survey_responses = Table(  # one per ended request; only sums over several leave the database
    "survey_responses",
    metadata,
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("answered_on", Date, nullable=False, index=True),  # on the agency's wall calendar
    *[Column(f"u{number}", Integer, nullable=False) for number in range(1, 10)],  # 1 to 4, Permenpan-RB 14/2017
)

# --- history ------------------------------------------------------------------------------------------------------

history = Table(  # append-only, triggers refuse UPDATE and DELETE
    "history",
    metadata,
    Column("instance_id", String(32), primary_key=True),  # or "administration" for acts outside any instance
    Column("seq", Integer, primary_key=True),
    Column("type", String(40), nullable=False),
    Column("element_id", String(200)),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text),  # canonical JSON {person, name, post, unit, agency, ...}; NULL = the service itself
    Column("data", Text, nullable=False),  # canonical JSON
    Column("hash", String(64), nullable=False),
)

anchors = Table(  # append-only
    "anchors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("root", String(64), nullable=False),  # Merkle root of the leaves
    Column("leaves", Integer, nullable=False),
    Column("previous", String(64), nullable=False),  # root of the anchor before
    Column("key_id", String(64), nullable=False),  # SHA-256 of the public key
    Column("signature", String(128), nullable=False),  # Ed25519, hexadecimal
)

anchor_leaves = Table(  # append-only: the chain heads that moved since the anchor before
    "anchor_leaves",
    metadata,
    Column("anchor_id", ForeignKey("anchors.id"), primary_key=True),
    Column("instance_id", String(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# --- side effects -------------------------------------------------------------------------------------------------

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),  # stable: receivers recognise a repetition by it
    Column("channel", String(10), nullable=False),  # email | webhook | sms
    Column("recipient", String(400), nullable=False),
    Column("subject", String(400), nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
    Column("data", JsonText, nullable=False),
    Column("instance_id", String(32), index=True),
    Column("status", String(8), nullable=False),  # pending | sent | dead
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("last_error", String(400)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Index("ix_outbox_pending", "next_attempt_at", postgresql_where=text("status = 'pending'"),
          sqlite_where=text("status = 'pending'")),
    Index("ix_outbox_dead", "created_at", postgresql_where=text("status = 'dead'"),
          sqlite_where=text("status = 'dead'")),
)

worker_ticks = Table(  # when each job of each worker process last looked for work
    "worker_ticks",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("worker", String(80), primary_key=True),  # host and process
    Column("at", UtcDateTime, nullable=False),
    Column("settled", Integer, nullable=False),  # how much that look settled
    Column("error", String(400)),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", JsonText, nullable=False),
)
