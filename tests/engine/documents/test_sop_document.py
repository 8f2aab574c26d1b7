"""The official document: every word of the SOP is in all three formats, nothing in a text is ever code."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import docx
import pdfplumber
import pytest

from engine.diagram.model import Flow, Identity, Lane, Node, Process, QualityStandard, Scope
from engine.diagram.parse import parse_diagram
from engine.documents.document_html import CONTENT_SECURITY_POLICY, STYLE
from engine.documents.sop_document import DocumentFacts, sop_docx, sop_html, sop_pdf

BPMN = Path(__file__).parents[3] / "bpmn"
SLUGS = (
    "prosedur-pembuatan-akun-splp",
    "prosedur-pembuatan-akun-splp-kota-bogor",
    "prosedur-pembuatan-aplikasi-pengguna-splp",
    "prosedur-penggunaan-api-splp-kota-bogor",
    "sop-sistem-penghubung-layanan-pemerintah-splp",
    "sop-izin-terhadap-instalatur-kabel-rumah-gedung-ikr-g",
)
FACTS = DocumentFacts(
    3, "ab12" * 16, "https://alur.example/sop?x=1&y=2", datetime(2026, 3, 9, 3, 0, tzinfo=UTC), "Asia/Makassar"
)
HOSTILE = (
    "<script>alert(1)</script>",
    '#read("/etc/passwd")',
    "</style><img src=x onerror=alert(1)>",
    "$ x^2 $ *tebal* _miring_ `kode` @ref \\ ]]> & \" '",
    '#import "@preview/cetz:0.3.4"',
)


def process_of(slug: str) -> Process:
    return parse_diagram((BPMN / f"{slug}.bpmn").read_bytes()).main


def texts_of(process: Process) -> list[str]:
    """Everything the SOP says, cell by cell."""
    texts = [process.name, *(lane.name for lane in process.lanes)]
    identity = process.identity or Identity()
    texts += [identity.number, identity.approved_by, identity.source_note, *identity.legal_basis, *identity.equipment]
    texts += [*identity.qualifications, *identity.related, *identity.warnings, *identity.records]
    for node in process.nodes.values():
        if node.kind == "userTask":
            quality = node.quality or QualityStandard()
            texts += [node.documentation, node.remarks, quality.words, *quality.requirements, *quality.deliverables]
            texts += [node.assumption or ""]
    texts += [flow.name for flow in process.flows.values()]
    return [text for text in texts if text]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def pdf_words(data: bytes) -> str:
    """All words of a PDF in the order they are set, blanks removed; upright and turned text alike."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return squeezed("".join(char["text"] for page in pdf.pages for char in page.chars))


def docx_words(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return squeezed("".join(document.element.body.itertext()))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words, self.tags, self.attributes = "", set[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def html_of(process: Process) -> _Text:
    reader = _Text()
    reader.feed(sop_html(process, FACTS))
    return reader


@pytest.mark.parametrize("slug", SLUGS)
def test_every_word_is_in_all_formats(slug: str) -> None:
    process = process_of(slug)
    words = {
        "pdf": pdf_words(sop_pdf(process, FACTS)),
        "html": squeezed(html_of(process).words),
        "docx": docx_words(sop_docx(process, FACTS)),
    }
    missing = [
        (kind, text) for kind, found in words.items() for text in texts_of(process) if squeezed(text) not in found
    ]
    assert missing == []


@pytest.mark.parametrize("paper", ["folio", "a4", "a3"])
def test_pages_are_landscape_and_the_same_bytes_every_time(paper: str) -> None:
    process = process_of(SLUGS[-1])
    data = sop_pdf(process, FACTS, paper)  # type: ignore[arg-type]
    assert data == sop_pdf(process, FACTS, paper)  # type: ignore[arg-type]
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert all(page.width > page.height for page in pdf.pages)


def test_foot_names_version_hash_and_the_agencys_time() -> None:
    process = process_of(SLUGS[0])
    for words in (pdf_words(sop_pdf(process, FACTS)), squeezed(html_of(process).words)):
        assert squeezed("versi 3 · SHA-256 ab12ab12ab12ab12 · dibuat Senin, 9 Maret 2026 pukul 11.00 WITA") in words
        assert "ab12" * 16 in words


def test_a_draft_says_so() -> None:
    draft = sop_html(process_of(SLUGS[0]), replace(FACTS, version=0))
    assert "· rancangan ·" in draft and "versi 0" not in draft


def test_arrows_across_pages_have_connectors_on_both() -> None:
    with pdfplumber.open(io.BytesIO(sop_pdf(process_of(SLUGS[-1]), FACTS))) as pdf:
        pages = [squeezed("".join(char["text"] for char in page.chars)) for page in pdf.pages]
    assert "kehal.3" in pages[1] and "darihal.2" in pages[2]
    assert all("Kegiatan" in page and "MutuBaku" in page for page in pages[1:3])


def hostile_process() -> Process:
    tasks = [
        Node(
            f"t{place}",
            "userTask",
            "p",
            text,
            lane="l",
            incoming=(f"f{place}",),
            outgoing=(f"f{place + 1}",),
            quality=QualityStandard(str(place), text, None, None, "kerja", (text, text), (text,)),
            documentation=text,
            remarks=text,
            assumption=text,
        )
        for place, text in enumerate(HOSTILE)
    ]
    nodes = [Node("s", "startEvent", "p", outgoing=("f0",), lane="l"), *tasks]
    nodes.append(Node("e", "endEvent", "p", incoming=(f"f{len(tasks)}",), lane="l"))
    flows = [Flow(f"f{i}", nodes[i].id, nodes[i + 1].id, HOSTILE[0]) for i in range(len(nodes) - 1)]
    scope = Scope("p", None, tuple(node.id for node in nodes), tuple(flow.id for flow in flows))
    identity = Identity(number=HOSTILE[1], agency=HOSTILE[0], legal_basis=HOSTILE, source_note=HOSTILE[2])
    return Process(
        "p",
        HOSTILE[0],
        {"p": scope},
        {node.id: node for node in nodes},
        {flow.id: flow for flow in flows},
        (Lane("l", HOSTILE[3], "r"),),
        identity,
    )


def test_a_process_without_rows_or_lanes_still_prints() -> None:
    start = Node("s", "startEvent", "p")
    empty = Process("p", "Kosong", {"p": Scope("p", None, ("s",), ())}, {"s": start}, {})
    assert "Kosong" in pdf_words(sop_pdf(empty, FACTS))
    assert "Kosong" in sop_html(empty, FACTS)
    assert sop_docx(empty, FACTS).startswith(b"PK")


def test_hostile_texts_are_only_texts() -> None:
    process = hostile_process()
    html, printed, word = html_of(process), pdf_words(sop_pdf(process, FACTS)), docx_words(sop_docx(process, FACTS))
    assert not html.tags & {"script", "img", "link", "iframe"}
    assert not {name for name in html.attributes if name.startswith("on") or name == "style"}
    for text in HOSTILE:
        assert squeezed(text) in squeezed(html.words)
        assert squeezed(text) in word
        assert squeezed(text) in printed
    assert "root:" not in printed


def test_the_policy_allows_the_style_and_nothing_else() -> None:
    page = sop_html(process_of(SLUGS[0]), FACTS)
    assert page.count("<style>") == 1 and f"<style>{STYLE}</style>" in page
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'") and "unsafe" not in CONTENT_SECURITY_POLICY


def test_the_matrix_is_a_real_table_that_speaks() -> None:
    page = sop_html(process_of(SLUGS[0]), FACTS)
    assert '<th scope="row">Mendisposisi surat permohonan</th>' in page
    spoken = (
        "Dikerjakan Pejabat Fungsional/Pelaksana. Lanjut ke kegiatan 5 bila lengkap; ke kegiatan 1 bila tidak lengkap."
    )
    assert spoken in page


def test_word_has_editable_symbols_and_repeats_its_heads() -> None:
    document = docx.Document(io.BytesIO(sop_docx(process_of(SLUGS[0]), FACTS)))
    xml = document.element.body.xml
    assert xml.count('prst="flowChartDecision"') == 1
    assert xml.count('prst="flowChartTerminator"') == 2
    assert xml.count('prst="rect"') >= 6
    assert xml.count("<w:tblHeader") == 2
    assert "↑ 1 tidak lengkap" in "".join(document.element.body.itertext())


def test_a_long_identity_moves_the_page_numbers_of_connectors() -> None:
    process = process_of(SLUGS[-1])
    assert process.identity is not None
    bases = tuple(f"Peraturan nomor {number} tentang hal yang panjang sekali namanya" for number in range(90))
    identity = replace(process.identity, legal_basis=bases)
    with pdfplumber.open(io.BytesIO(sop_pdf(replace(process, identity=identity), FACTS))) as pdf:
        pages = [squeezed("".join(char["text"] for char in page.chars)) for page in pdf.pages]
    first = next(number for number, page in enumerate(pages, start=1) if "MutuBaku" in page)
    assert first > 2
    assert f"kehal.{first + 1}" in pages[first - 1]
    assert f"darihal.{first}" in pages[first]


@pytest.mark.parametrize("lanes", [1, 25, 60])
def test_any_number_of_columns_stays_on_the_paper(lanes: int) -> None:
    process = process_of(SLUGS[0])
    more = tuple(replace(process.lanes[0], id=f"l{number}", name="Nama panjang " * 30) for number in range(lanes))
    with pdfplumber.open(io.BytesIO(sop_pdf(replace(process, lanes=more), FACTS, "a4"))) as pdf:
        ends = [page.width - line["x1"] for page in pdf.pages for line in page.lines]
    assert len(ends) > lanes
    assert min(ends) > 20


def test_a_cell_longer_than_a_page_goes_on_below() -> None:
    process = process_of(SLUGS[0])
    long = " ".join(f"kata{number}" for number in range(1200))
    node = replace(process.nodes["kegiatan_3"], documentation=long)
    printed = pdf_words(sop_pdf(replace(process, nodes={**process.nodes, node.id: node}), FACTS, "a4"))
    assert all(f"kata{number}" in printed for number in range(1200))


def test_words_without_blanks_stay_in_their_cell() -> None:
    process = process_of(SLUGS[0])
    node = replace(process.nodes["kegiatan_2"], documentation="X" * 400)
    data = sop_pdf(replace(process, nodes={**process.nodes, node.id: node}), FACTS, "a4")
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        edges = [char["x1"] for page in pdf.pages for char in page.chars if char["text"] == "X"]
        heading = next(word for word in pdf.pages[1].extract_words() if word["text"] == "Unit")
    assert len(edges) == 400 and max(edges) < heading["x0"]
