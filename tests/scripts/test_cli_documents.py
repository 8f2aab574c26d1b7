"""`alur document` and `alur simulate` on diagram files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.alur import main

ACCOUNT = str(Path(__file__).parents[2] / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn")


@pytest.mark.parametrize(("suffix", "magic"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_a_file_becomes_a_document(tmp_path: Path, suffix: str, magic: bytes) -> None:
    target = tmp_path / f"sop.{suffix}"
    done = CliRunner().invoke(main, ["document", ACCOUNT, str(target)])
    assert done.exit_code == 0, done.output
    assert target.read_bytes().startswith(magic)


@pytest.mark.parametrize("arguments", [["tidak-ada.bpmn", "x.pdf"], [ACCOUNT, "x.txt"]])
def test_wrong_arguments_are_usage_errors(arguments: list[str]) -> None:
    assert CliRunner().invoke(main, ["document", *arguments]).exit_code == 2


def test_a_diagram_that_cannot_run_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "salah.bpmn"
    wrong.write_text(Path(ACCOUNT).read_text().replace('targetRef="kegiatan_2"', 'targetRef="hilang"', 1))
    for arguments in (["document", str(wrong), str(tmp_path / "x.pdf")], ["simulate", str(wrong)]):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 1
        assert "diagram_refused" in done.stderr


def test_a_file_is_simulated() -> None:
    arguments = ["simulate", ACCOUNT, "--requests", "50", "--seed", "3", "--json"]
    one, other = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert one.exit_code == 0, one.output
    answers = [json.loads(done.stdout) for done in (one, other)]
    assert answers[0]["requests"] == 50
    assert answers[0]["seed"] == 3
    assert "Leher botol" in CliRunner().invoke(main, arguments[:-1]).stdout


def test_a_chart_is_drawn(tmp_path: Path) -> None:
    target = tmp_path / "antrean.svg"
    CliRunner().invoke(main, ["simulate", ACCOUNT, "--requests", "20", "--chart", str(target)])
    assert target.read_text().startswith("<svg")


def test_a_wrong_scenario_is_refused_with_its_field() -> None:
    done = CliRunner().invoke(main, ["simulate", ACCOUNT, "--scenario", '{"staff": {"raja": 1}}'])
    assert done.exit_code == 1
    assert "staff.raja" in done.stderr
