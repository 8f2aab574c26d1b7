"""What leaves the house, who ticks, and the settings of the installation."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

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

deadline_recomputations = Table(  # open requests that follow a changed calendar, in order of their ids
    "deadline_recomputations",
    metadata,
    Column("calendar_version", Integer, primary_key=True, autoincrement=False),  # the version that made the work
    Column("agency_id", ForeignKey("agencies.id")),  # NULL = all
    Column("at", UtcDateTime, nullable=False),
    Column("total", Integer, nullable=False),  # requests that were open then
    Column("position", String(32), nullable=False, server_default=""),  # the last request examined
    Column("examined", Integer, nullable=False, server_default="0"),
    Column("moved", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("finished_at", UtcDateTime),
    Column("settled_at", UtcDateTime),  # when what was in change meanwhile had been examined, too
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", JsonText, nullable=False),
)
