"""Who signs leave: the source overlaps and has gaps; the catalogue's table resolves both and marks what it assumes."""

from pathlib import Path

import pytest

from engine.decisions import evaluate_decision, parse_decisions, validate

HERE = Path(__file__).parent
SOURCE = parse_decisions((HERE / "kewenangan-cuti-sumber.dmn").read_bytes())
TABLE = parse_decisions((HERE.parents[2] / "bpmn" / "kewenangan-cuti.dmn").read_bytes())


def request(rank: str, kind: str, *, secretariat: bool = False, abroad: bool = False) -> dict[str, object]:
    return {"jabatan": rank, "jenis cuti": kind, "bertugas di setda": secretariat, "di luar negeri": abroad}


def test_the_overlap_of_leave_abroad_is_found_with_an_example() -> None:
    overlaps = [finding for finding in validate(SOURCE) if finding.rule == "overlap"]
    assert overlaps
    for overlap in overlaps:
        assert overlap.severity == "error"
        assert dict(overlap.example)["Dilaksanakan di luar negeri"] == "true"
        assert "4, " in overlap.message_id


def test_the_gap_of_annual_leave_of_echelon_four_is_found() -> None:
    gaps = [dict(finding.example) for finding in validate(SOURCE) if finding.rule == "gap"]
    assert any(gap["Jabatan"] == '"eselon IV"' and gap["Jenis cuti"] == '"tahunan"' for gap in gaps)


def test_two_signers_for_leave_abroad_are_a_conflict_in_the_source() -> None:
    result = evaluate_decision(SOURCE, None, request("eselon IV", "tahunan", abroad=True))
    assert result.value is None
    assert [rule.number for rule in result.matched_rules] == [4, 6]
    assert "UNIQUE" in result.problems[0][1]


def test_the_table_of_the_catalogue_has_neither() -> None:
    assert validate(TABLE) == []


@pytest.mark.parametrize(
    ("variables", "signer", "assumed"),
    [
        (request("eselon IV", "sakit"), "Kepala BKD", False),
        (request("eselon IV", "tahunan"), "Kepala BKD", True),
        (request("eselon III", "tahunan"), "Sekretaris Daerah", False),
        (request("eselon II", "bersalin"), "Bupati", False),
        (request("eselon II", "tahunan", abroad=True), "Bupati", True),
        (request("fungsional", "sakit", abroad=True), "Sekretaris Daerah", True),
        (request("fungsional", "tahunan", secretariat=True), "Kepala BKD", False),
        (request("fungsional", "tahunan"), "Kepala BKD", True),
    ],
)
def test_who_signs(variables: dict[str, object], signer: str, assumed: bool) -> None:
    result = evaluate_decision(TABLE, "penanda tangan", variables)
    assert result.value == signer
    (rule,) = result.matched_rules
    assert bool(rule.assumption) is assumed
    assert result.problems == ()
