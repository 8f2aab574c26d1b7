"""Watches what reaches the driver: every statement and commit of an engine's connections, whoever sends them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from psycopg import Cursor
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

Note = Callable[[Any, str], None]  # the driver's connection and the text sent, just before


@contextmanager
def watched(engine: Engine, note: Note) -> Iterator[None]:
    """Calls `note` for everything sent by connections that leave the pool inside the block."""

    def on_checkout(raw: Any, *_more: Any) -> None:
        if engine.dialect.name == "sqlite":
            raw.set_trace_callback(lambda text: note(raw, text))
        else:
            raw.cursor_factory, raw.commit = _noting(note), _committing(raw, note)

    def on_checkin(raw: Any, *_more: Any) -> None:
        if raw is None:  # lost
            return
        if engine.dialect.name == "sqlite":
            raw.set_trace_callback(None)
        else:
            raw.cursor_factory = Cursor
            del raw.commit

    event.listen(engine, "checkout", on_checkout)
    event.listen(engine, "checkin", on_checkin)
    try:
        yield
    finally:
        event.remove(engine, "checkout", on_checkout)
        event.remove(engine, "checkin", on_checkin)


def _noting(note: Note) -> type[Cursor[Any]]:
    class Noting(Cursor[Any]):
        def execute(self, query: Any, *more: Any, **options: Any) -> Any:
            note(self.connection, str(query))
            return super().execute(query, *more, **options)

        def executemany(self, query: Any, *more: Any, **options: Any) -> None:
            note(self.connection, str(query))
            super().executemany(query, *more, **options)

    return Noting


def _committing(raw: Any, note: Note) -> Callable[[], None]:
    def commit() -> None:
        note(raw, "COMMIT")
        type(raw).commit(raw)

    return commit


@dataclass
class Count:
    """Statements, without those that begin and end transactions, and commits; one alone commits itself."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    def note(self, raw: Any, text: str) -> None:
        """Counts one; the rows of one many-row statement, which SQLite tells one by one, count together."""
        word = text.split(maxsplit=1)[0].upper()
        if word in ("COMMIT", "BEGIN", "ROLLBACK", "PRAGMA"):
            self.commits += word == "COMMIT"
            return
        if not (self.statements and word == "INSERT" and self.statements[-1][:30] == text[:30]):
            self.statements.append(text)
            self.commits += word != "SELECT" and _alone(raw)


def _alone(raw: Any) -> bool:
    if hasattr(raw, "in_transaction"):
        return not raw.in_transaction
    return bool(raw.info.transaction_status == TransactionStatus.IDLE)
