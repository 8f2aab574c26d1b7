"""What happened, chained by hashes, and the anchors of the chains. Append-only."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from engine.storage.tables.base import metadata
from engine.storage.types import UtcDateTime

history = Table(  # append-only, triggers refuse UPDATE and DELETE
    "history",
    metadata,
    Column("instance_id", String(32), primary_key=True),  # or "administration" for acts outside any instance
    Column("seq", Integer, primary_key=True),
    Column("type", String(40), nullable=False),
    Column("element_id", String(200)),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", Text),  # canonical JSON {person, name, post, unit, agency, ...}; NULL = the service itself
    Column("data", Text, nullable=False),  # canonical JSON
    Column("hash", String(64), nullable=False),
)

anchors = Table(  # append-only
    "anchors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("root", String(64), nullable=False),  # Merkle root of the leaves
    Column("leaves", Integer, nullable=False),
    Column("previous", String(64), nullable=False),  # root of the anchor before
    Column("key_id", String(64), nullable=False),  # SHA-256 of the public key
    Column("signature", String(128), nullable=False),  # Ed25519, hexadecimal
)

anchor_leaves = Table(  # append-only: the chain heads that moved since the anchor before
    "anchor_leaves",
    metadata,
    Column("anchor_id", ForeignKey("anchors.id"), primary_key=True),
    Column("instance_id", String(32), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "instance_id", "anchor_id"),
)
