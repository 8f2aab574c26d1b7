"""Conditions on data: how they are read, what they say about variables."""

from typing import Any

import pytest

from engine.data_conditions import MOST_CONDITIONS, holds, parse_conditions
from engine.errors import InvalidInput

DATA: dict[str, Any] = {
    "nama": "Budi Demo", "jumlah": 12, "kode": "007", "tanggal": "2026-03-05", "setuju": True, "kosong": None,
    "pemohon": {"nama": "Sari Demo", "berkas": [{"jenis": "KTP"}, {"jenis": "KK"}]}, "a.b": "titik",
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("nama = budi demo", True), ("nama = Budi", False), ("nama ~ budi", True), ("nama != Sari", True),
        ("nama != BUDI DEMO", False), ("tak ada != x", False), ("jumlah = 12.0", True), ("jumlah > 9", True),
        ("jumlah >= 12", True), ("jumlah < 12", False), ("kode = 7", False), ("kode = 007", True),
        ("tanggal >= 2026-03-01", True), ("tanggal < 2026-03-05", False), ("setuju = ya", True),
        ("setuju = true", True), ("setuju = tidak", False), ("setuju > 0", False), ("kosong ~ a", False),
        ("pemohon.nama ~ sari", True), ("pemohon.berkas.jenis = kk", True), ("pemohon = Sari Demo", False),
        ("a.b = titik", True), ("nama=Budi Demo", True), ("jumlah > nan", False), ("jumlah <= x", False),
    ],
)  # fmt: skip
def test_what_a_condition_says(written: str, expected: bool) -> None:
    (condition,) = parse_conditions(written)
    assert holds(condition, DATA) is expected


def test_several_are_parted_by_semicolons_or_lines() -> None:
    found = parse_conditions("nama = Budi; jumlah >= 3\npemohon.nama ~ a=b;")
    assert [(one.name, one.sign, one.value) for one in found] == [
        ("nama", "=", "Budi"), ("jumlah", ">=", "3"), ("pemohon.nama", "~", "a=b")
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["nama", "nama =", "= Budi", "~", ";".join(["a = 1"] * (MOST_CONDITIONS + 1))])
def test_what_is_no_condition_is_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_conditions(written)
    assert refused.value.errors[0]["field"] == "data"
