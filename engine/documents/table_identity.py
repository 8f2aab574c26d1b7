"""The identity block of an SOP document: labels and values in table cells → `Identity`. Pure text, no files."""

import re
from collections.abc import Mapping, Sequence

from engine.diagram.model import Identity

_SINGLE = {
    "nomor sop": "number",
    "tanggal pembuatan": "created_on",
    "tgl pembuatan": "created_on",
    "tanggal revisi": "revised_on",
    "tgl revisi": "revised_on",
    "tanggal efektif": "effective_on",
    "tgl efektif": "effective_on",
    "disahkan oleh": "approved_by",
}
_LISTS = {
    "dasar hukum": "legal_basis",
    "kualifikasi pelaksana": "qualifications",
    "keterkaitan": "related",
    "peralatan/perlengkapan": "equipment",
    "peralatan dan perlengkapan": "equipment",
    "peringatan": "warnings",
    "pencatatan dan pendataan": "records",
}
_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
_DATE = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\s+(\d{4})")
_POST_ENDS = re.compile(r"\n|\bNIP\b")

Rows = Sequence[Sequence[str]]


def identity_of(tables: Sequence[Rows]) -> Identity:
    """What the tables in front of the activities say; empty where they say nothing.

    A value stands right of its label, the values of a list below theirs. Of an approval only the post is kept.
    """
    single: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for line, row in enumerate(table):
            for at, cell in enumerate(row):
                label = _label(cell)
                if label in _SINGLE:
                    single.setdefault(
                        _SINGLE[label], _value(_SINGLE[label], next(iter(filter(None, row[at + 1 :])), ""))
                    )
                elif label in _LISTS and line + 1 < len(table) and at < len(table[line + 1]):
                    lists.setdefault(_LISTS[label], _entries(table[line + 1][at]))
    return _identity(single, lists)


def slug_of(words: str) -> str:
    """Words as a key: lower case, joined by '-'."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or "sop"


def _identity(single: Mapping[str, str], lists: Mapping[str, tuple[str, ...]]) -> Identity:
    return Identity(
        number=single.get("number", ""),
        created_on=single.get("created_on", ""),
        revised_on=single.get("revised_on", ""),
        effective_on=single.get("effective_on", ""),
        approved_by=single.get("approved_by", ""),
        legal_basis=lists.get("legal_basis", ()),
        qualifications=lists.get("qualifications", ()),
        related=lists.get("related", ()),
        equipment=lists.get("equipment", ()),
        warnings=lists.get("warnings", ()),
        records=lists.get("records", ()),
    )


def _label(cell: str) -> str:
    return " ".join(cell.lower().strip(" :").split())


def _value(field: str, cell: str) -> str:
    text = cell.strip().lstrip(":").strip()
    if field == "approved_by":
        return " ".join(_POST_ENDS.split(text)[0].strip(" ,").split())
    if not field.endswith("_on"):
        return " ".join(text.split())
    found = _DATE.search(text)
    if found and found[2].lower() in _MONTHS:
        return f"{found[3]}-{_MONTHS.index(found[2].lower()) + 1:02d}-{int(found[1]):02d}"
    return text if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else ""


def _entries(cell: str) -> tuple[str, ...]:
    lines = (re.sub(r"^(?:[-•✓*]|\d+[.)])\s+", "", line.strip()) for line in cell.split("\n"))
    return tuple(line for line in lines if line)
