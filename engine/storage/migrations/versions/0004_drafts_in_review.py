"""Drafts carry forms, decisions and their review; versions say from when they are in force, and who let them pass.

Revision: 0004, after 0003.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.storage.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ADDED: dict[str, list[sa.Column[Any]]] = {
    "definitions": [
        sa.Column("effective_at", UtcDateTime), sa.Column("submitted_by", sa.String(80)),
        sa.Column("reviewed_by", sa.String(80)), sa.Column("reason", sa.Text),
    ],
    "definition_drafts": [
        sa.Column("status", sa.String(10), nullable=False, server_default="draft"),
        sa.Column("submitted_at", UtcDateTime), sa.Column("submitted_by", sa.String(80)),
        sa.Column("submit_note", sa.Text), sa.Column("reviewed_at", UtcDateTime),
        sa.Column("reviewed_by", sa.String(80)), sa.Column("review_note", sa.Text),
    ],
    "start_subscriptions": [sa.Column("valid_from", UtcDateTime), sa.Column("valid_until", UtcDateTime)],
}  # fmt: skip


def upgrade() -> None:
    """Adds the columns and the table of a draft's files."""
    for table, columns in _ADDED.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "draft_files",
        sa.Column("draft_key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(250), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("draft_key", "kind", "key", name="pk_draft_files"),
        sa.ForeignKeyConstraint(
            ["draft_key"], ["definition_drafts.key"], name="fk_draft_files_draft_key_definition_drafts"
        ),
    )


def downgrade() -> None:
    """Takes them away again; drafts lose their forms and decisions."""
    op.drop_table("draft_files")
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column.name)
