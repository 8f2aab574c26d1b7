"""Tables of people's own tools: saved views of the task list, whom comments are for, what was read of it all."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

saved_views = Table(  # filters of the task list under a name; everybody has their own
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("filters", JsonText, nullable=False),  # as engine.task_list.view_filters gives them
    Column("is_default", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("person_id", "name"),
)

comment_notices = Table(  # follows from `task_commented` in the history
    "comment_notices",
    metadata,
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("task_id", String(60), nullable=False),
    Column("role", String(120)),  # for whom the task waited; NULL = somebody had it
    Column("applicant_id", Integer),  # who shall read it beside them
    Column("author_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "role", "at"),
    Index(None, "applicant_id", "at"),
)

notification_marks = Table(  # up to when a person has read everything
    "notification_marks",
    metadata,
    Column("person_id", ForeignKey("persons.id"), primary_key=True),
    Column("read_until", UtcDateTime, nullable=False),
)

notification_reads = Table(  # single ones read since then; what there is to read follows from tasks and history
    "notification_reads",
    metadata,
    Column("person_id", ForeignKey("persons.id"), primary_key=True),
    Column("notification", String(120), primary_key=True),
)
