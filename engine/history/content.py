"""The hash by which a version is known (pure)."""

from collections.abc import Mapping
from hashlib import sha256


def content_hash(xml: bytes, forms: Mapping[str, bytes]) -> str:
    """SHA-256 over the diagram's bytes and its forms in the order of their keys, each framed by its length."""
    digest = sha256()
    for name, body in [("", xml), *sorted(forms.items())]:
        digest.update(f"{name}:{len(body)}:".encode() + body)
    return digest.hexdigest()
