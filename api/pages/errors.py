"""Refusals as pages, and as JSON for the pages' own scripts; addresses under /api keep their problem+json."""

import logging

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, NotFound

from api import errors as api_errors
from api.body import answer
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import wants_json
from api.pages.words import OTHERWISE, REFUSALS
from engine.errors import AlurError

log = logging.getLogger("alur.pages")
_HTTP_CODES = {404: "not_found", 413: "too_large"}


def explain(error: AlurError) -> str:
    """What a refusal means, for people."""
    return explain_code(error.code)


def explain_code(code: str | None) -> str:
    """What the code of a refusal means, for people; nothing when nothing was refused."""
    return text(REFUSALS.get(code, OTHERWISE)[1]) if code else ""


def refused_json(error: AlurError) -> Response:
    """A refusal for a script: the problem with a `message` for people."""
    body = {"code": error.code, "detail": error.detail, "message": explain(error), "errors": error.errors}
    return answer(body, error.status)


def _on_refusal(error: AlurError) -> Response:
    if wants_json():
        return refused_json(error)
    title, words = REFUSALS.get(error.code, OTHERWISE)
    return page("refusal.html", error.status, title=title, words=words, detail=error.detail)


def _on_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    code = "csrf" if error.description == "csrf" else _HTTP_CODES.get(status, "")
    title, words = REFUSALS.get(code, OTHERWISE)
    if wants_json():
        return answer({"code": code, "detail": title, "message": text(words), "errors": []}, status)
    return page("refusal.html", status, title=title, words=words, detail="")


def _on_surprise(error: Exception) -> Response:
    log.error("%s unexpected", g.get("request_id", ""), exc_info=error)
    words = "Terjadi kesalahan yang tidak terduga. Sampaikan kode ini kepada pengelola: {id}"
    if wants_json():
        message = text(words, id=g.get("request_id", ""))
        return answer({"code": "internal_error", "detail": message, "message": message, "errors": []}, 500)
    return page("refusal.html", 500, title="Kesalahan", words=words, detail="", id=g.get("request_id", ""))


def register(app: Flask) -> None:
    """Unknown addresses that are not the API's are answered as pages, too."""

    @app.errorhandler(404)
    def _unknown(error: NotFound) -> Response:
        if request.path.startswith(("/api", "/static")):
            return api_errors.on_http_error(error)
        return _on_http_error(error)


pages.register_error_handler(AlurError, _on_refusal)
pages.register_error_handler(HTTPException, _on_http_error)
pages.register_error_handler(Exception, _on_surprise)
