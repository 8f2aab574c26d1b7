"""Keeps an analyst's drawing as a draft, whatever its problems; only deploying needs it clean."""

import re
from typing import Any

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.errors import Conflict, Forbidden, InvalidInput, TooLarge
from engine.storage.drafts import draft_row, write_draft

LARGEST_DRAFT = 10 * 1024 * 1024  # bytes
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


def save_definition_draft(
    context: Context,
    actor: Actor,
    key: str,
    xml: bytes,
    *,
    name: str = "",
    profile: str = "sop",
    base_version: int | None = None,
) -> dict[str, Any]:
    """Stores `xml` as the draft `key`.

    Args:
        base_version: the draft version this one was drawn on; None overwrites whatever is there.

    Returns:
        `{key, name, profile, version}`.

    Raises:
        Forbidden: no analyst. InvalidInput: a key or profile that cannot be. TooLarge: over 10 MiB.
        Conflict: somebody saved another version meanwhile.
    """
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to save drafts.")
    if not _KEY.fullmatch(key) or profile not in ("sop", "bpmn"):
        raise InvalidInput("Expected a key of letters, digits, '.', '-', '_' and profile 'sop' or 'bpmn'.",
                           [{"field": "key", "message": "Huruf, angka, titik, tanda hubung, garis bawah."}])
    if len(xml) > LARGEST_DRAFT:
        raise TooLarge(f"Expected a draft of at most {LARGEST_DRAFT} bytes, but got {len(xml)}.")
    with context.database.write() as connection:
        row = draft_row(connection, key, lock=True)
        stored = row.version if row else 0
        if base_version is not None and base_version != stored:
            raise Conflict(f"Expected draft version {base_version} of '{key}', but version {stored} is stored by now.")
        write_draft(
            connection, key, name=name, profile=profile, xml=xml, version=stored + 1, at=context.clock.now(),
            by=actor.username,
        )  # fmt: skip
        return {"key": key, "name": name, "profile": profile, "version": stored + 1}
