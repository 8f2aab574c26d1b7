"""Keeps an analyst's drawing as a draft, whatever its problems; only deploying needs it clean."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.drafting import (
    LARGEST_DRAFT,
    DraftChanged,
    begin,
    deployed_files,
    drawn_name,
    require_editor,
    require_etag,
    require_key,
    require_size,
    saved,
    touch,
)
from engine.errors import Conflict, InvalidInput
from engine.storage.drafts import draft_row
from engine.storage.unit_of_work import Row

LONGEST_NAME = 400


def save_definition_draft(
    context: Context,
    actor: Actor,
    key: str,
    xml: bytes,
    *,
    name: str = "",
    profile: str | None = None,
    base_version: int | None = None,
    if_match: str | None = None,
    must_be_new: bool = False,
) -> dict[str, Any]:
    """Stores `xml` as the draft `key`; a new draft takes over the forms and decisions of the deployed version.

    Args:
        name: the name in lists, that of the drawn process by default.
        profile: sop or bpmn; None keeps that of the draft.
        base_version: the draft version this one was drawn on; None does not compare.
        if_match: the same by ETag, as browsers send it.
        must_be_new: refuse when there is a draft already.

    Returns:
        `{key, name, profile, version, etag}`.

    Raises:
        Forbidden: no analyst. InvalidInput: a key or profile that cannot be. TooLarge: over 10 MiB.
        Conflict, DraftChanged: somebody saved another version meanwhile.
    """
    require_editor(actor)
    require_key(key)
    if profile not in ("sop", "bpmn", None):
        raise InvalidInput("Expected profile 'sop' or 'bpmn'.", [{"field": "profile", "message": "sop atau bpmn."}])
    require_size(xml, LARGEST_DRAFT)
    shown = (name or drawn_name(xml))[:LONGEST_NAME]

    with context.database.write() as connection:
        row = draft_row(connection, key, lock=True)
        _require_base(row, key, base_version, if_match, must_be_new=must_be_new)
        if row is None:
            values = {"key": key, "name": shown, "profile": profile or "sop", "xml": xml}
            row = begin(context, connection, actor, values, deployed_files(connection, key, xml))
        else:
            values = {"name": shown or row.name, "profile": profile or row.profile, "xml": xml}
            row = touch(context, connection, actor, row, values)
        return saved(row)


def _require_base(
    row: Row[Any] | None, key: str, base_version: int | None, if_match: str | None, *, must_be_new: bool
) -> None:
    """Raises Conflict or DraftChanged when this was not drawn on what is stored."""
    stored = row.version if row else 0
    if base_version is not None and base_version != stored:
        raise Conflict(f"Expected draft version {base_version} of '{key}', but version {stored} is stored by now.")
    if row is None:
        if if_match is not None:
            raise DraftChanged(f"Expected a draft '{key}' to go on with, but somebody deleted it meanwhile.")
        return
    if must_be_new:
        raise DraftChanged(f"Expected no draft '{key}', but {row.updated_by} has begun one.")
    require_etag(row, if_match)
