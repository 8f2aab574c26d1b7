"""Whom comments are for.

Revision: 0010, on 0009.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "comment_notices",
        sa.Column("instance_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("task_id", sa.String(60), nullable=False),
        sa.Column("role", sa.String(120)),
        sa.Column("applicant_id", sa.Integer),
        sa.Column("author_id", sa.Integer, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instances.id"], name="fk_comment_notices_instance_id_instances"),
        sa.PrimaryKeyConstraint("instance_id", "seq", name="pk_comment_notices"),
    )
    op.create_index("ix_comment_notices_role_at", "comment_notices", ["role", "at"])
    op.create_index("ix_comment_notices_applicant_id_at", "comment_notices", ["applicant_id", "at"])


def downgrade() -> None:
    """Takes it away again."""
    op.drop_table("comment_notices")
