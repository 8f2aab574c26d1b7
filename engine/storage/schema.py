"""The triggers that make history append-only, for SQLite and PostgreSQL. Used by migrations and by tests."""

from sqlalchemy import Connection, Engine

from engine.storage.tables import metadata

APPEND_ONLY = ("history", "anchors", "anchor_leaves", "calendar_changes")

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION alur_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = 'table ' || TG_TABLE_NAME || ' is append-only'; END $$
"""


def trigger_statements(dialect: str) -> list[str]:
    """The SQL that refuses UPDATE, DELETE (and TRUNCATE on PostgreSQL) on the append-only tables."""
    if dialect == "postgresql":
        return [_PG_FUNCTION] + [
            statement
            for table in APPEND_ONLY
            for statement in (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION alur_append_only()",
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION alur_append_only()",
            )
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
        for table in APPEND_ONLY
        for act in ("UPDATE", "DELETE")
    ]


def create_triggers(connection: Connection) -> None:
    """Creates the triggers in an empty schema."""
    for statement in trigger_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


def create_all(engine: Engine) -> None:
    """Tables and triggers in an empty database, without migrations (tests, benchmarks)."""
    with engine.begin() as connection:
        metadata.create_all(connection)
        create_triggers(connection)
