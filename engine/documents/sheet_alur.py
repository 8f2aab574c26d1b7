"""The little language of the Alur column: `tidak lengkap → 1; lengkap → lanjut (asumsi: …)`.

Owns reading and writing that cell. Must not know which rows exist: `sheet.check` does.
"""

import re
from collections.abc import Iterable

from engine.documents.sheet import Branch

_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_TARGET = re.compile(r"(?P<target>[0-9a-z_]+)\s*(?:\(asumsi:\s*(?P<assumption>.*)\))?", re.IGNORECASE | re.DOTALL)


class AlurCellError(ValueError):
    """An Alur cell that cannot be read; the message says what was expected, `message_id` in Bahasa Indonesia."""

    def __init__(self, found: str) -> None:
        super().__init__(f"Expected 'label → lanjut', '→ selesai' or 'label → 1', but found {found!r}")
        self.message_id = f"Tulis 'label → lanjut', '→ selesai', atau 'label → 1', bukan '{found}'."


def read_alur(text: str) -> tuple[Branch, ...]:
    """Read an Alur cell; an empty cell has no branches.

    Branches are separated by `;` outside parentheses.

    Raises:
        AlurCellError: naming the part that is not `label → tujuan`.
    """
    return tuple(_branch(part) for part in _parts(text) if part.strip())


def write_alur(branches: Iterable[Branch]) -> str:
    """The cell that `read_alur` reads back as the same branches."""
    return "; ".join(_words(branch) for branch in branches)


def _parts(text: str) -> list[str]:
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _branch(part: str) -> Branch:
    label, arrow, rest = _split(part)
    match = _TARGET.fullmatch(rest.strip()) if arrow else None
    if match is None:
        raise AlurCellError(part.strip())
    return Branch(label, match["target"].lower(), (match["assumption"] or "").strip())


def _split(part: str) -> tuple[str, bool, str]:
    found = _ARROW.search(part)
    if found is None:
        return part.strip(), False, ""
    return part[: found.start()].strip(), True, part[found.end() :]


def _words(branch: Branch) -> str:
    mark = f" (asumsi: {branch.assumption})" if branch.assumption else ""
    return f"{branch.label} → {branch.target}{mark}".strip()
