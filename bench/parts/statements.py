"""SQL statements and commits of one completion over the whole stack, login included, counted by SQLAlchemy's events."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from api.app import create_app
from api.config import read_config
from bench.alur import Alur, answer
from bench.places import Places
from bench.report import Row, at_most

NOT_COUNTED = ("BEGIN", "PRAGMA")


class Count:
    """Statements and commits seen on an engine."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0


@contextmanager
def counted(engine: Engine) -> Iterator[Count]:
    """Counts what the engine does inside the block."""
    count = Count()

    def on_statement(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            count.statements.append(statement)

    def on_commit(_conn: Any) -> None:
        count.commits += 1

    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    try:
        yield count
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
        event.remove(engine, "commit", on_commit)


def measure(places: Places, kind: str) -> list[Row]:
    """The largest count over all seven completions of a request, the first request not counted (it compiles)."""
    alur = Alur(places.fresh(kind), places.directory / f"alur-statements-{kind}")
    client = create_app(read_config(alur.environment()), alur.context).test_client()
    statements, commits = 0, 0
    for turn in range(2):
        view = alur.start()
        while view["tasks"]:
            task = view["tasks"][0]
            with counted(alur.context.database.engine) as count:
                response = client.post(
                    f"/api/v1/tasks/{task['id']}/complete", json={"data": answer(task["element_id"], "lengkap")},
                    headers={"Authorization": f"Bearer {alur.tokens[task['role']]}"},
                )  # fmt: skip
            if response.status_code != 200:
                raise RuntimeError(f"Expected the completion to succeed, but got {response.text[:500]}")
            view = response.get_json()
            if turn:
                statements, commits = max(statements, len(count.statements)), max(commits, count.commits)
    return [
        at_most("statements", kind, "SQL statements per completion", statements, 6, ""),
        at_most("statements", kind, "commits per completion", commits, 1, ""),
    ]
