"""What tests of several packages share: deploying SOPs of the catalogue and small diagrams."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.assignment import Actor
from engine.commands.deploy_definition import deploy_definition
from engine.context import Context

ROOT = Path(__file__).parents[2]
ACCOUNT = "prosedur-pembuatan-akun-splp"

MakeActor = Callable[..., Actor]


def deploy_sop(context: Context, slug: str) -> dict[str, Any]:
    """Deploys an SOP of the catalogue with its forms."""
    return deploy_definition(context, None, (ROOT / "bpmn" / f"{slug}.bpmn").read_bytes(), forms=forms_of_sop(slug))


def forms_of_sop(slug: str) -> dict[str, bytes]:
    """The forms of an SOP of the catalogue."""
    return {path.stem: path.read_bytes() for path in sorted((ROOT / "forms").glob(f"{slug}.*.json"))}


def small(body: str, *, key: str = "kecil", root: str = "") -> bytes:
    """A diagram of the profile `bpmn` around the given process content."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions '
        'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:uji">'
        f'{root}<bpmn:process id="{key}" name="Uji" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'
    ).encode()


def deploy_small(context: Context, body: str, *, key: str = "kecil", root: str = "") -> dict[str, Any]:
    """Deploys a small diagram under the profile `bpmn`."""
    return deploy_definition(context, None, small(body, key=key, root=root), profile="bpmn")


def until(true: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it comes true within `seconds`, by what other threads do."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False
