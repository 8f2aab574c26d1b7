"""The Merkle tree over chain heads, with inclusion proofs (pure).

Leaves are `instance_id:seq:hash`, sorted by instance id. Leaf and inner hashes are prefixed (0x00, 0x01) as in
RFC 6962, section 2.1, so that a leaf cannot pass for an inner node.
"""

from collections.abc import Sequence
from hashlib import sha256


def leaf(instance_id: str, seq: int, head: str) -> str:
    """The hash of one chain head, hexadecimal."""
    return sha256(b"\x00" + f"{instance_id}:{seq}:{head}".encode()).hexdigest()


def _parent(left: str, right: str) -> str:
    return sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


def _next_level(level: Sequence[str]) -> list[str]:
    pairs = [_parent(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs


def root(leaves: Sequence[str]) -> str:
    """The root over leaf hashes in their order; of no leaves, the SHA-256 of nothing."""
    if not leaves:
        return sha256(b"").hexdigest()
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def proof(leaves: Sequence[str], index: int) -> list[tuple[str, str]]:
    """The path from leaf `index` to the root: pairs of side ("left"|"right") and sibling hash."""
    path, level, position = [], list(leaves), index
    while len(level) > 1:
        sibling = position ^ 1
        if sibling < len(level):
            path.append(("left" if sibling < position else "right", level[sibling]))
        level, position = _next_level(level), position // 2
    return path


def holds(leaf_hash: str, path: Sequence[tuple[str, str]], root_hash: str) -> bool:
    """Whether `path` leads from the leaf to the root."""
    current = leaf_hash
    for side, sibling in path:
        current = _parent(sibling, current) if side == "left" else _parent(current, sibling)
    return current == root_hash
