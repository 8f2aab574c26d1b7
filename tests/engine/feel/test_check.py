"""Strict checks: what would silently be null at run time is told before."""

import pytest

from engine.feel import check, describe


@pytest.mark.parametrize(
    ("text", "kind", "rule", "column"),
    [
        ("jumlh > 5", "condition", "unknown_name", 1),
        ('jumlah + "a" = 1 + "b"', "condition", "type", 20),
        ("1 + 2", "condition", "not_boolean", 1),
        ("if 1 then 2 else 3", "expression", "type", 4),
        ('substring("a")', "expression", "type", 1),
        ('substring(teks: "a", start position: 1)', "expression", "type", 1),
        ('date("2026-01-01").hour', "expression", "type", 19),
        ('1 < "a"', "condition", "type", 5),
        ('not("a")', "condition", "type", 1),
        ("function() external {java: 1}", "expression", "type", 1),
        ('-"a"', "expression", "type", 1),
        ("a b c(", "expression", "syntax", 7),
        ("(" * 200, "expression", "budget", 61),
    ],
)
def test_a_mistake_is_found_where_it_stands(text: str, kind: str, rule: str, column: int) -> None:
    findings = check(text, {"jumlah"}, kind)
    assert (findings[0].rule, findings[0].column) == (rule, column)
    assert findings[0].message_id != findings[0].message_en


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jumlah > 5 and jumlah <= 10", "condition"),
        ('pegawai[golongan = "III"].nama', "expression"),
        ("for x in pegawai return x.nama", "expression"),
        ("> 5, [1..3], -1", "unary_tests"),
        ("? > jumlah", "unary_tests"),
        ('tanggal + duration("P1D") > today()', "condition"),
        ("hari kerja(3) > sekarang()", "condition"),
        ("jumlah = null", "condition"),
        ("{f: function(n) if n < 1 then 0 else f(n - 1), r: f(2)}.r", "expression"),
        ("jumlah in (1, 2, > 7)", "condition"),
    ],
)
def test_what_is_right_stays_unsaid(text: str, kind: str) -> None:
    assert check(text, {"jumlah", "pegawai", "tanggal"}, kind) == []


def test_the_meant_name_is_suggested() -> None:
    assert check("Nama pemohn = 1", ["nama pemohon"])[0].suggestion == "nama pemohon"
    assert check("contians(a, a)", ["a"])[0].suggestion == "contains"


def test_unknown_names_are_no_mistake_where_names_are_not_known() -> None:
    assert check("apa saja > 1", None) == []


def test_declared_types_are_used() -> None:
    assert check("nama + 1", {"nama": "string"})[0].rule == "type"
    assert describe("jumlah * 2", {"jumlah": "number"}).type == "number"


def test_a_description_names_variables_and_type() -> None:
    found = describe("count(daftar) > batas", None)
    assert (found.names, found.type, found.findings) == (("batas", "daftar"), "boolean", ())
