"""Connections and transactions: the only place that commits.

`Database.write()` is one transaction of one command (BEGIN IMMEDIATE on SQLite, so that writers queue instead of
failing in the middle); `Database.read()` is a short read. Lost connections and full disks become `StorageUnavailable`.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, create_engine, event
from sqlalchemy import Row as Row
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from engine.errors import Conflict, StorageUnavailable

BUSY_TIMEOUT_MS = 10_000
CACHE_KIB = 512  # of each connection; the system caches the file for all of them
CHECKPOINT_PAGES = 4_000  # 16 MiB of log before SQLite writes it back: what changes often is written once
BEGIN_WRITING = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}
BEGIN_READING = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}  # one moment


def _sqlite_pragmas(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}", f"cache_size=-{CACHE_KIB}",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Drivers are in autocommit mode: a transaction begins where we say so. `Database` does, at its own places."""
    if not connection.get_execution_options().get("alur_database"):
        connection.exec_driver_sql(BEGIN_WRITING[connection.dialect.name])


def open_engine(url: str, *, pool_size: int = 10) -> Engine:
    """A SQLAlchemy engine with Alur's settings for SQLite (WAL, FULL, BEGIN IMMEDIATE) or PostgreSQL (psycopg 3).

    Raises:
        StorageUnavailable: the address cannot be understood; it may hold a password and is not repeated.
    """
    try:
        return _open_engine(url, pool_size)
    except (ArgumentError, ValueError) as error:
        raise StorageUnavailable("Expected the address of a database, but this one cannot be understood.") from error


def _open_engine(url: str, pool_size: int) -> Engine:
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    if url.startswith("sqlite"):
        engine = create_engine(url, pool_size=pool_size, pool_use_lifo=True, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _sqlite_pragmas)
    else:
        engine = create_engine(
            url, pool_size=pool_size, max_overflow=pool_size, pool_use_lifo=True, connect_args={"autocommit": True}
        )
    event.listen(engine, "begin", _begin)
    return engine


def _unavailable(error: DBAPIError) -> bool:
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    text = str(error.orig).lower()
    signs = ("disk is full", "disk i/o", "locked", "readonly", "unable to open", "connection", "terminat", "no space")
    return isinstance(error, OperationalError) and any(sign in text for sign in signs)


def is_outage(error: Exception) -> bool:
    """Whether the database failed, and not what was asked of it: nothing is stored, trying again may work."""
    return isinstance(error, DBAPIError) and _unavailable(error)


def _taken(error: DBAPIError) -> bool:
    """Two commands checked at once that a unique value is free; the database let only one have it."""
    if not isinstance(error, IntegrityError):
        return False
    return getattr(error.orig, "sqlstate", None) == "23505" or "UNIQUE constraint" in str(error.orig)


def driver(connection: Connection) -> Any:
    """The driver's own connection (sqlite3's or psycopg's) under an open one."""
    return connection.connection.dbapi_connection


class Late:
    """A connection that reads outside any transaction until `begin` starts one."""

    def __init__(self, connection: Connection, begin: Callable[[Connection], None]) -> None:
        self.connection = connection
        self.begun = False
        self._begin = begin

    def begin(self) -> Connection:
        """The connection in its transaction; the first call begins it."""
        if not self.begun:
            self._begin(self.connection)
            self.begun = True
        return self.connection


class Database:
    """One database, many threads: hands out short transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._engine = engine.execution_options(alur_database=True)
        self._begin = BEGIN_WRITING[engine.dialect.name]
        self._begin_reading = BEGIN_READING[engine.dialect.name]
        # SQLite has one writer: threads queue here, since its own waiting sleeps in growing steps
        self._turn: AbstractContextManager[object] = Lock() if engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Raises:
            StorageUnavailable: the database cannot take the write; nothing of it is stored.
        """
        with self._turn, self._guard() as connection:
            driver(connection).execute(self._begin)
            yield connection
            driver(connection).commit()

    @contextmanager
    def write_late(self) -> Iterator[Late]:
        """For a command that reads and decides first: a transaction from the first `begin` on, if there is any.

        What was read before may have changed by then; the write must be guarded by what it relies on.
        """
        with ExitStack() as held, self._guard() as connection:

            def begin(connection: Connection) -> None:
                held.enter_context(self._turn)
                driver(connection).execute(self._begin)

            late = Late(connection, begin)
            yield late
            if late.begun:
                driver(connection).commit()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent short read: every statement sees the same moment. Never writes."""
        with self._guard() as connection:
            driver(connection).execute(self._begin_reading)
            yield connection
            driver(connection).rollback()

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """For a single SELECT: no transaction around it, two round trips fewer than `read`."""
        with self._guard() as connection:
            yield connection

    @contextmanager
    def _guard(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection, self._told(connection):
                yield connection
        except PoolTimeout as error:
            raise StorageUnavailable(
                "Expected a free database connection, but all are busy; nothing was stored, try again."
            ) from error
        except DBAPIError as error:
            if _unavailable(error):
                raise StorageUnavailable(
                    "Expected the database to take this request, but it cannot now; nothing was stored, try again."
                ) from error
            if _taken(error):
                raise Conflict("Expected a name that is free, but somebody took it at the same moment.") from error
            raise

    @contextmanager
    def _told(self, connection: Connection) -> Iterator[None]:
        """What the driver raises is said to the pool and raised in SQLAlchemy's words."""
        dialect = self.engine.dialect
        errors = dialect.loaded_dbapi.Error
        try:
            yield
        except errors as error:
            lost = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
            if lost:
                connection.invalidate(error)
            raise DBAPIError.instance(
                None, None, error, errors, connection_invalidated=lost, dialect=dialect
            ) from error
