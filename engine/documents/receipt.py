"""The receipt (tanda terima) an applicant takes home: PDF on A5 and HTML.

Owns what may stand on it: nothing that opens a door. No token, password, identity number or form answer is printed; for
a confidential service neither its name nor what was handed in, since others may find the paper.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typst

from engine.documents.document_qr import qr_svg
from engine.documents.soft_breaks import soft
from engine.notifications.moments import written_moment

_STYLE = (
    "body{margin:2rem auto;max-width:34rem;padding:0 1rem;color:#1b1b1b}"
    'body{font:16px/1.45 system-ui,"Segoe UI",Arial,sans-serif}'
    "h1{font-size:1.3rem}dt{color:#555;font-size:.85rem}dd{margin:0 0 .7rem;overflow-wrap:anywhere}"
    ".number{font-size:1.5rem;font-weight:700;letter-spacing:.02em}ul{margin:0;padding-left:1.2rem}"
    ".qr{display:flex;gap:1rem;align-items:center;overflow-wrap:anywhere}.qr svg{width:8rem;height:8rem;flex:none}"
    "@page{size:A5;margin:12mm}"
)
RECEIPT_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
_HIDDEN = "Layanan yang dirahasiakan"
_KEEP = "Simpan tanda terima ini. Petugas tidak pernah meminta kata sandi Anda."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says.

    Attributes:
        registration_number, agency, service: as printed.
        received_at: aware; shown in `zone` (IANA name of the agency's time zone).
        handed_in: the documents received, in order.
        track_url: where anybody with the number can see how far the request is.
        confidential: whether the service is `kerahasiaan="rahasia"`.
    """

    registration_number: str
    agency: str
    service: str
    received_at: datetime
    zone: str
    handed_in: tuple[str, ...]
    track_url: str
    confidential: bool = False

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Label and words, in order, without the list of documents."""
        service = _HIDDEN if self.confidential else self.service
        received = written_moment(self.received_at, ZoneInfo(self.zone))
        return (("Layanan", service), ("Diterima", received), ("Instansi", self.agency))

    @property
    def documents(self) -> tuple[str, ...]:
        """What was handed in, as far as it may be printed."""
        return () if self.confidential else self.handed_in


def receipt_pdf(receipt: Receipt) -> bytes:
    """The receipt on A5; the same receipt always gives the same bytes."""
    local = receipt.received_at.astimezone(ZoneInfo(receipt.zone))
    data: Mapping[str, Any] = {
        "number": receipt.registration_number,
        "agency": soft(receipt.agency, 60),
        "fields": [(name, soft(words, 40)) for name, words in receipt.fields],
        "documents": [soft(text, 40) for text in receipt.documents],
        "url": soft(receipt.track_url, 30),
        "qr": qr_svg(receipt.track_url),
        "keep": _KEEP,
        "date": list(local.timetuple()[:6]),
    }
    template = files("engine.documents").joinpath("receipt.typ").read_bytes()
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, pdf_standards=["a-2b"]
    )
    return bytes(made)


def receipt_html(receipt: Receipt) -> str:
    """The receipt for the browser; serve it with `RECEIPT_POLICY`."""
    number, url = escape(receipt.registration_number), escape(receipt.track_url)
    fields = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in receipt.fields)
    items = "".join(f"<li>{escape(text)}</li>" for text in receipt.documents)
    documents = f"<dt>Berkas yang diterima</dt><dd><ul>{items}</ul></dd>" if items else ""
    return (
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>Tanda terima {number}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<main><h1>Tanda Terima Permohonan</h1><dl><dt>Nomor registrasi</dt><dd class="number">{number}</dd>'
        f"{fields}{documents}</dl>"
        f'<div class="qr">{qr_svg(receipt.track_url)}<p>Lacak permohonan Anda:<br><a href="{url}">{url}</a></p></div>'
        f"<p>{_KEEP}</p></main></body></html>\n"
    )
