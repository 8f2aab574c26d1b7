"""The build of the front end: again only when a source changed, plain pages without node, no registry's name inside."""

import json
import re
from pathlib import Path

import pytest

from scripts import build_web


def test_a_changed_source_changes_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = build_web.fingerprint()
    assert build_web.fingerprint() == before
    copy = tmp_path / "templates"
    copy.mkdir()
    (copy / "new.html").write_text("<p class='badge'>")
    monkeypatch.setattr(build_web, "TEMPLATES", copy)
    assert build_web.fingerprint() != before


def test_nothing_is_done_when_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / ".stamp"
    stamp.write_text(build_web.fingerprint())
    monkeypatch.setattr(build_web, "STAMP", stamp)
    monkeypatch.setattr(build_web, "node_folder", lambda: pytest.fail("looked for node"))
    assert build_web.main() == 0


@pytest.mark.parametrize(
    ("folder", "installs", "bundles", "code"),
    [(None, True, True, 0), (Path("/x"), False, True, 0), (Path("/x"), True, False, 1), (Path("/x"), True, True, 0)],
)
def test_only_a_wrong_source_is_a_failure(
    folder: Path | None, installs: bool, bundles: bool, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / ".stamp"
    monkeypatch.setattr(build_web, "STAMP", stamp)
    monkeypatch.setattr(build_web, "node_folder", lambda: folder)
    monkeypatch.setattr(build_web, "install", lambda _: installs)
    monkeypatch.setattr(build_web, "bundle", lambda _: bundles)
    assert build_web.main() == code
    assert stamp.exists() == (folder is not None and installs and bundles)


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    lock = json.loads((build_web.WEB / "package-lock.json").read_text())
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert not [name for name, one in packages.items() if "resolved" in one]
    assert not [name for name, one in packages.items() if not re.match(r"sha512-", one.get("integrity", ""))]
