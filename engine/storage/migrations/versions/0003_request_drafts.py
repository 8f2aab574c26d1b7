"""Drafts of requests: start forms that were saved to be sent later.

Revision: 0003, after 0002.
"""

from alembic import op
from sqlalchemy import Column, DateTime, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, String, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row per draft."""
    op.create_table(
        "request_drafts",
        Column("id", String(43), nullable=False),
        Column("person_id", Integer, nullable=False),
        Column("definition", String(200), nullable=False),
        Column("data", Text, nullable=False),
        Column("updated_at", DateTime(timezone=True), nullable=False),
        Column("expires_at", DateTime(timezone=True), nullable=False),
        PrimaryKeyConstraint("id", name="pk_request_drafts"),
        ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_request_drafts_person_id_persons"),
    )
    op.create_index("ix_request_drafts_person_id", "request_drafts", ["person_id"])
    op.create_index("ix_request_drafts_expires_at", "request_drafts", ["expires_at"])


def downgrade() -> None:
    """Forgets the drafts."""
    op.drop_table("request_drafts")
