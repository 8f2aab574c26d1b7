"""Anchors the histories that grew: the signed Merkle root of their heads. Writers never wait for it."""

from engine.context import Context
from engine.history.anchor import root_of, statement
from engine.signing import key_id, load_or_create_key, public_hex, sign
from engine.storage.anchors import insert_anchor, last_root, moved_heads, moved_ids

MOST_LEAVES = 10_000


def anchor_history(context: Context) -> int:
    """Anchors up to 10,000 moved chain heads; returns how many (0 = nothing moved, no anchor made)."""
    key = load_or_create_key(context.settings.data_dir)
    with context.database.read() as connection:
        ids = sorted(moved_ids(connection, MOST_LEAVES))
    if not ids:
        return 0
    with context.database.write() as connection:
        previous = last_root(connection)
        heads = moved_heads(connection, ids)

        if not heads:
            return 0
        now, root = context.clock.now(), root_of(heads)

        insert_anchor(
            connection, heads, at=now, root=root, previous=previous, key_id=key_id(public_hex(key)),
            signature=sign(key, statement(now, root, previous)),
        )  # fmt: skip
        return len(heads)
