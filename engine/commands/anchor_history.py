"""Anchors the histories that grew: the signed Merkle root of their heads. Writers hardly wait for it."""

from collections.abc import Sequence
from datetime import timedelta

from engine.context import Context
from engine.history.anchor import root_of, statement
from engine.signing import key_id, load_or_create_key, public_hex, sign
from engine.storage.anchors import (
    insert_anchor,
    last_root,
    moved_administration,
    moved_heads,
    moved_ids,
    newest_moment,
)

MOST = 10_000  # requests in one go
LEAVES = 500  # under one root: on SQLite nobody else writes meanwhile
_OVERLAP = timedelta(days=2)  # a clock may have been set back; days of surveys are the agency's


def anchor_history(context: Context) -> int:
    """Anchors up to 10,000 chains that grew, and the chain of administration; returns how many.

    Looks at open requests and at what ended since the newest anchor.
    """
    with context.database.read() as connection:
        newest = newest_moment(connection)
        ids = moved_ids(connection, newest and newest - _OVERLAP, MOST)
    return _anchor_all(context, ids)


def anchor_everything(context: Context) -> int:
    """Looks at every request once, for what an import or a crash left behind; returns how much was anchored.

    What moves meanwhile is left to `anchor_history`: under load there is always some.
    """
    total = 0
    while True:
        with context.database.read() as connection:
            ids = moved_ids(connection, None, MOST)
        anchored = _anchor_all(context, ids)
        total += anchored
        if len(ids) < MOST or not anchored:
            return total


def _anchor_all(context: Context, ids: Sequence[str]) -> int:
    portions = [ids[start : start + LEAVES] for start in range(0, len(ids), LEAVES)] or [[]]
    return sum(_anchor(context, portion) for portion in portions)


def _anchor(context: Context, ids: Sequence[str]) -> int:
    key = load_or_create_key(context.settings.data_dir)
    with context.database.write() as connection:
        previous = last_root(connection)
        heads = moved_heads(connection, ids)
        administration = moved_administration(connection)
        if administration:
            heads.append(administration)

        if not heads:
            return 0
        now, root = context.clock.now(), root_of(heads)

        insert_anchor(
            connection, heads, at=now, root=root, previous=previous, key_id=key_id(public_hex(key)),
            signature=sign(key, statement(now, root, previous)),
        )  # fmt: skip
        return len(heads)
