"""What the modeler reads and writes again keeps every element, attribute and text, for all SOPs of the catalogue."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from scripts.build_web import node_folder

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"


def parts(path: Path) -> Counter[tuple[str, str, tuple[tuple[str, str], ...], str]]:
    """Every element with the id it stands under, its attributes and its text; the order of siblings left out."""
    found = []
    for element in etree.parse(path).getroot().iter(etree.Element):
        above = next((one.get("id") for one in element.iterancestors() if one.get("id")), "")
        given = {str(name): str(value) for name, value in element.attrib.items()}
        found.append((str(element.tag), above or "", tuple(sorted(given.items())), (element.text or "").strip()))
    return Counter(found)


def test_every_sop_of_the_catalogue_survives_the_modeler(tmp_path: Path) -> None:
    folder = node_folder()
    if folder is None or not (WEB / "node_modules" / "bpmn-moddle").is_dir():
        pytest.skip("node or web/node_modules is missing (make web)")
    files = sorted((ROOT / "bpmn").glob("*.bpmn"))
    assert len(files) >= 120
    command = [str(folder / "node"), "round_trip.mjs", str(tmp_path), *map(str, files)]
    subprocess.run(command, cwd=WEB, check=True, capture_output=True, text=True)
    for path in files:
        assert parts(tmp_path / path.name) == parts(path), path.name
