"""The official document as one HTML page: a real table, arrows drawn within its cells, nothing loaded, no script.

Everything that comes from the diagram is escaped. The style is one constant element, so that a content security policy
can name its hash (`CONTENT_SECURITY_POLICY`); there are no style attributes.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files

from engine.documents.document_identity import identity_fields, identity_sections
from engine.documents.document_model import DocumentFacts, Matrix, Row
from engine.documents.document_qr import qr_svg
from engine.documents.document_symbols import Cell, cell_drawings
from engine.documents.document_words import BLANK, foot_words

_FLAT_HEADS, _MANY = 6, 9
STYLE = files("engine.documents").joinpath("sop.css").read_text(encoding="utf-8")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def matrix_html(matrix: Matrix, facts: DocumentFacts) -> str:
    """A page for browser, printer and screen reader; the same arguments always give the same text."""
    title = escape(matrix.title)
    foot = escape(foot_words(matrix.title, facts.version, facts.content_hash, facts.generated_at, facts.zone))
    return (
        f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{_identity(matrix, facts)}\n{_matrix(matrix)}\n"
        f"{_legend()}{_section('Keputusan', matrix.decisions)}{_section('Catatan', matrix.notes)}"
        f"</main>\n<footer><p>{foot}</p>\n<p>SHA-256 isi diagram: <code>{escape(facts.content_hash)}</code></p>"
        "</footer>\n"
        "</body>\n</html>\n"
    )


def _identity(matrix: Matrix, facts: DocumentFacts) -> str:
    identity = matrix.identity
    secrecy = identity.confidentiality
    fields = "".join(
        f'<tr{_class("sign", name == "Disahkan oleh")}><th scope="row">{escape(name)}</th><td>{escape(words)}</td></tr>'
        for name, words in identity_fields(matrix)
    )
    sections = "".join(
        f"<section><h2>{escape(name)}</h2>{_list(texts, 'ol')}</section>" for name, texts in identity_sections(matrix)
    )
    url = escape(facts.url, quote=True)
    return (
        f"{f'<p class=secrecy>{escape(secrecy.upper())}</p>' if secrecy != 'biasa' else ''}"
        '<header class="identity"><div class="agency">'
        f"<p class=name>{escape(identity.agency.upper())}</p><p>{escape(identity.unit)}</p>"
        f"<p class=kind>STANDAR OPERASIONAL PROSEDUR</p><h1>{escape(matrix.title)}</h1>"
        f'<div class="qr">{qr_svg(facts.url)}<p>Versi yang berlaku:<br><a href="{url}">{url}</a></p></div></div>'
        f'<table class="fields"><caption class="sr">Identitas SOP</caption>{fields}</table></header>'
        f'<div class="sections">{sections}</div>'
    )


def _matrix(matrix: Matrix) -> str:
    drawings = cell_drawings(matrix)
    count = len(matrix.columns)
    turned = _class("turned", count > _FLAT_HEADS)
    lanes = "".join(f'<th scope="col"{turned}><span>{escape(name)}</span></th>' for name in matrix.columns)
    rows = "\n".join(_row(matrix, index, row, drawings) for index, row in enumerate(matrix.rows))
    width = "matrix many most" if count > _MANY else "matrix many" if count > _FLAT_HEADS else "matrix"
    return (
        '<div class="scroll" role="region" aria-label="Bagan alir prosedur" tabindex="0">\n'
        f'<table class="{width}">'
        "<caption>Bagan alir prosedur</caption>\n"
        f'<colgroup><col class="no"><col class="activity"></colgroup><colgroup class="lanes" span="{count}"></colgroup>'
        '<colgroup><col class="need"><col class="time"><col class="output"><col class="remarks"></colgroup>\n'
        '<thead><tr><th rowspan="2" scope="col">No</th><th rowspan="2" scope="col">Kegiatan</th>'
        f'<th colspan="{count}" scope="colgroup">Pelaksana</th><th colspan="3" scope="colgroup">Mutu Baku</th>'
        f'<th rowspan="2" scope="col">Keterangan</th></tr>\n<tr>{lanes}<th scope="col">Kelengkapan</th>'
        f'<th scope="col">Waktu</th><th scope="col">Output</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n'
        f'<tfoot><tr><th colspan="2" scope="row">Jumlah waktu</th><td colspan="{count + 4}"><strong>'
        f"{escape(matrix.total)}</strong> (waktu terlama, setiap kegiatan dihitung sekali; pengulangan tidak dihitung)"
        "</td></tr></tfoot></table></div>"
    )


def _row(matrix: Matrix, index: int, row: Row, drawings: Mapping[Cell, str]) -> str:
    spoken = {row.column: _spoken(matrix, index, row)}
    lanes = "".join(
        f'<td class="lane">{drawings.get((index, column), "")}{spoken.get(column, "")}</td>'
        for column in range(len(matrix.columns))
    )
    return (
        f'<tr class="r{row.starts + row.ends}"><td class="mid">{escape(row.no)}</td>'
        f'<th scope="row">{escape(row.activity)}</th>{lanes}<td>{_list(row.requirements)}</td>'
        f'<td class="mid">{escape(row.time)}</td><td>{_list(row.outputs)}</td><td>{escape(row.remarks)}</td></tr>'
    )


def _spoken(matrix: Matrix, index: int, row: Row) -> str:
    """What the drawing says, for those who do not see it."""
    ways = [
        f"ke kegiatan {matrix.rows[arrow.target].name}{f' bila {arrow.label}' if arrow.label else ''}"
        for arrow in matrix.ways_from(index)
    ]
    if row.ends:
        ways.append(f"selesai{f' bila {row.end_label}' if row.end_label else ''}")
    words = f"{'Mulai. ' if row.starts else ''}Dikerjakan {matrix.columns[row.column]}. Lanjut {'; '.join(ways)}."
    return f'<span class="sr">{escape(words)}</span>'


def _list(texts: Iterable[str], tag: str = "ul") -> str:
    words = [escape(text) for text in texts]
    if len(words) < 2:
        return words[0] if words else (f'<span class="none">{BLANK}</span>' if tag == "ol" else "")
    return f"<{tag}>{''.join(f'<li>{text}</li>' for text in words)}</{tag}>"


def _section(name: str, texts: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<section class="notes"><h2>{name}</h2><ul>{items}</ul></section>\n' if items else ""


def _legend() -> str:
    shapes = (
        ('<rect class="s c" x="-17" y="-8" width="34" height="16" rx="8"/>', "mulai, selesai"),
        ('<rect class="s" x="-17" y="-10" width="34" height="20"/>', "kegiatan"),
        ('<polygon class="s" points="-19,0 0,-11 19,0 0,11"/>', "keputusan"),
        (
            '<line class="a" x1="-18" y1="0" x2="12" y2="0"/><polygon class="h" points="18,0 11,-4 11,4"/>',
            "arah kegiatan",
        ),
    )
    drawn = "".join(
        f'<li><svg class="k" viewBox="-22 -14 44 28" aria-hidden="true">{shape}</svg>{words}</li>'
        for shape, words in shapes
    )
    return f'<ul class="legend" aria-label="Arti lambang">{drawn}</ul>\n'


def _class(name: str, applies: bool) -> str:
    return f' class="{name}"' if applies else ""
