"""Tables of the staff's own tools: saved views of the task list, and what was read of the notifications."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint, text

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
