"""The work that a changed calendar leaves to workers.

Revision: 0011, on 0010.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds a table."""
    op.create_table(
        "deadline_recomputations",
        sa.Column("calendar_version", sa.Integer, nullable=False),
        sa.Column("agency_id", sa.Integer),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("position", sa.String(32), nullable=False, server_default=""),
        sa.Column("examined", sa.Integer, nullable=False, server_default="0"),
        sa.Column("moved", sa.Integer, nullable=False, server_default="0"),
        sa.Column("failed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("finished_at", UtcDateTime),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_deadline_recomputations_agency_id_agencies"),
        sa.PrimaryKeyConstraint("calendar_version", name="pk_deadline_recomputations"),
    )


def downgrade() -> None:
    """Takes it away again."""
    op.drop_table("deadline_recomputations")
