"""Request headers that commands take: If-Match and Idempotency-Key; and their place in the OpenAPI document.

A form without script cannot send a header; its key stands in a hidden field.
"""

from typing import Any

from flask import request

from engine.errors import InvalidInput

LONGEST_KEY = 120
LONGEST_IF_MATCH = 500
IF_MATCH: dict[str, Any] = {
    "in": "header", "name": "If-Match", "required": False, "description": "ETag of the state that was read",
    "schema": {"type": "string", "maxLength": LONGEST_IF_MATCH},
}  # fmt: skip
IDEMPOTENCY_KEY: dict[str, Any] = {
    "in": "header", "name": "Idempotency-Key", "required": False,
    "description": "Repeating a request with the same key gives the same answer and changes nothing, for 30 days",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
}  # fmt: skip


def if_match() -> str | None:
    """The If-Match header, if any.

    Raises:
        InvalidInput: longer than any list of ETags.
    """
    value = request.headers.get("If-Match")
    if value is not None and len(value) > LONGEST_IF_MATCH:
        raise _wrong("If-Match", f"at most {LONGEST_IF_MATCH} characters")
    return value


def idempotency_key() -> str | None:
    """The Idempotency-Key header, if any.

    Raises:
        InvalidInput: empty, too long, or not printable ASCII without blanks.
    """
    return _key("Idempotency-Key", request.headers.get("Idempotency-Key"))


def form_key() -> str | None:
    """The idempotency key of a posted form, made when the form was shown, if any.

    Raises:
        InvalidInput: not one that a page made.
    """
    return _key("kunci", request.form.get("kunci"))


def _key(name: str, value: str | None) -> str | None:
    if value is not None and not (0 < len(value) <= LONGEST_KEY and all("!" <= one <= "~" for one in value)):
        raise _wrong(name, f"1 to {LONGEST_KEY} printable ASCII characters without blanks")
    return value


def _wrong(name: str, expected: str) -> InvalidInput:
    message = f"Expected {name} to be {expected}."
    return InvalidInput(message, [{"field": name, "message": message}])
