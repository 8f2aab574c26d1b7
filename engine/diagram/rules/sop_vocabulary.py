"""The words of the `sop:` vocabulary are spelt right and stand where they mean something.

A misspelt `sop:mutuBaku` or an attribute `maks` instead of `max` would silently be no deadline at all. The vocabulary
is bpmn/sop.moddle.json.
"""

from collections.abc import Iterator
from typing import Final

from engine.diagram.names import ACTIVITIES
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.source import SopElement

_TASKS: Final = frozenset({"userTask", "manualTask", "task", "startEvent"})
_MESSAGES: Final = frozenset({"messageEventDefinition", "receiveTask", "sendTask"})
TEXTS: Final = {
    "identitas": frozenset(
        {"dasarHukum", "kualifikasiPelaksana", "keterkaitan", "peralatan", "peringatan", "pencatatan"}
    ),
    "mutuBaku": frozenset({"kelengkapan", "output"}),
}
WORDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "identitas": (
        frozenset({"process"}),
        frozenset(
            {
                "nomor", "tanggalPembuatan", "tanggalRevisi", "tanggalEfektif", "disahkanOleh", "instansi", "unit",
                "kerahasiaan",
            }
        ),
    ),
    "sumber": (frozenset({"process"}), frozenset({"dokumen", "baris", "lengkap"})),
    "pelaksana": (frozenset({"lane"}), frozenset({"peran", "jenis"})),
    "mutuBaku": (ACTIVITIES, frozenset({"no", "waktu", "min", "max", "kalender"})),
    "keterangan": (ACTIVITIES, frozenset()),
    "formulir": (_TASKS, frozenset({"kunci"})),
    "penugasan": (_TASKS - {"startEvent"}, frozenset({"kepada"})),
    "asumsi": (ACTIVITIES | {"sequenceFlow"}, frozenset()),
    "keputusan": (frozenset({"businessRuleTask"}), frozenset({"kunci", "hasil"})),
    "pekerjaan": (frozenset({"serviceTask"}), frozenset({"jenis"})),
    "korelasi": (_MESSAGES, frozenset()),
}  # fmt: skip


def check(context: Context) -> Iterator[Problem]:
    """Unknown, misplaced and doubled words of the vocabulary."""
    seen: set[tuple[int, str]] = set()
    for word in context.source.sop:
        if word.owner < 0:
            continue
        owner = context.source.elements[word.owner]
        found = _misplaced(word, owner.tag)
        if found is None and not word.inside:
            if (word.owner, word.name) in seen:
                found = ("berdiri dua kali; yang pertama berlaku", "stands twice; the first counts")
            seen.add((word.owner, word.name))
        if found is not None:
            yield problem(
                context.owner_of(owner).key,
                f"<sop:{word.name}> {found[0]}.",
                f"<sop:{word.name}> {found[1]}.",
                "Perbaiki ejaan atau tempatnya; kosakata ada di bpmn/sop.moddle.json.",
                "Correct its spelling or place; the vocabulary is bpmn/sop.moddle.json.",
            )


def _misplaced(word: SopElement, owner: str) -> tuple[str, str] | None:
    if word.inside:
        if word.name not in TEXTS.get(word.inside, ()):
            return f"tidak dikenal di dalam <sop:{word.inside}>", f"is unknown inside <sop:{word.inside}>"
        return None
    if word.name not in WORDS:
        return "tidak dikenal", "is unknown"
    owners, attributes = WORDS[word.name]
    if owner not in owners:
        return f"tidak berarti apa-apa pada {owner}", f"means nothing on a {owner}"
    unknown = sorted(word.attributes.keys() - attributes)
    if unknown:
        return f"tidak mengenal atribut {unknown[0]}", f"knows no attribute {unknown[0]}"
    return None
