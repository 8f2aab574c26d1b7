"""A proof: one request's history with all that is needed to check it far from the database (pure).

Owns what a proof contains and how it is checked. Says nothing about the world: whether the key is really that of the
installation, the reader must know from elsewhere (`alur verify --key`).
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.errors import InvalidInput
from engine.history.anchor import Anchor, statement
from engine.history.apply import fold
from engine.history.chain import Entry, Problem, canonical, check, moment
from engine.history.content import content_hash
from engine.history.export import entry_dict, event_of, from_line
from engine.history.merkle import holds, leaf, proof

FORMAT = "alur-proof-1"
Signed = Callable[[str, str, str], bool]  # (public key, text, signature), hexadecimal


def signed_text(said: Mapping[str, Any]) -> str:
    """The text that the installation signs for a statement."""
    return f"{FORMAT}|{canonical(said)}"


def assemble(
    said: Mapping[str, Any], public_key: str, signature: str, entries: Sequence[Entry], anchor: Anchor | None,
    diagram: bytes, forms: Mapping[str, bytes],
) -> dict[str, Any]:  # fmt: skip
    """The proof as JSON-ready dict; `said` is the statement and `signature` is over `signed_text(said)`."""
    return {
        "format": FORMAT, "statement": dict(said), "public_key": public_key, "signature": signature,
        "anchor": None if anchor is None else anchor_dict(anchor, str(said["instance_id"])),
        "diagram": b64encode(diagram).decode(),
        "forms": {key: b64encode(body).decode() for key, body in forms.items()},
        "entries": [entry_dict(entry) for entry in entries],
    }  # fmt: skip


def anchor_dict(anchor: Anchor, instance_id: str) -> dict[str, Any]:
    """An anchor with the path from this instance's leaf to its root."""
    heads = sorted(anchor.heads, key=lambda head: head.instance_id)
    place = next(number for number, head in enumerate(heads) if head.instance_id == instance_id)
    leaves = [leaf(head.instance_id, head.seq, head.hash) for head in heads]
    return {
        "id": anchor.id, "at": moment(anchor.at), "root": anchor.root, "previous": anchor.previous,
        "key_id": anchor.key_id, "signature": anchor.signature, "seq": heads[place].seq, "hash": heads[place].hash,
        "path": [list(step) for step in proof(leaves, place)],
    }  # fmt: skip


def anchor_holds(anchor: Mapping[str, Any], instance_id: str, public_key: str, signed: Signed) -> bool:
    """Whether the leaf leads to the anchor's root and the key signed that root."""
    path = [(str(side), str(sibling)) for side, sibling in anchor["path"]]
    at_root = holds(leaf(instance_id, anchor["seq"], anchor["hash"]), path, anchor["root"])
    text = statement(datetime.fromisoformat(anchor["at"]), anchor["root"], anchor["previous"])
    return at_root and signed(public_key, text, anchor["signature"])


def check_proof(body: Any, signed: Signed) -> dict[str, Any]:
    """`{valid, instance_id, entries, says_valid, public_key, anchored_seq, problems[]}`.

    `valid` means that the proof was not changed since it was made and that its history holds; `says_valid` is what the
    installation itself found when it made the proof.

    Raises:
        InvalidInput: it is no proof.
    """
    try:
        return _check(body, signed)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidInput("Expected a proof made by Alur (alur-proof-1), but it has another shape.") from error


def _check(body: Mapping[str, Any], signed: Signed) -> dict[str, Any]:
    if body["format"] != FORMAT:
        raise ValueError(body["format"])
    said, key = body["statement"], body["public_key"]
    instance_id = said["instance_id"]
    entries = [from_line(json.dumps(entry), number) for number, entry in enumerate(body["entries"], 1)]
    problems = check(instance_id, entries)
    problems += _check_end(said, entries, whole=not problems)
    if not signed(key, signed_text(said), body["signature"]):
        problems.append(Problem(0, "signature", "Expected the statement to be signed by the key in the proof, but it"
                                " was changed, or signed by another."))
    anchor = body["anchor"]
    if anchor is not None:
        problems += _check_anchor(anchor, said, entries, key, signed)
    problems += _check_content(body, said)
    return {
        "valid": not problems and said["valid"], "instance_id": instance_id, "entries": len(entries),
        "says_valid": said["valid"], "public_key": key, "anchored_seq": anchor["seq"] if anchor else 0,
        "problems": [problem.to_dict() for problem in problems],
    }  # fmt: skip


def _check_end(said: Mapping[str, Any], entries: Sequence[Entry], *, whole: bool) -> list[Problem]:
    if any(entry.instance_id != said["instance_id"] for entry in entries):
        return [Problem(0, "changed", "Expected entries of one request, but others are among them.")]
    last = entries[-1] if entries else None
    if last is None or last.seq != said["entries"] or last.hash != said["head"]:
        return [Problem(said["entries"], "head", "Expected the last entry to be the head that was signed, but it is"
                        " not.")]
    if whole and fold(event_of(entry) for entry in entries).status != said["status"]:
        return [Problem(last.seq, "state", "Expected the status that was signed to follow from the entries, but it"
                        " does not.")]
    return []


def _check_anchor(
    anchor: Mapping[str, Any], said: Mapping[str, Any], entries: Sequence[Entry], key: str, signed: Signed
) -> list[Problem]:
    instance_id = said["instance_id"]
    told = said["anchor"]
    sides = {side for side, _ in anchor["path"]}
    named = (anchor["id"], anchor["key_id"]) == (told.get("id"), said["key_id"]) and sides <= {"left", "right"}
    if not named or not anchor_holds(anchor, instance_id, key, signed):
        return [Problem(anchor["seq"], "anchor", f"Expected anchor {anchor['id']} to hold this request and to be signed"
                        " by the key in the proof, but it does not.")]
    held = next((entry.hash for entry in entries if entry.seq == anchor["seq"]), None)
    if held != anchor["hash"]:
        return [Problem(anchor["seq"], "anchor", f"Expected entry {anchor['seq']} as anchor {anchor['id']} holds it,"
                        " but it differs.")]
    return []


def _check_content(body: Mapping[str, Any], said: Mapping[str, Any]) -> list[Problem]:
    forms = {key: b64decode(text, validate=True) for key, text in body["forms"].items()}
    if content_hash(b64decode(body["diagram"], validate=True), forms) != said["definition"]["hash"]:
        return [Problem(0, "definition", "Expected the diagram and forms in the proof to match the hash that was"
                        " signed, but they do not.")]
    return []
