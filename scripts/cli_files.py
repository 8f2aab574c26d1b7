"""Diagram files on the command line: read, validated, ready to run or to print."""

from pathlib import Path

import click

from engine.diagram.lint import validate
from engine.diagram.model import Process
from engine.errors import DiagramRefused
from engine.validation import finding_dict


def is_file(definition: str) -> bool:
    """Whether the argument names a diagram file rather than a deployed definition."""
    return definition.endswith(".bpmn")


def read_process(path: Path) -> tuple[bytes, Process]:
    """The bytes and the prepared main process of a diagram file.

    Raises:
        click.BadParameter: no such file. DiagramRefused: it cannot run; `errors` lists why.
    """
    if not path.is_file():
        raise click.BadParameter(f"Expected a diagram, but there is no file {path}.")
    xml = path.read_bytes()
    verdict = validate(xml, "bpmn")
    if not verdict.valid or verdict.diagram is None:
        errors = [finding_dict(finding) for finding in verdict.findings if finding.severity == "error"]
        raise DiagramRefused(f"Expected a diagram that can run, but {path.name} has {len(errors)} problem(s).", errors)
    return xml, verdict.diagram.main
