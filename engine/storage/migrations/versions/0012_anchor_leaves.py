"""The index of anchors by request: what holds a request is found without reading every anchor.

Revision: 0012, on 0011.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the index."""
    op.create_index("ix_anchor_leaves_instance_id_anchor_id", "anchor_leaves", ["instance_id", "anchor_id"])


def downgrade() -> None:
    """Drops the index."""
    op.drop_index("ix_anchor_leaves_instance_id_anchor_id", "anchor_leaves")
