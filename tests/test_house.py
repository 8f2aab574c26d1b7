"""The measures of the house hold: short files, short functions, and a place in the layers for whoever needs one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("engine", "forms", "api", "scripts")
FILE_LINES, FUNCTION_LINES = 400, 50
NEEDS_A_PLACE = ("engine.storage", "engine.spiff", "engine.change", "engine.context", "engine.deployed")


def sources() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_no_file_is_longer_than_one_job_needs() -> None:
    lengths = {name: len(body.splitlines()) for name, body in sources()}
    lengths |= {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
                for suffix in ("js", "css") for path in (ROOT / "web" / "src").rglob(f"*.{suffix}")}  # fmt: skip
    assert len(lengths) > 500
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, body in sources()
        for node in ast.walk(ast.parse(body))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(lengths) > 2000
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_who_is_not_pure_has_a_place_in_the_layers() -> None:
    layers = (ROOT / "setup.cfg").read_text(encoding="utf-8").partition("layers =\n")[2].partition("\n\n")[0]
    placed = set(re.findall(r"[\w.]+", layers))
    assert "engine.change" in placed
    impure = {
        f"engine.{path.stem}" for path in (ROOT / "engine").glob("*.py")
        if re.search(rf"^from ({'|'.join(NEEDS_A_PLACE)})\b", path.read_text(encoding="utf-8"), re.M)
    }  # fmt: skip
    assert impure - placed == set()
