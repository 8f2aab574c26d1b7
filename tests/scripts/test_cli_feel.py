"""`alur feel` and `alur decision test`."""

import io
import json
from pathlib import Path

import pytest

from scripts.cli_feel import run_decision_test, run_feel

TABLE = Path(__file__).parents[2] / "bpmn" / "kewenangan-cuti.dmn"


def test_an_expression_is_printed_in_the_notation_of_the_cases() -> None:
    out = io.StringIO()
    assert run_feel("a + 1", '{"a": {"$num": "1.5"}}', out=out) == 0
    assert run_feel('date("2026-11-21")', out=out) == 0
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [{"$num": "2.5"}, {"$date": "2026-11-21"}]


def test_a_batch_prints_one_line_per_case_and_null_for_errors(tmp_path: Path) -> None:
    batch = tmp_path / "cases.json"
    batch.write_text(json.dumps([{"expr": "x", "inp": {"x": "a"}}, {"expr": "1 +", "inp": {}}, {"expr": "[1]"}]))
    out = io.StringIO()
    assert run_feel(None, batch=batch, out=out) == 0
    assert [json.loads(line) for line in out.getvalue().splitlines()] == ["a", None, [{"$num": "1"}]]


def test_clock_and_calendar_are_there() -> None:
    out = io.StringIO()
    assert run_feel('now() instance of date and time and hari libur(date("2026-08-17"))', out=out) == 0
    assert out.getvalue() == "true\n"


@pytest.mark.parametrize(("text", "context"), [("1 +", "{}"), ("x", "{"), ("x", "[]"), (None, "{}")])
def test_what_cannot_be_read_is_told(text: str | None, context: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_feel(text, context) == 2
    assert capsys.readouterr().err


def test_cases_of_a_decision(tmp_path: Path) -> None:
    cases = tmp_path / "cases.csv"
    header = "jabatan,jenis cuti,bertugas di setda,di luar negeri,harapan\n"
    cases.write_text(f"{header}eselon IV,sakit,false,false,Kepala BKD\neselon II,sakit,false,true,Bupati\n")
    out = io.StringIO()
    assert run_decision_test(TABLE, cases, out=out) == 0
    cases.write_text(f"{header}eselon IV,sakit,false,false,Bupati\n")
    assert run_decision_test(TABLE, cases, out=out) == 1
    assert 'baris 2: harapan "Bupati", hasil "Kepala BKD" (aturan 3)' in out.getvalue()


def test_a_file_that_is_no_dmn_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_decision_test(tmp_path / "none.dmn", tmp_path / "none.csv") == 2
    (tmp_path / "a.dmn").write_text("<a/>")
    (tmp_path / "a.csv").write_text("x\n1\n")
    assert run_decision_test(tmp_path / "a.dmn", tmp_path / "a.csv") == 2
    assert "DMN" in capsys.readouterr().err
