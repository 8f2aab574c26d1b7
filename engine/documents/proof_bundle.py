"""A proof as one file to download: a ZIP of bukti.json and its readable statement; and read again from it."""

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.documents.proof_statement import statement_html, statement_pdf
from engine.errors import InvalidInput

PROOF = "bukti.json"
MOST_BYTES = 200_000_000


def pack(proof: Mapping[str, Any]) -> bytes:
    """The ZIP; the same proof always gives the same bytes."""
    made_at = datetime.fromisoformat(proof["statement"]["made_at"])
    members = {
        PROOF: json.dumps(proof, ensure_ascii=False, indent=1).encode(),
        "pernyataan.html": statement_html(proof).encode(),
        "pernyataan.pdf": statement_pdf(proof),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unpack(data: bytes) -> Any | None:
    """The proof in a ZIP or JSON file; None when the data are neither (perhaps an export of JSON lines).

    Raises:
        InvalidInput: a ZIP without a proof, or one that unpacks to too much.
    """
    if data[:2] == b"PK":
        data = _member(data)
    try:
        body = json.loads(data)
    except ValueError:
        return None
    return body if isinstance(body, dict) and "format" in body else None


def _member(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(PROOF).file_size > MOST_BYTES:
                raise InvalidInput(f"Expected {PROOF} of at most {MOST_BYTES:,} bytes, but it is larger.")
            return archive.read(PROOF)
    except (KeyError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"Expected a ZIP with {PROOF} in it, but got another.") from error
