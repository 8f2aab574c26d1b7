"""Every SOP of the catalogue as the official document: each word of its table read back from PDF and HTML."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pypdfium2
import pytest

from engine.diagram.model import Identity, Process, QualityStandard
from engine.diagram.parse import parse_diagram
from engine.documents.sop_document import DocumentFacts, sop_html, sop_pdf

BPMN = sorted((Path(__file__).parents[2] / "bpmn").glob("*.bpmn"))
FACTS = DocumentFacts(1, "0" * 64, "https://alur.example/layanan", datetime(2026, 3, 9, tzinfo=UTC), "Asia/Jakarta")


@pytest.mark.parametrize("path", BPMN, ids=lambda path: path.stem)
def test_every_word_is_printed(path: Path) -> None:
    process = parse_diagram(path.read_bytes()).main
    html = squeezed(unescape(re.sub(r"<[^>]*>", "", sop_html(process, FACTS))))
    printed = pdf_words(sop_pdf(process, FACTS))
    wanted = [squeezed(text) for text in texts_of(process)]
    assert [text for text in wanted if text not in html] == []
    assert [text for text in wanted if text not in printed] == []


def texts_of(process: Process) -> list[str]:
    """The cells of the table; heads of columns stand upright and are read back for six SOPs in test_sop_document."""
    identity = process.identity or Identity()
    texts = [process.name, identity.number, identity.approved_by, identity.source_note, *identity.legal_basis]
    texts += [*identity.equipment, *identity.qualifications, *identity.related, *identity.warnings, *identity.records]
    for node in process.nodes.values():
        if node.kind == "userTask":
            quality = node.quality or QualityStandard()
            texts += [node.documentation, node.remarks, quality.words, *quality.requirements, *quality.deliverables]
    return [text for text in [*texts, *(flow.name for flow in process.flows.values())] if text]


def pdf_words(data: bytes) -> str:
    """All words of a PDF without blanks."""
    pdf = pypdfium2.PdfDocument(data)
    return squeezed("".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf))))


def squeezed(text: str) -> str:
    """Without blanks and hyphens: the reader takes a hyphen at the end of a line for a break of a word."""
    return re.sub(r"[\s\u200b\u00ad\ufffe\x02-]+", "", text)
