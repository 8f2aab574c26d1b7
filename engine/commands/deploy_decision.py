"""Deploys a DMN file as a new version of its key; the same bytes are the same version."""

from hashlib import sha256
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.decisions import DecisionFileRefused, DecisionFinding, parse_decisions, validate
from engine.errors import Forbidden
from engine.storage.decisions import decision_with_hash, insert_decision, last_decision_version
from engine.storage.history import append_administration


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
    model = parse_decisions(xml)
    findings = [finding_dict(finding) for finding in validate(model)]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    if errors:
        raise DecisionFileRefused(
            f"Expected decisions without errors, but found {len(errors)}; the first: {errors[0]['message']}", errors
        )
    content, ids = sha256(xml).hexdigest(), [decision.id for decision in model.decisions]
    with context.database.write() as connection:
        fresh = last_decision_version(connection, model.key) + 1
        known = decision_with_hash(connection, model.key, content)
        version = known.version if known else fresh
        if known is None:
            now = context.clock.now()
            insert_decision(
                connection, key=model.key, version=version, name=model.name, decisions=ids, hash_=content, xml=xml,
                at=now, by=actor.username if actor else "alur",
            )  # fmt: skip
            facts = {"key": model.key, "version": version, "hash": content}
            append_administration(connection, actor, "decision_deployed", facts, now)
    return {
        "key": model.key, "version": version, "name": model.name, "decisions": ids, "hash": content,
        "created": known is None, "findings": findings,
    }  # fmt: skip


def finding_dict(finding: DecisionFinding) -> dict[str, Any]:
    """A finding as the API shows it; `example` is an input that shows a gap or an overlap."""
    return {
        "element": finding.element, "name": finding.name, "rule": finding.rule, "severity": finding.severity,
        "message": finding.message_id, "message_en": finding.message_en, "line": finding.line,
        "example": dict(finding.example),
    }  # fmt: skip
