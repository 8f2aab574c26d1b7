"""`alur people`, `person`, `token`, `seed-demo`: who there is, and their keys."""

import re
import sys
from datetime import timedelta
from functools import partial

import click

from engine.assignment import ADMIN, ANALYST, AUDITOR
from engine.commands.assign_post import assign_post
from engine.commands.create_agency import create_agency
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.create_role import create_role
from engine.commands.issue_token import issue_token
from engine.commands.reset_password import reset_password
from engine.demo import HOUSE_CODE, PASSWORD, SYSTEM_ROLES
from engine.errors import Conflict
from engine.queries.people import list_people
from scripts.cli_support import as_json, progress, refusing, service, show, table
from scripts.demo_requests import seed_requests
from scripts.seed import seed_everything

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Life(click.ParamType[timedelta]):
    """A duration such as 30m, 8h, 1d."""

    name = "life"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The duration that `value` says."""
        match = re.fullmatch(r"([1-9][0-9]{0,5})([mhd])", value)
        if match is None:
            self.fail(f"Expected a life such as 30m, 8h or 1d, but got '{value}'.", param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})


@click.command()
@as_json
@refusing
def people(json_output: bool) -> None:
    """Lists active persons with their posts and roles."""
    found = list_people(service(), None)
    rows = [
        (one["username"], one["name"], one["kind"], ", ".join(post["title"] for post in one["posts"]),
         ", ".join(one["roles"]))
        for one in found
    ]  # fmt: skip
    show(found, json_output, table([("NAMA PENGGUNA", "NAMA", "JENIS", "JABATAN", "PERAN"), *rows]))


@click.command()
@click.argument("username")
@click.option("--ttl", type=Life(), default="1d", show_default=True, help="How long it is valid: 30m, 8h, 1d.")
@click.option("--name", default="", help="What the token is for.")
@as_json
@refusing
def token(username: str, ttl: timedelta, name: str, json_output: bool) -> None:
    """Prints an API token for USERNAME; it is shown only once."""
    issued = issue_token(service(), None, username, life=ttl, name=name)
    show(issued, json_output, issued["token"])


@click.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, type=click.Choice([ADMIN, ANALYST, AUDITOR]), help="Repeatable.")
@click.option("--password-stdin", is_flag=True, help="Reads the password from the standard input.")
@as_json
@refusing
def person(username: str, name: str, roles: tuple[str, ...], password_stdin: bool, json_output: bool) -> None:
    """Creates USERNAME as an administrator, analyst or auditor of Alur: how a fresh installation gets its first."""
    context = service()
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    created = create_person(context, None, username=username, name=name, password=password)
    if roles:
        try:
            create_agency(context, None, code=HOUSE_CODE, name="Pengelola Alur")
        except Conflict:
            click.echo("Instansi pengelola sudah ada.", err=True)
        for role in roles:
            create_role(context, None, key=role, name=SYSTEM_ROLES[role])
        post = create_post(context, None, agency_code=HOUSE_CODE, title=SYSTEM_ROLES[roles[0]], roles=roles)
        assign_post(context, None, username=username, post_id=post["id"])
    show(created | {"roles": list(roles)}, json_output, f"{username}: {', '.join(roles) or 'tanpa peran'}")


@click.command("password")
@click.argument("username")
@click.option("--reason", default="Dibuat operator di baris perintah", show_default=True, help="Why; it is recorded.")
@as_json
@refusing
def password_command(username: str, reason: str, json_output: bool) -> None:
    """Prints a one-time password for USERNAME, good only for choosing an own one at the login; shown only once."""
    given = reset_password(service(), None, username, reason)
    show(given, json_output, f"{given['password']} (berlaku sampai {given['valid_until']})")


@click.command("seed-demo")
@click.option("--requests", type=click.IntRange(1, 20_000), help="Also play this many demo requests, with histories.")
@click.option("--months", type=click.IntRange(1, 36), default=6, show_default=True, help="Over how many months.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of everything that is drawn.")
@as_json
@refusing
def seed_demo_command(requests: int | None, months: int, seed: int, json_output: bool) -> None:
    """Creates the demo persons and deploys the catalogue (only with ALUR_DEMO=1)."""
    context = service()
    names, deployed = seed_everything(context, lambda paths: progress(paths, "Memasang SOP"))
    lines = [f"{len(names)} orang baru; kata sandi demo: {PASSWORD}", *(f"  {name}" for name in names)]
    lines += [f"{one['key']} versi {one['version']}" for one in deployed]
    answer: dict[str, object] = {"persons": names, "definitions": deployed}
    if requests is not None:
        shown = partial(progress, label="Memutar permohonan demo")
        acts = seed_requests(context, requests, months=months, seed=seed, progress=shown)
        answer["requests"] = {"asked": requests, "acts": acts}
        lines.append(f"{requests} permohonan data demo selama {months} bulan, {acts} tindakan.")
    show(answer, json_output, "\n".join(lines))


COMMANDS = (people, token, person, password_command, seed_demo_command)
