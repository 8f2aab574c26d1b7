"""Files: uploaded for a task or ahead of a form, and read back."""

from typing import Any
from urllib.parse import quote

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.tasks import AttachmentSchema
from api.uploads import FILE_BODY, one_file
from engine.commands.attach_file import attach_file
from engine.queries.attachments import attachment

blueprint = Resource("attachments", "Berkas")


def _store(task_id: str | None) -> Response:
    file = one_file()
    stored: dict[str, Any] = attach_file(context(), actor(), task_id, file.filename or "", file.read())
    return answer(stored, 201, {"Location": f"/api/v1/attachments/{stored['id']}"})


@blueprint.route("/tasks/<task_id>/attachments", methods=["POST"])
@blueprint.doc(requestBody=FILE_BODY)
@blueprint.response(201, AttachmentSchema)
def post_task_attachment(task_id: str) -> Response:
    """Adds a file to a task."""
    return _store(task_id)


@blueprint.route("/attachments", methods=["POST"])
@blueprint.doc(requestBody=FILE_BODY)
@blueprint.response(201, AttachmentSchema)
def post_attachment() -> Response:
    """Uploads a file whose id a form hands in afterwards."""
    return _store(None)


@blueprint.route("/attachments/<attachment_id>", methods=["GET"])
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/octet-stream")
def get_attachment(attachment_id: str) -> Response:
    """The file, as a download."""
    name, media_type, data = attachment(context(), actor(), attachment_id)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, content_type=media_type, headers={"Content-Disposition": disposition})
