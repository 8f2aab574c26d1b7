"""Answers of the satisfaction survey (SKM, Permenpan-RB 14/2017).

Revision: 0002, after 0001.
"""

from alembic import op
from sqlalchemy import Column, Date, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row per request that was answered for."""
    op.create_table(
        "survey_responses",
        Column("instance_id", String(32), nullable=False),
        Column("answered_on", Date, nullable=False),
        *[Column(f"u{number}", Integer, nullable=False) for number in range(1, 10)],
        PrimaryKeyConstraint("instance_id", name="pk_survey_responses"),
        ForeignKeyConstraint(["instance_id"], ["instances.id"], name="fk_survey_responses_instance_id_instances"),
    )
    op.create_index("ix_survey_responses_answered_on", "survey_responses", ["answered_on"])


def downgrade() -> None:
    """Forgets the answers."""
    op.drop_table("survey_responses")
