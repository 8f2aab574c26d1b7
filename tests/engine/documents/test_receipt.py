"""The receipt: number, service, date in words, papers, where to track; nothing that opens a door."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pdfplumber

from engine.documents.receipt import RECEIPT_POLICY, Receipt, receipt_html, receipt_pdf

RECEIPT = Receipt(
    "DISKOMINFO-2026-000123",
    "Dinas Contoh",
    "Pembuatan akun <SPLP>",
    datetime(2026, 3, 9, 9, 0, tzinfo=UTC),
    "Asia/Jayapura",
    ("Surat permohonan #read(1)", "Fotokopi KTP & KK"),
    "https://alur.example/lacak/DISKOMINFO-2026-000123",
)


def printed(receipt: Receipt) -> str:
    with pdfplumber.open(io.BytesIO(receipt_pdf(receipt))) as pdf:
        assert len(pdf.pages) == 1
        return re.sub(r"[\s\u200b]+", "", pdf.pages[0].extract_text())


def test_says_what_was_handed_in_and_when() -> None:
    words = printed(RECEIPT)
    for text in ("DISKOMINFO-2026-000123", "Pembuatanakun<SPLP>", "Senin,9Maret2026pukul18.00WIT", *RECEIPT.handed_in):
        assert text.replace(" ", "") in words
    assert receipt_pdf(RECEIPT) == receipt_pdf(RECEIPT)


def test_html_says_the_same_and_escapes() -> None:
    page = receipt_html(RECEIPT)
    for text in ("Pembuatan akun &lt;SPLP&gt;", "pukul 18.00 WIT", "Fotokopi KTP &amp; KK", RECEIPT.track_url, "<svg"):
        assert text in page
    assert "<script" not in page and "style=" not in page
    assert "unsafe" not in RECEIPT_POLICY


def test_a_confidential_service_is_not_named() -> None:
    secret = replace(RECEIPT, confidential=True)
    for words in (printed(secret), receipt_html(secret)):
        assert "SPLP" not in words and "KTP" not in words
        assert "DISKOMINFO-2026-000123" in words
