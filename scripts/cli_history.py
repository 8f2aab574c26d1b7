"""`alur verify`, `replay`, `export`: histories, from the database or from an exported file."""

from pathlib import Path
from typing import Any

import click

from engine.errors import NotFound
from engine.history.export import check_lines
from engine.queries.export import FORMATS, export_history
from engine.queries.instances import InstanceFilter, list_instances
from engine.queries.replay import replay as read_frames
from engine.queries.verify import verify_everything
from engine.queries.verify import verify_instance as verify_one
from scripts.cli_support import OPERATOR, REFUSED, as_json, progress, refusing, service, show, table


@click.command()
@click.argument("target", required=False)
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Verify an export of JSON lines instead; no database is needed.")  # fmt: skip
@as_json
@click.pass_context
@refusing
def verify(ctx: click.Context, target: str | None, path: Path | None, json_output: bool) -> None:
    """Verifies TARGET (an instance id or registration number), everything, or an exported file."""
    if path is not None:
        verdicts = _offline(path)
    elif target is not None:
        context = service()
        verdicts = [verify_one(context, OPERATOR, _instance_id(target))]
    else:
        verdicts = list(progress(verify_everything(service()), "Memeriksa riwayat"))
    broken = [one for one in verdicts if not one["valid"]]
    lines = [
        f"{one['instance_id']} · {problem['seq']} · {problem['kind']} · {problem['message']}"
        for one in broken
        for problem in one["problems"]
    ]
    lines.append(f"{len(verdicts)} riwayat diperiksa, {len(broken)} bermasalah.")
    show({"valid": not broken, "checked": len(verdicts), "broken": broken}, json_output, "\n".join(lines))
    if broken:
        ctx.exit(REFUSED)


def _offline(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        found = check_lines(lines)
    return [
        {"instance_id": name, "valid": not problems, "problems": [problem.to_dict() for problem in problems]}
        for name, problems in found.items()
    ]


def _instance_id(target: str) -> str:
    """The id behind a registration number; an id stays what it is. Raises NotFound."""
    if "-" not in target:
        return target
    page = list_instances(service(), OPERATOR, InstanceFilter(q=target), limit=2)
    found = [one["id"] for one in page["items"] if one["registration_number"] == target.upper()]
    if not found:
        raise NotFound(f"Expected a request with the number '{target}', but there is none.")
    return str(found[0])


@click.command()
@click.argument("target")
@as_json
@refusing
def replay(target: str, json_output: bool) -> None:
    """Prints what happened in TARGET (an instance id or registration number), event by event."""
    context, instance_id = service(), _instance_id(target)
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = read_frames(context, OPERATOR, instance_id, cursor=cursor)
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    rows = [
        (frame["seq"], frame["at"], frame["event"]["type"], frame["event"]["element_id"],
         (frame["event"]["actor"] or {}).get("name"), ", ".join(frame["open"]))
        for frame in items
    ]  # fmt: skip
    header = ("NO", "WAKTU (UTC)", "PERISTIWA", "ELEMEN", "PELAKU", "TERBUKA")
    show({**page, "items": items}, json_output, table([header, *rows]))


@click.command()
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option("--definition", help="Only requests of this definition.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; by default the output.")
@refusing
def export(format_: str, definition: str | None, output: Path | None) -> None:
    """Writes histories as JSON lines (for `alur verify --file`), CSV or XES."""
    lines = export_history(service(), OPERATOR, format_, definition=definition)
    if output is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.writelines(progress(lines, "Menulis riwayat"))
    click.echo(f"{output}: {output.stat().st_size:,} byte", err=True)


COMMANDS = (verify, replay, export)
