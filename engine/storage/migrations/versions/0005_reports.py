"""What reports count: facts of completed tasks and ended requests, and the indexes by which the job finds new ones.

Revision: 0005, after 0004.
"""

from alembic import op
from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, text

from engine.storage.types import JsonText, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
_COUNTS = ("own_minutes", "applicant_minutes", "tasks", "late_tasks")


def upgrade() -> None:
    """Two empty tables; the worker fills them when it starts."""
    op.create_table(
        "task_facts",
        Column("task_id", String(60), primary_key=True),
        *_of_request(),
        Column("element_id", String(200), nullable=False),
        Column("role", String(120), nullable=False),
        Column("opened_at", UtcDateTime, nullable=False),
        Column("completed_at", UtcDateTime, nullable=False),
        Column("completed_on", Date, nullable=False),
        Column("minutes", Integer, nullable=False),
        Column("late_minutes", Integer),
    )
    op.create_index("ix_task_facts_instance_id", "task_facts", ["instance_id"])
    op.create_index("ix_task_facts_completed_at_task_id", "task_facts", ["completed_at", "task_id"])
    op.create_index(
        "ix_task_facts_report", "task_facts",
        ["completed_on", "definition_id", "agency_id", "role", "element_id", "late_minutes", "minutes"],
    )  # fmt: skip
    op.create_table(
        "request_facts",
        *_of_request(primary_key=True),
        Column("status", String(12), nullable=False),
        Column("started_at", UtcDateTime, nullable=False),
        Column("ended_at", UtcDateTime, nullable=False),
        Column("ended_on", Date, nullable=False),
        *[Column(name, Integer, nullable=False) for name in _COUNTS],
        Column("conformant", Boolean, nullable=False),
        Column("deviations", JsonText, nullable=False),
    )
    op.create_index("ix_request_facts_ended_at_instance_id", "request_facts", ["ended_at", "instance_id"])
    op.create_index("ix_request_facts_report", "request_facts", ["ended_on", "definition_id", "agency_id"])
    _index("ix_tasks_completed", "tasks", "completed_at", "status = 'completed'")
    _index("ix_instances_ended", "instances", "ended_at", "ended_at IS NOT NULL")


def _of_request(*, primary_key: bool = False) -> list[Column[object]]:
    return [
        Column("instance_id", String(32), ForeignKey("instances.id"), primary_key=primary_key, nullable=False),
        Column("definition_id", Integer, ForeignKey("definitions.id"), nullable=False),
        Column("agency_id", Integer, ForeignKey("agencies.id"), nullable=False),
    ]


def _index(name: str, table: str, column: str, condition: str) -> None:
    op.create_index(name, table, [column], postgresql_where=text(condition), sqlite_where=text(condition))


def downgrade() -> None:
    """Forgets what can be reckoned again."""
    op.drop_index("ix_instances_ended", "instances")
    op.drop_index("ix_tasks_completed", "tasks")
    op.drop_table("request_facts")
    op.drop_table("task_facts")
