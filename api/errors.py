"""Refusals as `application/problem+json` (RFC 9457): `type, title, status, code, detail, errors[], request_id`.

Expected refusals (`AlurError`) and HTTP errors say what was wrong; anything else is logged with the request id and
answered without internals. No other module formats errors.
"""

import json
import logging
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException

from engine.errors import AlurError, TooManyAttempts, Unauthenticated

log = logging.getLogger("alur.api")

PROBLEM = "application/problem+json"
RETRY_SECONDS = {429: "900", 503: "2"}
_CODES = {
    400: "bad_request", 404: "not_found", 405: "method_not_allowed", 406: "not_acceptable", 408: "timeout",
    411: "length_required", 413: "too_large", 414: "uri_too_long", 415: "unsupported_media_type",
    416: "range_not_satisfiable", 422: "invalid_input", 431: "headers_too_large", 500: "internal_error",
}  # fmt: skip
_DETAILS = {
    400: "Expected a well-formed request, but this one cannot be read.",
    404: "Expected an address of this service, but there is nothing here; see /api/docs.",
    405: "Expected another method for this address; see the Allow header.",
    413: "Expected a smaller request body.",
    415: "Expected another content type; see /api/docs.",
    422: "Expected data of another shape; see errors.",
}


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]]) -> Response:
    """One refusal as a response."""
    body = {
        "type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail,
        "errors": errors, "request_id": g.get("request_id", ""),
    }  # fmt: skip
    response = Response(json.dumps(body, ensure_ascii=False, default=str), status, content_type=PROBLEM)
    if status in RETRY_SECONDS:
        response.headers["Retry-After"] = RETRY_SECONDS[status]
    return response


def on_refusal(error: AlurError) -> Response:
    """An expected refusal, with its own status, code and findings."""
    errors = error.errors
    if not errors and error.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        errors = [{"field": error.field, "message": error.detail}]
    response = problem(error.status, error.code, error.detail, errors)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = 'Bearer realm="alur"'
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(error, TooManyAttempts):
        log.warning("%s %s: %s", g.get("request_id", ""), error.code, error.detail)
    return response


def on_http_error(error: HTTPException) -> Response:
    """Werkzeug's and webargs' errors, with their headers (Allow on 405)."""
    status = error.code or 500
    messages = getattr(error, "data", {}).get("messages")
    errors = [{"field": field, "message": message} for field, message in _flat(messages)] if messages else []
    detail = _DETAILS.get(status, error.description or HTTPStatus(status).phrase)
    response = problem(status, _CODES.get(status, "refused"), detail, errors)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def on_surprise(error: Exception) -> Response:
    """What nobody expected: logged with its traceback under the request id, answered without internals."""
    log.error("%s unexpected", g.get("request_id", ""), exc_info=error)
    detail = "Expected this to work, but something went wrong here; report the request_id to the operator."
    return problem(500, "internal_error", detail, [])


def _flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """marshmallow's nested messages as (dotted field, message); the outermost level is the location (json, query)."""
    if isinstance(messages, dict):
        for key, value in messages.items():
            inner = path if key in ("_schema", "json", "query", "json_or_form") and not path else f"{path}.{key}"
            yield from _flat(value, inner.strip("."))
    elif isinstance(messages, list):
        for value in messages:
            yield from _flat(value, path)
    else:
        yield path or "body", str(messages)


def register(app: Flask) -> None:
    """Makes the app answer every error as a problem."""
    app.register_error_handler(AlurError, on_refusal)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_surprise)
