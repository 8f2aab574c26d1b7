"""Deploys a DMN file as a new version of its key; the same bytes are the same version."""

from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.deployment import deploy_decisions
from engine.errors import Forbidden


def deploy_decision(context: Context, actor: Actor | None, xml: bytes) -> dict[str, Any]:
    """Stores the decisions of a DMN file; gaps and overlaps are told as warnings with an example.

    Args:
        actor: an analyst, or None for the command line.

    Returns:
        `{key, version, name, decisions[], hash, created, findings[]}`.

    Raises:
        Forbidden. DecisionFileRefused: no DMN, or errors in it, each in `errors`; nothing is stored.
    """
    if actor is not None and not may_deploy(actor):
        raise Forbidden("Expected an analyst to deploy decisions.")
    with context.database.write() as connection:
        return deploy_decisions(context, connection, actor, xml)
