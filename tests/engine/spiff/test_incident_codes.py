"""Every code that an incident can have stands in the documentation, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
RAISED = re.compile(r'StepFailed\(\s*"([a-z_]+)"')


def test_docs_name_every_incident_code() -> None:
    raised = {code for path in (ROOT / "engine").rglob("*.py") for code in RAISED.findall(path.read_text("utf-8"))}
    section = (ROOT / "docs" / "history.md").read_text("utf-8").split("## Incident codes\n")[1].split("\n## ")[0]
    assert raised == set(re.findall(r"`([a-z_]+)`", section))
