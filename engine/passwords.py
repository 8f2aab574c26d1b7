"""Password hashes: the home of argon2-cffi. Bounded cost: one hash takes 19 MiB and some 20 ms, whatever comes in."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.errors import InvalidInput

SHORTEST = 10
LONGEST = 200  # characters; argon2 would hash megabytes just as gladly
_READABLE = "abcdefghijkmnpqrstuvwxyz23456789"
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's second recommendation
_nobody = _hasher.hash("no person has this password")


def new_password() -> str:
    """A random one-time password of 75 bits, easy to read aloud: no l, 1, o, 0, in groups."""
    letters = "".join(secrets.choice(_READABLE) for _ in range(15))
    return "-".join((letters[:5], letters[5:10], letters[10:]))


def hash_password(password: str) -> str:
    """The Argon2id hash to store.

    Raises:
        InvalidInput: too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"Expected a password of {SHORTEST} to {LONGEST} characters, but got {len(password)}."
        raise InvalidInput(message, [{"field": "password", "message": f"Kata sandi {SHORTEST}-{LONGEST} karakter."}])
    return _hasher.hash(password)


def verify_password(stored: str | None, password: str) -> bool:
    """Whether `password` belongs to the `stored` hash; takes as long when there is none, so names cannot be guessed."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher.verify(stored or _nobody, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
