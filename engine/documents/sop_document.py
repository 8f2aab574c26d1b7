"""The official document of an SOP in its three formats: what the API and the command line call.

Owns nothing but the choice of format; see `document_model` (content), `document_pdf`, `document_html`, `document_docx`.
"""

from engine.diagram.model import Process
from engine.documents.document_docx import matrix_docx
from engine.documents.document_html import matrix_html
from engine.documents.document_model import DocumentFacts, matrix_of
from engine.documents.document_paper import PaperName
from engine.documents.document_pdf import matrix_pdf

__all__ = ["DocumentFacts", "sop_docx", "sop_html", "sop_pdf"]


def sop_pdf(process: Process, facts: DocumentFacts, paper: PaperName = "folio") -> bytes:
    """The document for printing and filing (PDF/A-2b); the same arguments always give the same bytes."""
    return matrix_pdf(matrix_of(process), facts, paper)


def sop_html(process: Process, facts: DocumentFacts) -> str:
    """The document for the browser; serve it with `document_html.CONTENT_SECURITY_POLICY`."""
    return matrix_html(matrix_of(process), facts)


def sop_docx(process: Process, facts: DocumentFacts) -> bytes:
    """The document to be edited in Word."""
    return matrix_docx(matrix_of(process), facts)
