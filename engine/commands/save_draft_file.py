"""Keeps a form or a decision of a draft, whatever its problems."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.drafting import LARGEST_FILE, MOST_FILES, open_draft, require_key, require_size, saved, touch
from engine.errors import InvalidInput
from engine.storage.drafts import files_of, put_file


def save_draft_file(
    context: Context, actor: Actor, key: str, kind: str, file_key: str, body: bytes, *, if_match: str | None = None
) -> dict[str, Any]:
    """Stores `body` as the form (`kind` "form", form-js JSON) or decision ("decision", DMN) `file_key` of a draft.

    Returns:
        `{key, name, profile, version, etag}` of the draft.

    Raises:
        Forbidden: no analyst. NotFound: no such draft. InvalidInput: a key that cannot be, or too many files.
        TooLarge: over 2 MiB. DraftChanged: somebody saved the draft meanwhile.
    """
    require_key(file_key, "file_key")
    require_size(body, LARGEST_FILE)
    with context.database.write() as connection:
        row = open_draft(connection, actor, key, if_match)
        known = files_of(connection, key, kind)
        if file_key not in known and len(known) >= MOST_FILES:
            raise InvalidInput(f"Expected at most {MOST_FILES} files of a kind in a draft, but this one is more.")
        put_file(connection, key, kind, file_key, body)
        return saved(touch(context, connection, actor, row, {}))
