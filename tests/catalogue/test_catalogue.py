"""bpmn/ and forms/ are what the reviewed sheets give, and every one of them is whole."""

import csv
from functools import cache
from pathlib import Path

import pytest

from engine.diagram.layout import lay_out
from engine.diagram.layout_measure import measure
from engine.diagram.lint import validate
from engine.diagram.parse import parse_source
from engine.documents.from_diagram import to_sheet
from engine.documents.sheet import Sheet
from engine.documents.sheet_csv import read_csv, write_csv
from engine.documents.sheet_xlsx import read_xlsx, write_xlsx
from engine.documents.to_diagram import to_process
from forms.load import parse_form
from scripts.build_catalogue import catalogue, generated

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT.parent / "shared" / "seeds" / "INDEX.tsv"
SHEETS = sorted((ROOT / "bpmn" / "sheets").glob("*.csv"))
every_sheet = pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)


@cache
def read(path: Path) -> Sheet:
    return read_csv(path.read_bytes())


def test_files_are_what_the_sheets_give() -> None:
    wanted = catalogue(ROOT)
    present = {path: path.read_bytes() for path in generated(ROOT)}
    assert sorted(wanted) == sorted(present)
    assert [path.name for path in wanted if wanted[path] != present[path]] == []


@every_sheet
def test_round_trips(path: Path) -> None:
    sheet = read(path)
    assert path.stem == sheet.slug
    assert write_csv(sheet) == path.read_bytes()
    assert read_xlsx(write_xlsx(sheet)) == sheet
    diagram = parse_source((ROOT / "bpmn" / f"{sheet.slug}.bpmn").read_bytes()).diagram
    assert to_sheet(diagram.main) == sheet


@every_sheet
def test_drawing_is_sound(path: Path) -> None:
    process = to_process(read(path))
    found = measure(process, lay_out(process))
    assert found.sound, found
    assert found.hidden == ()


@every_sheet
def test_diagram_is_valid_with_its_forms(path: Path) -> None:
    data = (ROOT / "bpmn" / f"{path.stem}.bpmn").read_bytes()
    checked = validate(data)
    assert [finding for finding in checked.findings if finding.severity == "error"] == []
    diagram = parse_source(data).diagram
    keys = [node.form_key for node in diagram.main.nodes.values() if node.form_key]
    assert len(keys) == len(set(keys)) == len(read(path).rows) + 1
    for key in keys:
        assert parse_form((ROOT / "forms" / f"{key}.json").read_bytes()).id == key


@every_sheet
def test_decisions_carry_the_labels_of_the_flows(path: Path) -> None:
    process = to_process(read(path))
    for row in read(path).rows:
        form = parse_form((ROOT / "forms" / f"{path.stem}.kegiatan_{row.key}.json").read_bytes())
        if len(row.branches) < 2:
            assert form.decision is None
            continue
        assert form.decision is not None
        name, field = form.decision
        assert name == f"keputusan_kegiatan_{row.key}"
        assert list(field.options.fixed or ()) == [branch.label for branch in row.branches]
        gateway = process.nodes[f"keputusan_{row.key}"]
        conditions = [process.flows[flow].condition for flow in gateway.outgoing if flow != gateway.default]
        assert all(condition and condition.startswith(f"{name} = ") for condition in conditions)


def test_roles_are_listed_once_with_their_agency() -> None:
    with (ROOT / "bpmn" / "roles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = {row["role"]: row for row in rows}
    assert len(listed) == len(rows)
    used = {(p.role, p.kind) for path in SHEETS for p in read(path).performers}
    assert {(row["role"], row["performer_kind"]) for row in rows} == used
    assert {row["superior_role"] for row in rows} - {""} <= listed.keys()
    assert [role for role, row in listed.items() if role != "pemohon" and not row["agency_code"]] == []


@pytest.mark.skipif(not INDEX.exists(), reason="the sources are not beside the repository")
def test_slugs_activities_and_titles_agree_with_the_sources() -> None:
    with INDEX.open(encoding="utf-8", newline="") as file:
        index = {row["slug"]: row for row in csv.DictReader(file, delimiter="\t")}
    for path in SHEETS:
        sheet, row = read(path), index[path.stem]
        assert (sheet.title, str(len(sheet.rows))) == (row["title"], row["steps"]), path.stem
        if row["performer_columns"] != "0":
            assert str(len(sheet.performers)) == row["performer_columns"], path.stem
        assert (sheet.identity.source_document, sheet.identity.source_complete) == (
            row["seed"],
            row["table_whole_in_source"] == "true",
        ), path.stem


def test_the_catalogue_is_complete() -> None:
    sheets = [read(path) for path in SHEETS]
    assert (len(sheets), sum(len(sheet.rows) for sheet in sheets)) == (120, 969)


def test_templates_are_sheets_and_the_same_in_both_formats() -> None:
    templates = ROOT / "docs" / "templates"
    sheet = read(templates / "lembar-sop.csv")
    assert read_xlsx((templates / "lembar-sop.xlsx").read_bytes()) == sheet
    assert len(to_process(sheet).lanes) == 3
