"""Bundles and styles that `scripts/build_web.py` left in web/dist. Without them the pages are plain, and work."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

DIST = Path(__file__).resolve().parents[2] / "web" / "dist"
TYPES = {
    ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff": "font/woff",
    ".woff2": "font/woff2", ".ttf": "font/ttf", ".eot": "application/vnd.ms-fontobject", ".svg": "image/svg+xml",
}  # fmt: skip
YEAR = "public, max-age=31536000, immutable"

assets = Blueprint("assets", __name__)


@lru_cache(maxsize=64)
def _version(name: str, _changed_ns: int) -> str:
    return sha256((DIST / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str | None:
    """The address of a built file, None when it has not been built."""
    path = DIST / name
    if not path.is_file():
        return None
    return url_for("assets.get_asset", name=name, v=_version(name, path.stat().st_mtime_ns))


@assets.get("/static/<name>")
def get_asset(name: str) -> Response:
    """A built file, compressed for those who take it; its address changes with its content."""
    path = DIST / name
    if path.suffix not in TYPES or path.parent != DIST or not path.is_file():
        abort(404)
    packed = DIST / f"{name}.gz"
    response = Response(content_type=TYPES[path.suffix])
    response.headers["Cache-Control"] = YEAR
    response.headers["Vary"] = "Accept-Encoding"
    if request.accept_encodings["gzip"] and packed.is_file():
        response.headers["Content-Encoding"] = "gzip"
        path = packed
    response.data = path.read_bytes()
    return response
