"""A changed calendar is looked at twice: requests that were in change when a worker passed them follow it, too.

Revision: 0013, on 0012.
"""

import sqlalchemy as sa
from alembic import op

from engine.storage.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the moment of the second look; what is finished counts as settled."""
    op.add_column("deadline_recomputations", sa.Column("settled_at", UtcDateTime))
    op.execute("UPDATE deadline_recomputations SET settled_at = finished_at")


def downgrade() -> None:
    """Drops it."""
    op.drop_column("deadline_recomputations", "settled_at")
