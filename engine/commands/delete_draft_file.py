"""Takes a form or a decision out of a draft."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.drafting import open_draft, saved, touch
from engine.errors import NotFound
from engine.storage.drafts import delete_file


def delete_draft_file(
    context: Context, actor: Actor, key: str, kind: str, file_key: str, *, if_match: str | None = None
) -> dict[str, Any]:
    """Deletes the form (`kind` "form") or decision ("decision") `file_key` of a draft.

    Returns:
        `{key, name, profile, version, etag}` of the draft.

    Raises:
        Forbidden: no analyst. NotFound: no such draft or file. DraftChanged: somebody saved the draft meanwhile.
    """
    with context.database.write() as connection:
        row = open_draft(connection, actor, key, if_match)
        if not delete_file(connection, key, kind, file_key):
            raise NotFound(f"Expected a {kind} '{file_key}' in draft '{key}', but there is none.")
        return saved(touch(context, connection, actor, row, {}))
