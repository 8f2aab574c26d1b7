"""Saved views of the task list.

Revision: 0006, on 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_saved_views_person_id_persons"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_views_person_id_name"),
    )


def downgrade() -> None:
    """Drops the table with the views in it."""
    op.drop_table("saved_views")
