"""Requests on their way: instances, tasks, what they wait for, what was uploaded and answered.

Hot path (complete a task): read `tokens`+person, read `tasks`+`instances`, then store the step (record.py): update
`instances`, upsert `tasks`, insert `history`. There is no timer table: an instance's armed timers live in its state
and the earliest due moment stands in `instances.next_due_at`, which is what workers claim
(docs/decisions/0003-due-moment-on-the-instance.md).
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

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
