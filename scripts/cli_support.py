"""What the commands of the command line share: the service, who acts, output as text or JSON, exit codes.

Exit codes: 0 done, 1 refused (an `AlurError`, printed with its findings), 2 usage (click's own, and bad settings).
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import track

from api.bootstrap import build_context
from api.config import Config, read_config
from api.environment import BadSetting
from engine.assignment import AUDITOR, CONFIDENTIAL_AUDITOR, Actor
from engine.context import Context
from engine.errors import AlurError
from engine.storage.people import actor_by_username

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Item = TypeVar("Item")
REFUSED, USAGE = 1, 2

OPERATOR = Actor(0, "operator", "Operator", "pegawai", (), frozenset({AUDITOR, CONFIDENTIAL_AUDITOR}))
"""Who owns the machine reads everything in the database anyway; acts need a person (`--as`)."""

as_json = click.option("--json", "json_output", is_flag=True, help="Answer as JSON.")
as_person = click.option("--as", "username", required=True, envvar="ALUR_AS", help="The person who acts.")


def refusing(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Turns refusals and unusable files into a message on stderr and exit code 1, bad settings into 2."""

    @wraps(command)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except AlurError as refusal:
            refuse(refusal)
        except BadSetting as wrong:
            click.echo(str(wrong), err=True)
            sys.exit(USAGE)
        except OSError as error:
            place = error.filename or "a file"
            click.echo(f"Expected to read or write {place}, but: {error.strerror or error}.", err=True)
            sys.exit(REFUSED)

    return guarded


def refuse(refusal: AlurError) -> NoReturn:
    """Prints a refusal with its findings and ends with exit code 1."""
    click.echo(f"{refusal.code}: {refusal.detail}", err=True)
    for finding in refusal.errors:
        click.echo(f"  {finding_line(finding)}", err=True)
    sys.exit(REFUSED)


def finding_line(finding: dict[str, Any]) -> str:
    """One finding as a line: where, rule, message, cure."""
    where = finding.get("element") or finding.get("field") or "-"
    parts = [str(where), *(str(finding[name]) for name in ("rule", "message", "cure") if finding.get(name))]
    return " · ".join(parts)


def settings() -> Config:
    """The settings of this process. Raises BadSetting."""
    return read_config()


def service() -> Context:
    """The service over the configured database, its schema brought up to date."""
    return build_context(settings(), migrate=True)


def person(context: Context, username: str) -> Actor:
    """The person of this user name with today's posts. Raises NotFound."""
    with context.database.read() as connection:
        return actor_by_username(connection, username, context.clock.now())


def show(value: Any, json_output: bool, text: str) -> None:
    """Prints `value` as JSON, or `text`."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2) if json_output else text)


def table(rows: Iterable[Iterable[Any]]) -> str:
    """Rows as aligned columns."""
    cells = [[str(cell) if cell is not None else "-" for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))] if cells else []
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells)
    return "\n".join(line.rstrip() for line in lines)


def progress(items: Iterable[Item], label: str, total: int | None = None) -> Iterator[Item]:
    """`items` with a progress bar on stderr (none when it is not a terminal)."""
    yield from track(items, label, total=total, console=Console(stderr=True), transient=True)


def waiting(label: str) -> AbstractContextManager[object]:
    """A sign of life on stderr while work of unknown length is done (none when it is not a terminal)."""
    return Console(stderr=True).status(label)


def read_object(source: str | None) -> dict[str, Any]:
    """A JSON object given as text, as `@file` or as `-` (stdin); nothing is an empty object.

    Raises:
        click.BadParameter: no JSON object.
    """
    text = source or "{}"
    try:
        if text == "-":
            text = sys.stdin.read()
        elif text.startswith("@"):
            text = Path(text[1:]).read_text(encoding="utf-8")
        value = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise click.BadParameter(f"Expected a JSON object, but it cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise click.BadParameter(f"Expected a JSON object, but got {type(value).__name__}.")
    return value
