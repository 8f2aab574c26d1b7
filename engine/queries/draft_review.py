"""A draft under review: the rules' verdict on all it carries, who may decide, and what was done with it."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from engine.assignment import Actor, may_decide_review, may_deploy, may_read_draft, may_review
from engine.context import Context
from engine.errors import Forbidden, NotFound
from engine.history.chain import moment
from engine.queries.drafts import draft_item
from engine.queries.sops import require_reader
from engine.reviewing import verdict_of
from engine.storage.definitions import zone_of
from engine.storage.drafts import draft_row
from engine.storage.history import ADMINISTRATION
from engine.storage.tables import definition_drafts, definitions, history

MOST_ACTS = 50


def draft_review(context: Context, actor: Actor, key: str) -> dict[str, Any]:
    """`{draft, findings[], valid, identity, deployed, zone, today, may_edit, may_decide}`.

    `deployed` is the newest version or None, `today` the date in the zone of the SOP's agency.

    Raises:
        Forbidden: who may not read this draft. NotFound: there is none.
    """
    require_reader(actor)
    with context.database.read() as connection:
        row = draft_row(connection, key)
        if row is None:
            raise NotFound(f"Expected a draft '{key}', but there is none.")
        if not may_read_draft(actor, row.status):
            raise Forbidden("Expected an analyst to read a draft in work.")
        verdict = verdict_of(connection, row)
        newest = connection.execute(
            select(definitions.c.version, definitions.c.agency_id).where(definitions.c.key == key)
            .order_by(definitions.c.version.desc()).limit(1)
        ).one_or_none()  # fmt: skip
        zone = zone_of(connection, newest.agency_id if newest else None)
    identity = verdict.checked.diagram.main.identity if verdict.checked.diagram and verdict.valid else None
    return {
        "draft": draft_item(row), "findings": verdict.findings, "valid": verdict.valid, "identity": identity,
        "deployed": newest.version if newest else None, "zone": zone,
        "today": context.clock.now().astimezone(ZoneInfo(zone)).date().isoformat(), "may_edit": may_deploy(actor),
        "may_decide": row.status == "in_review"
        and may_decide_review(actor, row.submitted_by or "", row.updated_by),
    }  # fmt: skip


def reviews_waiting(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """The drafts handed in that the actor may decide about, the longest waiting first: `{key, name, submitted_…}`."""
    if not may_review(actor):
        return []
    drafts = definition_drafts.c
    query = (
        select(drafts.key, drafts.name, drafts.submitted_at, drafts.submitted_by, drafts.updated_by)
        .where(drafts.status == "in_review")
        .order_by(drafts.submitted_at, drafts.key)
    )
    with context.database.glance() as connection:
        rows = connection.execute(query).all()
    return [
        {
            "key": row.key, "name": row.name, "submitted_by": row.submitted_by,
            "submitted_at": moment(row.submitted_at) if row.submitted_at else None,
        }
        for row in rows if may_decide_review(actor, row.submitted_by or "", row.updated_by)
    ]  # fmt: skip


def sop_acts(context: Context, actor: Actor, key: str) -> list[dict[str, Any]]:
    """What people did with the SOP `key` and its drafts, newest first: `{type, at, actor, data}`; the last 50.

    Raises:
        Forbidden: who does not read the register.
    """
    require_reader(actor)
    query = (
        select(history.c.type, history.c.at, history.c.actor, history.c.data)
        .where(history.c.instance_id == ADMINISTRATION, history.c.element_id == key)
        .order_by(history.c.seq.desc())
        .limit(MOST_ACTS)
    )
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return [
        {
            "type": row.type, "at": moment(row.at), "actor": json.loads(row.actor) if row.actor else None,
            "data": json.loads(row.data),
        }
        for row in rows
    ]  # fmt: skip
