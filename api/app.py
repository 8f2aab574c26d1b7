"""The Flask app: routes, authentication, errors, limits, security headers, OpenAPI. No job logic."""

import re
import time
from uuid import uuid4

from flask import Flask, Response, g, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from api import auth, errors, extensions, metrics, openapi, pages
from api.body import StrictJson
from api.bootstrap import build_context
from api.config import Config, read_config
from api.routes import register_routes
from api.routes.docs import docs
from api.routes.health import root
from engine.context import Context

FORM_MEMORY = 1024 * 1024  # bytes of multipart fields that are not files
FORM_PARTS = 200
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def create_app(config: Config | None = None, service: Context | None = None) -> Flask:
    """The app over `service`, which is built from `config` (by default from the environment) when not given."""
    config = config or read_config()
    service = service or build_context(config)
    app = Flask("alur", static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=config.body_bytes,
        MAX_FORM_MEMORY_SIZE=FORM_MEMORY,
        MAX_FORM_PARTS=FORM_PARTS,
        PROPAGATE_EXCEPTIONS=False,
        ALUR=config,
    )
    app.json = StrictJson(app)
    app.url_map.strict_slashes = False
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies
        )
    _register_requests(app)
    extensions.register(app, service)
    auth.register(app)
    metrics.register(app)
    register_routes(openapi.make_api(app), test_clock=config.test_clock)
    app.register_blueprint(root)
    app.register_blueprint(docs)
    pages.register(app)
    errors.register(app)
    return app


def _register_requests(app: Flask) -> None:
    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
        if "\x00" in request.path or "%00" in request.query_string.decode("latin-1"):
            raise BadRequest  # no database takes NUL in a text

    @app.after_request
    def _end(response: Response) -> Response:
        headers = response.headers
        given = {name.lower() for name in headers.keys()}  # noqa: SIM118 - of Headers, whose items are pairs
        for name, value in HEADERS.items():
            if name.lower() not in given:
                headers.add(name, value)
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        headers.add("X-Request-Id", g.get("request_id", ""))
        return response
