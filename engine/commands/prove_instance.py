"""Proves one history to the outside: examines it, says what was found, and signs that. Writes nothing."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.examining import examine
from engine.history.anchor import Anchor
from engine.history.chain import moment
from engine.history.proof import anchor_dict, anchor_holds, assemble, signed_text
from engine.signing import key_id, load_or_create_key, public_hex, sign, signed_by
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.anchors import newest_anchor
from engine.storage.definitions import by_id


def prove_instance(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """A self-contained proof, as `engine/history/proof.py` describes it, signed by the installation's key.

    Raises:
        NotFound: no such instance, or the actor may not see it.
    """
    key = load_or_create_key(context.settings.data_dir)
    public = public_hex(key)
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        entries = history.entries(connection, instance_id)
        verdict = examine(context, connection, instance_id, row.agency_id, entries)
        anchor, deployed = newest_anchor(connection, instance_id), by_id(connection, row.definition_id)

    said: dict[str, Any] = {
        "made_at": moment(context.clock.now()), "made_for": actor.signature(),
        "installation": context.settings.public_url, "key_id": key_id(public),
        "instance_id": instance_id, "registration_number": row.registration_number, "agency": row.agency,
        "zone": row.zone, "status": row.status, "confidentiality": row.confidentiality,
        "definition": {
            "key": row.key, "version": row.definition_version, "name": row.name, "hash": row.definition_hash,
        },
        "entries": verdict["entries"], "head": verdict["head"], "valid": verdict["valid"],
        "problems": verdict["problems"], "execution": verdict["execution"],
        "anchor": _held(anchor, instance_id, public),
    }  # fmt: skip
    said["valid"] = said["valid"] and (anchor is None or said["anchor"]["holds"])
    return assemble(said, public, sign(key, signed_text(said)), entries, anchor, deployed.xml, deployed.forms)


def _held(anchor: Anchor | None, instance_id: str, public: str) -> dict[str, Any]:
    """What the newest anchor says of this request, and whether our key signed it; empty without an anchor."""
    if anchor is None:
        return {}
    held = anchor_dict(anchor, instance_id)
    ours = anchor_holds(held, instance_id, public, signed_by)
    return {"id": held["id"], "at": held["at"], "seq": held["seq"], "holds": ours}
