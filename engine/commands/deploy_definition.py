"""Deploys a diagram with its forms as a new version of its key; the same content is the same version."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.deployment import deploy
from engine.errors import Forbidden
from engine.storage.definitions import newest_forms
from engine.validation import peek_key


def deploy_definition(
    context: Context,
    actor: Actor | None,
    xml: bytes,
    *,
    profile: str = "sop",
    forms: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """Stores the diagram as the newest version of its process id; running instances stay on theirs.

    Args:
        actor: an analyst, or None for the command line.
        forms: form-js JSON by form key; None takes over the forms of the version before.

    Returns:
        `{key, version, name, hash, created, findings[]}`; `created` is False when this content was deployed before.

    Raises:
        Forbidden. DiagramRefused: with every finding in `errors`; nothing is stored.
    """
    if actor is not None and not may_deploy(actor):
        raise Forbidden("Expected an analyst to deploy definitions.")
    with context.database.write() as connection:
        bodies = dict(forms) if forms is not None else newest_forms(connection, peek_key(xml))
        return deploy(context, connection, actor, xml, profile, bodies)
