"""The tables that reports count: a projection of tasks and histories, reckoned by the `summarise` job."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from engine.storage.tables.base import metadata
from engine.storage.types import JsonText, UtcDateTime

task_facts = Table(  # one row per completed task of a person
    "task_facts",
    metadata,
    Column("task_id", String(60), primary_key=True),
    Column("instance_id", ForeignKey("instances.id"), nullable=False, index=True),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("element_id", String(200), nullable=False),
    Column("role", String(120), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("completed_at", UtcDateTime, nullable=False),
    Column("completed_on", Date, nullable=False),  # on the agency's wall calendar
    Column("minutes", Integer, nullable=False),  # open, in working time (elapsed: services of 24 hours)
    Column("late_minutes", Integer),  # past due; 0 = in time; NULL = no limit
    Index(None, "completed_at", "task_id"),
    Index("ix_task_facts_report", "completed_on", "definition_id", "agency_id", "role", "element_id", "late_minutes",
          "minutes"),
)

request_facts = Table(  # one row per ended request
    "request_facts",
    metadata,
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False),
    Column("agency_id", ForeignKey("agencies.id"), nullable=False),
    Column("status", String(12), nullable=False),  # completed | cancelled
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("ended_on", Date, nullable=False),
    Column("own_minutes", Integer, nullable=False),  # working time without what lay with the applicant alone
    Column("applicant_minutes", Integer, nullable=False),  # that
    Column("tasks", Integer, nullable=False),  # completed ones of the office
    Column("late_tasks", Integer, nullable=False),
    Column("conformant", Boolean, nullable=False),
    Column("deviations", JsonText, nullable=False),  # [{seq, kind, element_id, reason}]
    Index(None, "ended_at", "instance_id"),
    Index("ix_request_facts_report", "ended_on", "definition_id", "agency_id"),
)
