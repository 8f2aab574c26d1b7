"""Request bodies and answers: strict JSON in, compact JSON out.

JSON that PostgreSQL, the history's canonical form or the recursion limit could not take later is refused here: NaN and
infinities, NUL, lone surrogates, nesting deeper than `DEEPEST`.
"""

import json
import math
from typing import Any, cast

from flask import Response, current_app, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

DEEPEST = 64
LARGEST = 2 * 1024 * 1024  # characters or bytes of one JSON body
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is too large")
    return value


_decode = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite).decode


class StrictJson(DefaultJSONProvider):
    """Flask's JSON door: refuses what is legal for Python but not for what lies behind."""

    sort_keys = False
    ensure_ascii = False
    compact = True

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Parses JSON text.

        Raises:
            ValueError: no JSON, or JSON that cannot be stored.
            RequestEntityTooLarge: more than belongs into a form; files and diagrams come by other ways.
        """
        if len(s) > LARGEST:
            raise RequestEntityTooLarge
        text = s.decode("utf-8") if isinstance(s, bytes) else s
        try:
            value = _decode(text)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error
        if text.count("[") + text.count("{") > DEEPEST:
            _check_depth(value)
        if "\\u" in text:
            _check_texts(value)
        return value


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [child for one in level for child in _children(one)]
        if not level:
            return
    raise ValueError(f"nested deeper than {DEEPEST} levels")


def _check_texts(value: Any) -> None:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if "\x00" in one:
                raise ValueError("a text contains NUL")
            one.encode("utf-8")  # UnicodeEncodeError is a ValueError: a lone surrogate is no text
        else:
            waiting.extend(_children(one))
            if isinstance(one, dict):
                waiting.extend(one)


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def json_object() -> dict[str, Any]:
    """The body as a JSON object, read by hand where the schema is the form's and not the API's.

    Raises:
        BadRequest, UnsupportedMediaType: no JSON object.
    """
    if not request.is_json and request.get_data(cache=True):
        raise UnsupportedMediaType
    raw = request.get_data(cache=True)
    try:
        value = current_app.json.loads(raw) if raw else {}
    except ValueError as error:
        raise BadRequest from error
    if not isinstance(value, dict):
        raise BadRequest
    return cast(dict[str, Any], value)


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`value` as a JSON response."""
    return Response(_encode(value), status, headers, content_type="application/json")


def nothing() -> Response:
    """204: done, and there is nothing to say."""
    return Response(status=204)
