"""`alur validate`, `deploy` and `import`: diagrams from files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from api.bootstrap import build_context
from engine.commands.deploy_decision import deploy_decision
from engine.commands.deploy_definition import deploy_definition
from engine.commands.validate_definition import validate_definition
from engine.context import Context
from engine.diagram.layout import lay_out
from engine.diagram.write import write_bpmn
from engine.documents.sheet_file import read_sheet_file
from engine.documents.to_diagram import to_process
from engine.documents.to_forms import to_forms
from engine.errors import AlurError
from scripts.cli_support import (
    OPERATOR,
    REFUSED,
    as_json,
    finding_line,
    progress,
    refusing,
    service,
    settings,
    show,
)
from scripts.seed import forms_of

files = click.argument("paths", metavar="FILE...", nargs=-1, required=True,
                       type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
profile_option = click.option("--profile", type=click.Choice(["sop", "bpmn"]), default="sop", show_default=True)
forms_option = click.option("--forms", "forms_dir", type=click.Path(exists=True, file_okay=False, path_type=Path),
                            help="Where form files lie; by default beside the diagram and in ../forms.")  # fmt: skip


def forms_for(path: Path, folder: Path | None) -> dict[str, bytes] | None:
    """The forms of a diagram file; None when there are none, so that those deployed before count."""
    folders = [folder] if folder else [path.parent, path.parent.parent / "forms"]
    found: dict[str, bytes] = {}
    for one in folders:
        found |= forms_of(path.stem, one)
    return found or None


@contextmanager
def _judge() -> Iterator[Context]:
    """The installation if there is one, else an empty one for a moment: validating a file makes no database."""
    config = settings()
    path = config.database_url.removeprefix("sqlite:///")
    if not config.database_url.startswith("sqlite") or Path(path).exists():
        yield build_context(config, migrate=True)
        return
    with TemporaryDirectory() as folder:
        yield build_context(replace(config, database_url=f"sqlite:///{folder}/alur.db"), migrate=True)


@click.command()
@files
@profile_option
@forms_option
@as_json
@click.pass_context
@refusing
def validate(
    ctx: click.Context, paths: tuple[Path, ...], profile: str, forms_dir: Path | None, json_output: bool
) -> None:
    """Checks diagrams; all problems in one answer. Exit code 1 when one has errors."""
    verdicts: list[dict[str, Any]] = []
    with _judge() as context:
        for path in progress(paths, "Memeriksa"):
            verdict = validate_definition(
                context, OPERATOR, path.read_bytes(), profile=profile, forms=forms_for(path, forms_dir)
            )
            verdicts.append({"file": str(path), **verdict})
    lines = [
        line
        for verdict in verdicts
        for line in (
            f"{verdict['file']}: {'sah' if verdict['valid'] else 'DITOLAK'}",
            *(f"  {finding['severity']} · {finding_line(finding)}" for finding in verdict["findings"]),
        )
    ]
    show(verdicts[0] if len(verdicts) == 1 else verdicts, json_output, "\n".join(lines))
    if not all(verdict["valid"] for verdict in verdicts):
        ctx.exit(REFUSED)


@click.command()
@files
@profile_option
@forms_option
@as_json
@click.pass_context
@refusing
def deploy(
    ctx: click.Context, paths: tuple[Path, ...], profile: str, forms_dir: Path | None, json_output: bool
) -> None:
    """Deploys diagrams with their forms, and decisions (.dmn). Those refused are named, the others deployed."""
    context = service()
    answers: list[dict[str, Any]] = []
    lines: list[str] = []
    for path in progress(paths, "Memasang"):
        try:
            done = (
                deploy_decision(context, None, path.read_bytes())
                if path.suffix == ".dmn"
                else deploy_definition(
                    context, None, path.read_bytes(), profile=profile, forms=forms_for(path, forms_dir)
                )
            )
        except AlurError as refusal:
            why = {"code": refusal.code, "detail": refusal.detail, "errors": refusal.errors}
            answers.append({"file": str(path), **why})
            lines += [f"{path}: DITOLAK, {refusal.detail}", *(f"  {finding_line(one)}" for one in refusal.errors)]
        else:
            answers.append({"file": str(path), **done})
            lines.append(f"{path}: {done['key']} versi {done['version']}{'' if done['created'] else ' (sudah ada)'}")
    show(answers[0] if len(answers) == 1 else answers, json_output, "\n".join(lines))
    if any("code" in one for one in answers):
        ctx.exit(REFUSED)


@click.command("import")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), default=Path(),
              help="The folder for the diagram; its forms go to ../forms if that exists, else beside it.")  # fmt: skip
@as_json
@refusing
def import_sheet(sheet: Path, output: Path, json_output: bool) -> None:
    """Turns a table (CSV, XLSX, DOCX, PDF) into a diagram and its forms, to be reviewed and then deployed."""
    draft = read_sheet_file(sheet.read_bytes())
    process = to_process(draft.sheet)
    forms_dir = output.parent / "forms" if (output.parent / "forms").is_dir() else output
    output.mkdir(parents=True, exist_ok=True)
    written = [output / f"{process.id}.bpmn"]
    written[0].write_bytes(write_bpmn(process, lay_out(process)))
    for key, form in to_forms(process).items():
        written.append(forms_dir / f"{key}.json")
        written[-1].write_bytes(form)
    names = [str(path) for path in written]
    guesses = [{"row": guess.row, "column": guess.column, "message": guess.message} for guess in draft.guesses]
    lines = [f"periksa baris {one['row']}, {one['column']}: {one['message']}" for one in guesses]
    show({"key": process.id, "files": names, "guesses": guesses}, json_output, "\n".join([*names, *lines]))


COMMANDS = (validate, deploy, import_sheet)
