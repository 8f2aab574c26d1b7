"""The SOP as a document and as a table; a table as a draft diagram."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.definitions import VersionQuery
from api.schemas.documents import DraftSchema, ImportSchema, PaperQuery, TableSchema
from api.uploads import FILE_BODY, one_file
from engine.commands.import_draft import import_draft
from engine.documents.document_html import CONTENT_SECURITY_POLICY
from engine.queries.documents import sop_document, sop_sheet
from engine.queries.table_import import sheet_to_diagram

blueprint = Resource("documents", "Dokumen dan tabel SOP")
BINARY = {"type": "string", "format": "binary"}
TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _file(data: bytes, key: str, format_: str) -> Response:
    response = Response(data, content_type=TYPES[format_])
    if format_ == "html":
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    else:
        response.headers["Content-Disposition"] = f'attachment; filename="{key}.{format_}"'
    return response


@blueprint.route("/definitions/<key>/document", methods=["GET"])
@blueprint.route("/definitions/<key>/document.html", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, BINARY, content_type="text/html")
def get_document(query: dict[str, Any], key: str) -> Response:
    """The official document for the browser."""
    return _file(sop_document(context(), key, "html", query.get("version")), key, "html")


@blueprint.route("/definitions/<key>/document.pdf", methods=["GET"])
@blueprint.arguments(PaperQuery, location="query")
@blueprint.response(200, BINARY, content_type=TYPES["pdf"])
def get_document_pdf(query: dict[str, Any], key: str) -> Response:
    """The official document for printing and filing (PDF/A)."""
    return _file(sop_document(context(), key, "pdf", query.get("version"), query["paper"]), key, "pdf")


@blueprint.route("/definitions/<key>/document.docx", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, BINARY, content_type=TYPES["docx"])
def get_document_docx(query: dict[str, Any], key: str) -> Response:
    """The official document for Word."""
    return _file(sop_document(context(), key, "docx", query.get("version")), key, "docx")


@blueprint.route("/definitions/<key>/sheet", methods=["GET"])
@blueprint.route("/definitions/<key>/sheet.csv", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, BINARY, content_type="text/csv")
def get_sheet(query: dict[str, Any], key: str) -> Response:
    """The table of the SOP as CSV."""
    return _file(sop_sheet(context(), key, "csv", query.get("version")), key, "csv")


@blueprint.route("/definitions/<key>/sheet.xlsx", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, BINARY, content_type=TYPES["xlsx"])
def get_sheet_xlsx(query: dict[str, Any], key: str) -> Response:
    """The table of the SOP as a workbook."""
    return _file(sop_sheet(context(), key, "xlsx", query.get("version")), key, "xlsx")


@blueprint.route("/definitions/import", methods=["POST"])
@blueprint.doc(requestBody=FILE_BODY)
@blueprint.response(200, ImportSchema)
def post_import() -> Response:
    """A CSV, XLSX, DOCX or PDF table (body or multipart file) becomes a draft diagram; stores nothing."""
    if request.is_json:
        raise UnsupportedMediaType
    multipart = request.mimetype == "multipart/form-data"
    data = one_file().read() if multipart else request.get_data(cache=False, parse_form_data=False)
    return answer(sheet_to_diagram(actor(), data))


@blueprint.route("/definitions/import/draft", methods=["POST"])
@blueprint.arguments(TableSchema)
@blueprint.response(201, DraftSchema)
def post_import_draft(body: dict[str, Any]) -> Response:
    """A recognised and corrected table becomes a draft with its diagram and forms."""
    made = import_draft(context(), actor(), body)
    return answer(made | {"profile": "sop"}, 201, {"Location": f"/api/v1/drafts/{made['key']}"})
