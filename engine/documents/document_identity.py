"""The identity page's fields and sections, in the words and order of Permenpan-RB 35/2012. Pure."""

from engine.documents.document_model import Matrix
from engine.documents.document_words import BLANK, date_words

Section = tuple[str, tuple[str, ...]]


def identity_fields(matrix: Matrix) -> tuple[tuple[str, str], ...]:
    """The right-hand block: label and words; a dash where the SOP says nothing."""
    identity = matrix.identity
    return (
        ("Nomor SOP", identity.number or BLANK),
        ("Tanggal Pembuatan", date_words(identity.created_on)),
        ("Tanggal Revisi", date_words(identity.revised_on)),
        ("Tanggal Efektif", date_words(identity.effective_on)),
        ("Disahkan oleh", identity.approved_by or BLANK),
        ("Judul SOP", matrix.title),
    )


def identity_sections(matrix: Matrix) -> tuple[Section, ...]:
    """The six boxes, left and right in turn."""
    identity = matrix.identity
    return (
        ("Dasar Hukum", identity.legal_basis),
        ("Kualifikasi Pelaksana", identity.qualifications),
        ("Keterkaitan", identity.related),
        ("Peralatan/Perlengkapan", identity.equipment),
        ("Peringatan", identity.warnings),
        ("Pencatatan dan Pendataan", identity.records),
    )
