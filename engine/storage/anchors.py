"""Anchor rows: the heads that moved since the anchor before, taken and inserted in one transaction.

The chain of administration has no row that says how far it is anchored; its newest leaf does.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from engine.history.anchor import NOTHING, Anchor, Head
from engine.model import UNENDED
from engine.storage.history import ADMINISTRATION, newest
from engine.storage.locks import serialise
from engine.storage.prepared import Prepared
from engine.storage.tables import anchor_leaves, anchors, history, instances, survey_responses

_moved = Prepared(
    select(instances.c.id, instances.c.seq, instances.c.head)
    .where(instances.c.id == bindparam("wanted"), instances.c.seq > instances.c.anchored_seq)
    .with_for_update(skip_locked=True)
)
_note = update(instances).where(instances.c.id == bindparam("wanted")).values(anchored_seq=instances.c.seq)


def last_root(connection: Connection) -> str:
    """The root of the newest anchor, locked against a second anchoring at the same time."""
    serialise(connection, "anchors")
    row = connection.execute(select(anchors.c.root).order_by(anchors.c.id.desc()).limit(1)).scalar()
    return row or NOTHING


def newest_moment(connection: Connection) -> datetime | None:
    """When the newest anchor was made."""
    return connection.execute(select(anchors.c.at).order_by(anchors.c.id.desc()).limit(1)).scalar()


def moved_ids(connection: Connection, since: datetime | None, limit: int) -> list[str]:
    """The ids of requests whose chains grew since they were anchored last, in order; never asked under a lock.

    Args:
        since: looks at open requests and at those that ended, or whose survey was answered, since then; None looks at
            every request there is.
    """
    query = select(instances.c.id).where(instances.c.seq > instances.c.anchored_seq).limit(limit)
    if since is not None:
        answered = select(survey_responses.c.instance_id).where(survey_responses.c.answered_on >= since.date())
        query = query.where(
            or_(instances.c.status.in_(UNENDED), instances.c.ended_at >= since, instances.c.id.in_(answered))
        )
    return sorted(connection.execute(query).scalars())


def moved_heads(connection: Connection, ids: Iterable[str]) -> list[Head]:
    """The heads of these requests' chains as they are now; rows in change are passed over till next time."""
    rows = (_moved.row(connection, {"wanted": one}) for one in ids)  # one by one: drivers remember statements
    return [Head(row.id, row.seq, row.head) for row in rows if row]


def moved_administration(connection: Connection) -> Head | None:
    """The head of the chain of administration, unless it is anchored already."""
    last, leaf = newest(connection, ADMINISTRATION), newest_leaf(connection, ADMINISTRATION)
    if last is None or (leaf is not None and leaf[1].seq >= last.seq):
        return None
    return Head(ADMINISTRATION, last.seq, last.hash)


def insert_anchor(
    connection: Connection, heads: Sequence[Head], *, at: datetime, root: str, previous: str, key_id: str,
    signature: str,
) -> int:  # fmt: skip
    """Inserts the anchor and its leaves and notes on the instances how far they are anchored."""
    anchor_id: int = connection.execute(
        insert(anchors)
        .values(at=at, root=root, leaves=len(heads), previous=previous, key_id=key_id, signature=signature)
        .returning(anchors.c.id)
    ).scalar_one()
    connection.execute(
        insert(anchor_leaves),
        [{"anchor_id": anchor_id, "instance_id": h.instance_id, "seq": h.seq, "hash": h.hash} for h in heads],
    )
    connection.execute(_note, [{"wanted": head.instance_id} for head in heads])
    return anchor_id


def all_anchors(connection: Connection) -> Iterator[Anchor]:
    """Every anchor with its leaves, oldest first."""
    for row in connection.execute(select(anchors).order_by(anchors.c.id)).all():
        yield _with_leaves(connection, row)


def newest_anchor(connection: Connection, instance_id: str) -> Anchor | None:
    """The newest anchor that holds this instance, with all its leaves."""
    found = newest_leaf(connection, instance_id)
    if found is None:
        return None
    return _with_leaves(connection, connection.execute(select(anchors).where(anchors.c.id == found[0])).one())


def _with_leaves(connection: Connection, row: Row[Any]) -> Anchor:
    leaves = connection.execute(
        select(anchor_leaves).where(anchor_leaves.c.anchor_id == row.id).order_by(anchor_leaves.c.instance_id)
    )
    heads = tuple(Head(one.instance_id, one.seq, one.hash) for one in leaves)
    return Anchor(row.id, row.at, row.root, row.previous, row.key_id, row.signature, heads, row.leaves)


def stored_hash(connection: Connection, instance_id: str, seq: int) -> str | None:
    """The hash of one history entry, None when it is gone."""
    return connection.execute(
        select(history.c.hash).where(history.c.instance_id == instance_id, history.c.seq == seq)
    ).scalar()


def newest_leaf(connection: Connection, instance_id: str) -> tuple[int, Head] | None:
    """The newest anchor that holds this instance, and the head it holds."""
    row = connection.execute(
        select(anchor_leaves).where(anchor_leaves.c.instance_id == instance_id)
        .order_by(anchor_leaves.c.anchor_id.desc()).limit(1)
    ).one_or_none()  # fmt: skip
    return (row.anchor_id, Head(row.instance_id, row.seq, row.hash)) if row else None
