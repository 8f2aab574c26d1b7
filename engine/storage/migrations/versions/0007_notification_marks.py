"""What people have read of their notifications.

Revision: 0007, on 0006.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the tables."""
    op.create_table(
        "notification_marks",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_notification_marks"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_notification_marks_person_id_persons"),
    )
    op.create_table(
        "notification_reads",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("notification", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "notification", name="pk_notification_reads"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_notification_reads_person_id_persons"),
    )


def downgrade() -> None:
    """Drops the tables; everything of the last thirty days is unread again."""
    op.drop_table("notification_reads")
    op.drop_table("notification_marks")
