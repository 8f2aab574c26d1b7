"""`alur verify`, `replay`, `export`, `prove`: histories, from the database or from an exported file."""

from pathlib import Path
from typing import Any

import click

from engine.commands.prove_instance import prove_instance
from engine.documents.proof_bundle import pack, unpack
from engine.errors import InvalidInput
from engine.history.chain import Problem
from engine.history.export import check_lines
from engine.history.proof import check_proof
from engine.queries.export import FORMATS, export_history
from engine.queries.replay import replay as read_frames
from engine.queries.search import RequestFilter, instance_named
from engine.queries.verify import verify_everything
from engine.queries.verify import verify_instance as verify_one
from engine.signing import key_id, signed_by
from scripts.cli_support import OPERATOR, REFUSED, as_json, progress, refusing, service, show, table


@click.command()
@click.argument("target", required=False)
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Verify a proof (ZIP, JSON) or an export of JSON lines instead; needs no database.")  # fmt: skip
@click.option("--key", help="With --file of a proof: the key it must be signed by (public key or its SHA-256).")
@as_json
@click.pass_context
@refusing
def verify(ctx: click.Context, target: str | None, path: Path | None, key: str | None, json_output: bool) -> None:
    """Verifies TARGET (an instance id or registration number), everything, a proof, or an exported file."""
    if path is not None:
        verdicts = _offline(path, key)
    elif target is not None:
        context = service()
        verdicts = [verify_one(context, OPERATOR, instance_named(service(), OPERATOR, target))]
    else:
        verdicts = list(progress(verify_everything(service()), "Memeriksa riwayat"))
    broken = [one for one in verdicts if not one["valid"]]
    lines = [f"Ditandatangani kunci {key_id(one['public_key'])}." for one in verdicts if "public_key" in one]
    lines += [
        f"{one['instance_id']} · {problem['seq']} · {problem['kind']} · {problem['message']}"
        for one in broken
        for problem in one["problems"]
    ]
    lines += [f"{one['instance_id']} · Pemeriksaan yang ditandatangani tidak bersih." for one in broken if _admits(one)]
    lines.append(f"{len(verdicts)} riwayat diperiksa, {len(broken)} bermasalah.")
    show({"valid": not broken, "checked": len(verdicts), "broken": broken}, json_output, "\n".join(lines))
    if broken:
        ctx.exit(REFUSED)


def _admits(verdict: dict[str, Any]) -> bool:
    """Whether a proof says itself that the history does not hold."""
    return verdict.get("says_valid") is False


def _offline(path: Path, key: str | None) -> list[dict[str, Any]]:
    proof = unpack(path.read_bytes())
    if proof is not None:
        return [_signed_by_key(check_proof(proof, signed_by), key)]
    try:
        with path.open(encoding="utf-8") as lines:
            found = check_lines(lines)
    except UnicodeDecodeError as error:
        raise InvalidInput(f"Expected a proof or an exported history, but {path} is no UTF-8 text.") from error
    if not found:
        raise InvalidInput(f"Expected an exported history, but {path} holds no entry.")
    return [
        {"instance_id": name, "valid": not problems, "problems": [problem.to_dict() for problem in problems]}
        for name, problems in found.items()
    ]


def _signed_by_key(verdict: dict[str, Any], key: str | None) -> dict[str, Any]:
    """The verdict, and a problem when the proof is signed by another key than the one that is trusted."""
    public = verdict["public_key"]
    if key is None or key.lower() in (public, key_id(public)):
        return verdict
    problem = Problem(0, "signature", f"Expected the key {key}, but the proof is signed by {key_id(public)}.")
    return verdict | {"valid": False, "problems": [*verdict["problems"], problem.to_dict()]}


@click.command()
@click.argument("target")
@as_json
@refusing
def replay(target: str, json_output: bool) -> None:
    """Prints what happened in TARGET (an instance id or registration number), event by event."""
    context, instance_id = service(), instance_named(service(), OPERATOR, target)
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
    lines = export_history(service(), OPERATOR, format_, RequestFilter(definition=definition))
    if output is None:
        for line in lines:
            click.echo(line, nl=False)
        return
    with output.open("w", encoding="utf-8", newline="") as file:
        file.writelines(progress(lines, "Menulis riwayat"))
    click.echo(f"{output}: {output.stat().st_size:,} byte", err=True)


@click.command()
@click.argument("target")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A ZIP.")
@refusing
def prove(target: str, output: Path) -> None:
    """Writes a signed proof of TARGET (an instance id or registration number), for `alur verify --file`."""
    context = service()
    output.write_bytes(pack(prove_instance(context, OPERATOR, instance_named(context, OPERATOR, target))))
    click.echo(f"{output}: {output.stat().st_size:,} byte", err=True)


COMMANDS = (verify, replay, export, prove)
