"""What an anchor says and how it is checked (pure): the Merkle root of the chain heads that moved, signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.history.chain import Problem, moment
from engine.history.merkle import leaf, root

NOTHING = "0" * 64  # what the first anchor says of its predecessor


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain when the anchor was made."""

    instance_id: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """One stored anchor with its leaves in order of the instance id."""

    id: int
    at: datetime
    root: str
    previous: str
    key_id: str
    signature: str
    heads: tuple[Head, ...]
    leaves: int  # how many heads it was made of


def root_of(heads: Sequence[Head]) -> str:
    """The Merkle root over heads, sorted by instance id."""
    ordered = sorted(heads, key=lambda head: head.instance_id)
    return root([leaf(head.instance_id, head.seq, head.hash) for head in ordered])


def statement(at: datetime, root_hash: str, previous: str) -> str:
    """The text that is signed."""
    return f"alur-anchor-v1|{moment(at)}|{root_hash}|{previous}"


def check_anchor(
    anchor: Anchor, previous: str, signed: Callable[[str, str], bool], stored_hash: Callable[[str, int], str | None]
) -> list[Problem]:
    """Everything wrong with one anchor: its place in the chain, its root, its signature, and the histories it holds.

    Args:
        previous: root of the anchor before it.
        signed: tells whether (statement, signature) is the installation's.
        stored_hash: hash of entry (instance id, seq) as stored now, None when it is gone.
    """
    problems = []
    if anchor.previous != previous:
        problems.append(Problem(anchor.id, "anchor", f"Expected anchor {anchor.id} to follow the anchor before it, but"
                                " one between was removed or changed."))
    if root_of(anchor.heads) != anchor.root or len(anchor.heads) != anchor.leaves:
        problems.append(Problem(anchor.id, "anchor", f"Expected the leaves of anchor {anchor.id} to give its root and"
                                " number, but they do not."))
    if not signed(statement(anchor.at, anchor.root, anchor.previous), anchor.signature):
        problems.append(Problem(anchor.id, "anchor", f"Expected anchor {anchor.id} to be signed by this installation's"
                                " key, but it is not."))
    for head in anchor.heads:
        now = stored_hash(head.instance_id, head.seq)
        if now is None:
            problems.append(Problem(head.seq, "missing", f"Expected entry {head.seq} of instance {head.instance_id},"
                                    f" held by anchor {anchor.id}, but it is gone: the instance was removed or cut."))
        elif now != head.hash:
            problems.append(Problem(head.seq, "changed", f"Expected entry {head.seq} of instance {head.instance_id} as"
                                    f" anchor {anchor.id} holds it, but its chain was rewritten."))
    return problems
