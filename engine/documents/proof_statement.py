"""The readable side of a proof: what was checked of a request's history, when, by which key, and what came out.

HTML and PDF/A on A4, in Bahasa Indonesia. Owns the words; takes the statement of `engine/history/proof.py` as it is.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typst

from engine.documents.soft_breaks import soft
from engine.notifications.moments import written_moment

_STYLE = (
    'body{font:16px/1.5 system-ui,"Segoe UI",Arial,sans-serif;margin:2rem auto;max-width:46rem;padding:0 1rem;'
    "color:#1b1b1b;background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:1.6rem}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;"
    "border-bottom:1px solid #ccc;overflow-wrap:anywhere}th{width:30%;font-weight:600}"
    "code{font-family:ui-monospace,monospace;font-size:.85em;overflow-wrap:anywhere}"
    ".good,.bad{border:2px solid #2b7a3d;padding:.7rem 1rem;font-weight:700}.bad{border-color:#c92a2a;color:#8a1414}"
    "@page{size:A4;margin:20mm}"
)
STATEMENT_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)
_TITLE = "Surat Keterangan Pemeriksaan Riwayat"
_GOOD = "Riwayat permohonan ini ASLI dan UTUH."
_BAD = "Riwayat permohonan ini TIDAK DAPAT DIPERCAYA."
_PROBLEMS = {
    "changed": "diubah, ditukar atau disisipkan", "missing": "hilang", "inserted": "disisipkan",
    "head": "bukan kepala rantai yang tersimpan", "anchor": "tidak sesuai dengan jangkar",
    "state": "keadaan tersimpan tidak mengikuti riwayat", "row": "data permohonan tersimpan tidak mengikuti riwayat",
    "task": "tugas terbuka yang tersimpan tidak mengikuti riwayat", "definition": "diagram tersimpan berubah",
}  # fmt: skip
_STORED = {"state", "row", "task"}
_HOW = (
    "Siapa pun dapat memeriksa ulang tanpa basis data: alur verify --file bukti.zip --key <kunci>. Berkas bukti.json "
    "memuat seluruh riwayat, diagram, jangkar dan tanda tangan. Cocokkan kunci dengan yang diumumkan oleh instansi."
)
Rows = list[tuple[str, str]]


def _about(said: Mapping[str, Any]) -> Rows:
    sop = said["definition"]
    asked = said["made_for"]
    person = ", ".join(str(asked[name]) for name in ("name", "post", "agency") if asked.get(name))
    return [
        ("Nomor registrasi", said["registration_number"]), ("Instansi", said["agency"]),
        ("SOP", f"{sop['name']} (versi {sop['version']})"), ("Diperiksa", _moment(said, said["made_at"])),
        ("Diminta oleh", person), ("Instalasi", said["installation"]),
        ("Kerahasiaan", said["confidentiality"]),
    ]  # fmt: skip


def _checks(said: Mapping[str, Any]) -> Rows:
    kinds = {problem["kind"] for problem in said["problems"]}
    chain = "utuh" if kinds.isdisjoint({"changed", "missing", "inserted", "head"}) else "RUSAK"
    executed = {"agrees": "hasilnya sama", "not_run": "tidak dijalankan, sebab rantainya rusak"}
    execution = said["execution"] if isinstance(said["execution"], str) else ""
    return [
        ("Rantai hash", f"{said['entries']} catatan, {chain}"),
        ("Keadaan tersimpan", "BERBEDA dari riwayat" if kinds & _STORED else "sama dengan hasil riwayat"),
        ("Diagram, formulir", "BERUBAH sejak ditetapkan" if "definition" in kinds else "sama dengan yang ditetapkan"),
        ("Dijalankan ulang", executed.get(execution, "hasilnya BERBEDA")),
        ("Jangkar", _anchored(said)),
    ]


def _anchored(said: Mapping[str, Any]) -> str:
    anchor = said["anchor"]
    if not anchor:
        return "belum dijangkarkan"
    held = f"jangkar {anchor['id']} dari {_moment(said, anchor['at'])} memegang catatan 1 sampai {anchor['seq']}"
    return held if anchor["holds"] else f"{held}, tetapi TIDAK COCOK"


def _marks(said: Mapping[str, Any], signature: str) -> Rows:
    return [
        ("Kepala rantai", said["head"]), ("SHA-256 SOP", said["definition"]["hash"]),
        ("Kunci (SHA-256)", said["key_id"]), ("Tanda tangan", signature),
    ]  # fmt: skip


def _wrong(said: Mapping[str, Any]) -> list[str]:
    return [
        f"Catatan {one['seq']}: {_PROBLEMS[one['kind']]}." if one["seq"] else f"Tersimpan: {_PROBLEMS[one['kind']]}."
        for one in said["problems"]
    ]


def _moment(said: Mapping[str, Any], at: str) -> str:
    return written_moment(datetime.fromisoformat(at), ZoneInfo(said["zone"]))


def statement_html(proof: Mapping[str, Any]) -> str:
    """The statement for the browser and the archive; serve it with `STATEMENT_POLICY`."""
    said = proof["statement"]
    result = f'<p class="{"good" if said["valid"] else "bad"}">{_GOOD if said["valid"] else _BAD}</p>'
    wrong = "".join(f"<li>{escape(line)}</li>" for line in _wrong(said))
    marks = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td><code>{escape(words)}</code></td></tr>'
        for name, words in _marks(said, proof["signature"])
    )
    return (
        f'<!DOCTYPE html>\n<html lang="id"><head><meta charset="utf-8"><title>{_TITLE} '
        f'{escape(said["registration_number"])}</title><meta name="viewport" content="width=device-width, '
        f'initial-scale=1"><style>{_STYLE}</style></head><body><main><h1>{_TITLE}</h1>{_table(_about(said))}'
        f"<h2>Hasil</h2>{result}{f'<ul>{wrong}</ul>' if wrong else ''}<h2>Yang diperiksa</h2>{_table(_checks(said))}"
        f"<h2>Tanda pengenal</h2><table>{marks}</table><p>{escape(_HOW)}</p></main></body></html>\n"
    )


def _table(rows: Rows) -> str:
    cells = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(words)}</td></tr>' for name, words in rows)
    return f"<table>{cells}</table>"


def statement_pdf(proof: Mapping[str, Any]) -> bytes:
    """The statement on A4 (PDF/A); the same proof always gives the same bytes."""
    said = proof["statement"]
    local = datetime.fromisoformat(said["made_at"]).astimezone(ZoneInfo(said["zone"]))
    data = {
        "title": _TITLE, "number": said["registration_number"], "valid": said["valid"],
        "result": _GOOD if said["valid"] else _BAD, "wrong": [soft(line) for line in _wrong(said)],
        "about": [(name, soft(words, 40)) for name, words in _about(said)],
        "checks": [(name, soft(words, 40)) for name, words in _checks(said)],
        "marks": [(name, soft(words, 32)) for name, words in _marks(said, proof["signature"])],
        "how": _HOW, "date": list(local.timetuple()[:6]),
    }  # fmt: skip
    template = files("engine.documents").joinpath("proof_statement.typ").read_bytes()
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True, pdf_standards=["a-2b"]
    )
    return bytes(made)
