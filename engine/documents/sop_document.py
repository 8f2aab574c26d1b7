"""The official document of an SOP in its three formats: what the API and the command line call.

Owns nothing but the choice of format; see `document_model` (content), `document_pdf`, `document_html`, `document_docx`.
"""

from engine.diagram.model import Process
from engine.documents.document_model import DocumentFacts, matrix_of
from engine.documents.document_paper import PaperName
from engine.documents.document_pdf import matrix_pdf

__all__ = ["DocumentFacts", "sop_pdf"]


def sop_pdf(process: Process, facts: DocumentFacts, paper: PaperName = "folio") -> bytes:
    """The document for printing and filing (PDF/A-2b); the same arguments always give the same bytes."""
    return matrix_pdf(matrix_of(process), facts, paper)
