"""One-time passwords, office hours by calendar version, ticks of workers.

Revision: 0008, on 0007.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.types import JsonText, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds two columns and a table."""
    op.add_column("persons", sa.Column("password_once_until", UtcDateTime))
    op.add_column("calendar_changes", sa.Column("office", JsonText))
    op.create_table(
        "worker_ticks",
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("worker", sa.String(80), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("settled", sa.Integer, nullable=False),
        sa.Column("error", sa.String(400)),
        sa.PrimaryKeyConstraint("job", "worker", name="pk_worker_ticks"),
    )


def downgrade() -> None:
    """Takes them away again."""
    op.drop_table("worker_ticks")
    op.drop_column("calendar_changes", "office")
    op.drop_column("persons", "password_once_until")
