"""Receipts through the API: what was handed in, and only for those who may see the request."""

from io import BytesIO
from typing import Any

import pdfplumber


def test_the_applicant_gets_a_receipt(http: Any, started: dict[str, Any]) -> None:
    task = started["tasks"][0]["id"]
    http.post(f"/tasks/{task}/claim", "warga")
    letter = {"file": (BytesIO(b"%PDF-1.7\n%%EOF\n"), "surat permohonan.pdf")}
    assert http.post(f"/tasks/{task}/attachments", "warga", data=letter).status_code == 201
    path = f"/instances/{started['id']}/receipt"
    page = http.get(f"{path}.html", "warga")
    number = started["registration_number"]
    assert page.status_code == 200 and page.content_type.startswith("text/html")
    assert number in page.text and "surat permohonan.pdf" in page.text and f"/lacak/{number}" in page.text
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    printed = http.get(f"{path}.pdf", "warga")
    with pdfplumber.open(BytesIO(printed.data)) as pdf:
        assert number in pdf.pages[0].extract_text()


def test_nobody_else_does(http: Any, started: dict[str, Any]) -> None:
    for kind in ("html", "pdf"):
        assert http.get(f"/instances/{started['id']}/receipt.{kind}").status_code == 401
        assert http.get(f"/instances/{'0' * 32}/receipt.{kind}", "warga").status_code == 404
