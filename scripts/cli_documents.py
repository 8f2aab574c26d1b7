"""`alur document`: the official SOP as PDF, DOCX or HTML, of a deployed definition or of a diagram file."""

from hashlib import sha256
from pathlib import Path

import click

from engine.clock import SystemClock
from engine.documents.document_paper import PAPERS, PaperName
from engine.documents.sop_document import DocumentFacts
from engine.queries.documents import WRITERS, sop_document
from scripts.cli_files import is_file, read_process
from scripts.cli_support import refusing, service, settings

ZONE = "Asia/Jakarta"


@click.command()
@click.argument("definition")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", type=click.IntRange(1), help="Which version; the newest without.")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="folio", show_default=True, help="Of the PDF.")
@refusing
def document(definition: str, target: Path, version: int | None, paper: PaperName) -> None:
    """Writes the official document of DEFINITION (a key or a .bpmn file) to TARGET (.pdf, .docx or .html)."""
    format_ = target.suffix.lstrip(".").lower()
    if format_ not in WRITERS:
        raise click.BadParameter(f"Expected a target ending in .pdf, .docx or .html, but got {target.name}.")
    if is_file(definition):
        data = _of_file(Path(definition), format_, paper)
    else:
        data = sop_document(service(), definition, format_, version, paper)
    target.write_bytes(data)
    click.echo(f"{target}: {len(data)} byte")


def _of_file(source: Path, format_: str, paper: PaperName) -> bytes:
    """A draft: version 0."""
    xml, process = read_process(source)
    url = f"{settings().public_url}/layanan/{process.id}"
    facts = DocumentFacts(0, sha256(xml).hexdigest(), url, SystemClock().now(), ZONE)
    return WRITERS[format_](process, facts, paper)


COMMANDS = (document,)
