"""API tokens: made here, shown once, stored only as SHA-256 (a token is random, so a fast hash is enough; pure)."""

import secrets
from datetime import timedelta
from hashlib import sha256

PREFIX = "alur_"  # lets secret scanners find a leaked token
DEFAULT_LIFE = timedelta(days=1)
LONGEST_LIFE = timedelta(days=366)


def new_token() -> str:
    """A fresh secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode()).hexdigest()
