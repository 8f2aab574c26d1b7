"""Every rule has a folder of diagrams: on the valid ones it is silent, on the invalid ones it names the right element.

An invalid file is called `invalid-<what>.<element>.bpmn`.
"""

from pathlib import Path

import pytest

from engine.diagram.lint import Validation, validate
from engine.diagram.rules import RULES

DIAGRAMS = Path(__file__).parents[2] / "diagrams"
FILES = sorted(DIAGRAMS.glob("*/*.bpmn"))
VALID = [path for path in FILES if path.name.startswith("valid-")]


def check(path: Path, profile: str) -> Validation:
    return validate(
        path.read_bytes(),
        "sop" if profile == "sop" else "bpmn",
        known_forms={"cek-berkas": ["jumlah"]},
        known_decisions=["kelas_risiko"],
        known_processes=[],
    )


@pytest.mark.parametrize("rule", [name for name, _ in RULES])
def test_every_rule_has_valid_and_invalid_diagrams_and_a_description(rule: str) -> None:
    names = [path.name for path in (DIAGRAMS / rule).glob("*.bpmn")]
    assert any(name.startswith("valid-") for name in names)
    assert any(name.startswith("invalid-") for name in names)
    assert len((dict(RULES)[rule].__doc__ or "").splitlines()) > 2


def test_no_folder_without_rule() -> None:
    assert {path.parent.name for path in FILES} == {name for name, _ in RULES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_rule_judges_its_diagrams(path: Path) -> None:
    rule = path.parent.name
    found = [
        finding for profile in ("sop", "bpmn") for finding in check(path, profile).findings if finding.rule == rule
    ]
    if path.name.startswith("valid-"):
        assert [(finding.element, finding.message_en) for finding in found if finding.severity != "info"] == []
    else:
        assert path.stem.partition(".")[2] in {finding.element for finding in found}


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.name.startswith("valid-")],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_valid_diagrams_have_no_error_of_any_rule(path: Path) -> None:
    answer = check(path, "bpmn")
    assert [(one.rule, one.element, one.message_en) for one in answer.findings if one.severity == "error"] == []
    assert answer.valid


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings_are_whole_sentences_in_both_languages(path: Path) -> None:
    for finding in check(path, "sop").findings:
        for text in (finding.message_id, finding.message_en, finding.cure_id, finding.cure_en):
            assert len(text) > 8
            assert text.rstrip('"')[-1] in ".?…)>"
            assert "Traceback" not in text
            assert "None" not in text.replace('"None"', "")
