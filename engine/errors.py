"""Expected refusals: typed errors with a stable code, an HTTP status and a sentence "Expected …, but …".

Owns the vocabulary of refusals. Must not know HTTP frameworks; `api/errors.py` turns them into problem+json,
`scripts/alur.py` into a line on stderr. Unexpected exceptions are not caught below `api`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar


class AlurError(Exception):
    """A refusal that the caller can understand and cure.

    Attributes:
        code: stable machine-readable name, snake_case.
        status: the HTTP status that fits.
        detail: one sentence: what was expected, what came, what to do.
        errors: the single findings, e.g. `{"field", "message"}` or `{"element", "name", "rule", "message", "cure"}`.
        field: what bad data is about when there is no single finding; "body" is all that was sent.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    field: ClassVar[str] = "body"

    def __init__(self, detail: str, errors: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = [dict(error) for error in errors]


class NotFound(AlurError):
    """The named thing does not exist, or the actor may not know that it does."""

    code = "not_found"
    status = 404


class Forbidden(AlurError):
    """The actor is known but may not do this."""

    code = "forbidden"
    status = 403


class Unauthenticated(AlurError):
    """No valid token, session or password came with the request."""

    code = "unauthenticated"
    status = 401


class PasswordChangeDue(AlurError):
    """The password is right, but a one-time one: an own one has to be chosen first."""

    code = "password_change_due"
    status = 403


class TooManyAttempts(AlurError):
    """Login throttling: too many failures for this name or address."""

    code = "too_many_attempts"
    status = 429


class WrongState(AlurError):
    """The thing exists but is not in a state in which this can be done."""

    code = "wrong_state"
    status = 409


class Conflict(AlurError):
    """Somebody else changed the thing first; read it again and retry."""

    code = "conflict"
    status = 409


class Overtaken(Conflict):
    """Decided on what somebody changed before it was written; nothing is stored, the command can be tried again."""


class PreconditionFailed(AlurError):
    """`If-Match` names another version than the stored one."""

    code = "precondition_failed"
    status = 412


class InvalidInput(AlurError):
    """Data of the wrong shape, type or size."""

    code = "invalid_input"
    status = 422


class TooLarge(AlurError):
    """The upload or body exceeds its limit."""

    code = "too_large"
    status = 413


class DiagramRefused(AlurError):
    """A diagram that cannot be executed right; `errors` lists every finding with element, name, rule, message, cure."""

    code = "diagram_refused"
    status = 422


class StorageUnavailable(AlurError):
    """Database or disk cannot serve now (full, lost, locked, a content gone); nothing was written."""

    code = "storage_unavailable"
    status = 503
