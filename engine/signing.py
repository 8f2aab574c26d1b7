"""The installation's Ed25519 key, which signs history anchors. The private key never leaves the data directory.

The home of the package `cryptography`.
"""

import os
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def load_or_create_key(data_dir: Path) -> Ed25519PrivateKey:
    """The key in `data_dir/keys/anchor.key` (32 raw bytes, readable by the owner only), made on first use."""
    path = data_dir / "keys" / "anchor.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = Ed25519PrivateKey.generate().private_bytes_raw()
        temporary = path.with_name(f".anchor.{os.getpid()}.{get_ident()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(fresh)
        try:
            os.link(temporary, path)  # the first one wins, others read its key
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public key, hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def key_id(public_key_hex: str) -> str:
    """What names a key in an anchor: SHA-256 of the public key, hexadecimal."""
    return sha256(bytes.fromhex(public_key_hex)).hexdigest()


def sign(key: Ed25519PrivateKey, message: str) -> str:
    """The signature of a text, hexadecimal."""
    return key.sign(message.encode()).hex()


def signed_by(public_key_hex: str, message: str, signature_hex: str) -> bool:
    """Whether the signature is the key's over this text."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key_hex)).verify(
            bytes.fromhex(signature_hex), message.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True
