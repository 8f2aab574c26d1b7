"""`alur start`, `tasks`, `complete`: running work from a terminal, as a named person."""

import click

from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.queries.inbox import InboxFilter, inbox
from scripts.cli_support import as_json, as_person, person, read_object, refusing, service, show, table

data_option = click.option("--data", metavar="JSON|@FILE|-", help="The form's fields as a JSON object.")


@click.command()
@click.argument("definition")
@data_option
@click.option("--version", type=click.IntRange(1), help="Which version; the newest without.")
@as_person
@as_json
@refusing
def start(definition: str, data: str | None, version: int | None, username: str, json_output: bool) -> None:
    """Starts an instance of DEFINITION."""
    context = service()
    started = start_instance(
        context, person(context, username), definition, read_object(data), version=version
    )
    lines = [f"{started['registration_number']}  {started['status']}  {started['id']}"]
    lines += [f"  {task['id']}  {task['name']}  ({task['role']})" for task in started["tasks"]]
    show(started, json_output, "\n".join(lines))


@click.command()
@click.option("--role", help="Only tasks of this role.")
@click.option("--overdue", is_flag=True, help="Only tasks past their due moment.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@as_person
@as_json
@refusing
def tasks(role: str | None, overdue: bool, limit: int, username: str, json_output: bool) -> None:
    """Lists the open tasks of a person, soonest due first."""
    context = service()
    filters = InboxFilter(role=role, overdue=True if overdue else None)
    page = inbox(context, person(context, username), filters, limit=limit)
    rows = [
        (one["id"], one["registration_number"], one["due_at"], one["role"], one["assignee"], one["name"])
        for one in page["items"]
    ]
    header = ("TUGAS", "NOMOR", "TENGGAT", "PERAN", "PEMEGANG", "KEGIATAN")
    show(page, json_output, table([header, *rows]) if rows else "Tidak ada tugas.")


@click.command()
@click.argument("task_id")
@data_option
@as_person
@as_json
@refusing
def complete(task_id: str, data: str | None, username: str, json_output: bool) -> None:
    """Completes TASK_ID with its form's data."""
    context = service()
    done = complete_task(context, person(context, username), task_id, read_object(data))
    lines = [f"{done['registration_number']}  {done['status']}"]
    lines += [f"  {task['id']}  {task['name']}  ({task['role']})" for task in done["tasks"]]
    show(done, json_output, "\n".join(lines))


COMMANDS = (start, tasks, complete)
