"""The schema of version 0.1, as frozen SQL per database beside this file, and the triggers that keep history.

Revision: 0001, the first.
"""

from pathlib import Path

from alembic import op

from engine.storage.schema import create_triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates every table and index in an empty database."""
    connection = op.get_bind()
    script = Path(__file__).with_name(f"0001_{connection.dialect.name}.sql").read_text()
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    create_triggers(connection)


def downgrade() -> None:
    """There is nothing before the first version; history is never dropped by a command."""
    raise RuntimeError("Expected a later revision to go back from, but 0001 is the first; restore a backup instead.")
