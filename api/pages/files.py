"""Previews of files in the page, for what browsers show without running anything."""

from flask import Response as FlaskResponse
from flask import abort
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.visitor import signed_in
from engine.queries.attachments import attachment

PREVIEWABLE = {
    "application/pdf": "application/pdf", "image/png": "image/png", "image/jpeg": "image/jpeg",
    "image/webp": "image/webp", "text/plain": "text/plain; charset=utf-8", "text/csv": "text/plain; charset=utf-8",
}  # fmt: skip
"""Media type as found in the content when it was uploaded -> as a preview is sent."""
_PREVIEW_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"


@pages.get("/berkas/<attachment_id>/pratinjau")
@signed_in
def get_preview(attachment_id: str) -> Response:
    """An image, PDF or text to show inside our own pages: sandboxed, without scripts, never taken for another type."""
    name, media_type, data = attachment(context(), actor(), attachment_id)
    if media_type not in PREVIEWABLE:
        abort(404)
    response = FlaskResponse(data, content_type=PREVIEWABLE[media_type])
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.headers["Content-Security-Policy"] = _PREVIEW_CSP
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
