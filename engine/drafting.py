"""What every command on a draft shares: the analyst, the lock, the ETag, and what an edit does to its review."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.errors import AlurError, Forbidden, InvalidInput, NotFound, PreconditionFailed, TooLarge
from engine.storage import drafts
from engine.storage.decisions import decision_row, model_key
from engine.storage.definitions import newest_forms
from engine.storage.history import append_administration
from engine.storage.unit_of_work import Connection, Row

LARGEST_DRAFT = 10 * 1024 * 1024  # bytes of a diagram
LARGEST_FILE = 2 * 1024 * 1024  # bytes of a form or decision
MOST_FILES = 300  # forms and decisions of one kind in one draft
KINDS = ("form", "decision")
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


class DraftChanged(PreconditionFailed):
    """Somebody saved the draft since it was read."""

    code: ClassVar[str] = "draft_changed"


def etag(row: Row[Any]) -> str:
    """The ETag of a draft's contents; a draft deleted and made anew has another one."""
    return f'"{row.version}-{int(row.updated_at.timestamp() * 1000):x}"'


def require_editor(actor: Actor) -> None:
    """Raises Forbidden unless the actor may edit drafts."""
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to edit drafts.")


def require_key(key: str, field: str = "key") -> None:
    """Raises InvalidInput unless `key` can name a definition, form or decision."""
    if not _KEY.fullmatch(key):
        raise InvalidInput(f"Expected a key of letters, digits, '.', '-' and '_', but got '{key[:80]}'.",
                           [{"field": field, "message": "Huruf, angka, titik, tanda hubung, garis bawah."}])


def require_size(body: bytes, most: int) -> None:
    """Raises TooLarge when `body` has more than `most` bytes."""
    if len(body) > most:
        raise TooLarge(f"Expected at most {most} bytes in a draft, but got {len(body)}.")


def require_etag(row: Row[Any], if_match: str | None) -> None:
    """Raises DraftChanged unless `if_match` (ETags, `*` or None) names the draft's present contents."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag(row) not in [tag.strip().removeprefix("W/") for tag in if_match.split(",")]:
        raise DraftChanged(
            f"Expected the newest state of draft '{row.key}' in If-Match, but {row.updated_by} saved version "
            f"{row.version} meanwhile; read it again."
        )


def open_draft(connection: Connection, actor: Actor, key: str, if_match: str | None) -> Row[Any]:
    """The draft to edit, locked. Raises Forbidden, NotFound, DraftChanged."""
    require_editor(actor)
    row = locked_draft(connection, key)
    require_etag(row, if_match)
    return row


def locked_draft(connection: Connection, key: str) -> Row[Any]:
    """The draft, locked until the transaction ends. Raises NotFound."""
    row = drafts.draft_row(connection, key, lock=True)
    if row is None:
        raise NotFound(f"Expected a draft '{key}', but there is none.")
    return row


def saved(row: Row[Any]) -> dict[str, Any]:
    """What an edit answers."""
    return {"key": row.key, "name": row.name, "profile": row.profile, "version": row.version, "etag": etag(row)}


def touch(
    context: Context, connection: Connection, actor: Actor, row: Row[Any], values: Mapping[str, Any]
) -> Row[Any]:
    """Counts an edit: next version, its editor, and a draft that was in review or approved is one in work again."""
    now = context.clock.now()
    changed = {**values, "version": row.version + 1, "updated_at": now, "updated_by": actor.username}
    if row.status != "draft":
        changed |= {"status": "draft", "reviewed_at": None, "reviewed_by": None, "review_note": None}
        facts = {"key": row.key, "version": row.version + 1, "was": row.status}
        append_administration(connection, actor, "draft_reopened", facts, now, element_id=row.key)
    drafts.update_draft(connection, row.key, changed)
    return locked_draft(connection, row.key)


def begin(
    context: Context, connection: Connection, actor: Actor, values: Mapping[str, Any],
    files: Mapping[str, Mapping[str, bytes]],
) -> Row[Any]:  # fmt: skip
    """Inserts a draft's first version with its files by kind."""
    now = context.clock.now()
    drafts.insert_draft(connection, {**values, "version": 1, "updated_at": now, "updated_by": actor.username})
    for kind in KINDS:
        for file_key, body in files[kind].items():
            drafts.put_file(connection, values["key"], kind, file_key, body)
    key = values["key"]
    append_administration(connection, actor, "draft_created", {"key": key}, now, element_id=key)
    return locked_draft(connection, values["key"])


def deployed_files(connection: Connection, key: str, xml: bytes) -> dict[str, dict[str, bytes]]:
    """What a draft drawn as `xml` takes over: the forms of the newest version of `key`, the decisions `xml` names."""
    return {"form": newest_forms(connection, key), "decision": _decisions(connection, xml)}


def _decisions(connection: Connection, xml: bytes) -> dict[str, bytes]:
    try:
        processes = parse_diagram(xml).processes
    except AlurError:
        return {}  # a drawing that cannot be read yet names none
    nodes = [node for process in processes for node in process.nodes.values()]
    found: dict[str, bytes] = {}
    for called in sorted({node.called for node in nodes if node.kind == "businessRuleTask" and node.called}):
        try:
            key = model_key(connection, called)
        except NotFound:
            continue  # validation says so
        found[key] = decision_row(connection, key).xml
    return found


def drawn_name(xml: bytes) -> str:
    """The name of the drawn process, nothing when it cannot be read."""
    try:
        return parse_diagram(xml).main.name
    except (AlurError, StopIteration):
        return ""
