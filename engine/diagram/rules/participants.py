"""A pool is drawn for one process, and its multiplicity makes sense.

Two pools do not show the same process; `participantMultiplicity` has a minimum of 0 or more and a maximum of 1 or
more, not below the minimum. A process of type Public is a view and is not executable.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Pools of one process twice, impossible multiplicities, public executable processes."""
    shown: dict[str, str] = {}
    for pool in context.source.tagged("participant"):
        process = pool.attributes.get("processRef", "").strip()
        if process and process in shown:
            yield problem(
                pool.key,
                f'Pool "{pool.name or pool.key}" memuat proses yang sudah digambar di pool "{shown[process]}".',
                f'The pool "{pool.name or pool.key}" shows a process already drawn in the pool "{shown[process]}".',
                "Beri setiap pool prosesnya sendiri.",
                "Give every pool a process of its own.",
            )
        shown.setdefault(process, pool.name or pool.key)
    for element in context.source.tagged("participantMultiplicity"):
        low, high = (
            _number(element.attributes.get(name), default) for name, default in (("minimum", 0), ("maximum", 1))
        )
        if low is None or high is None or low < 0 or high < 1 or ("maximum" in element.attributes and high < low):
            yield problem(
                context.owner_of(element).key,
                "Jumlah peserta (participantMultiplicity) tidak masuk akal.",
                "The participantMultiplicity makes no sense.",
                "minimum paling sedikit 0, maximum paling sedikit 1 dan tidak kurang dari minimum.",
                "minimum is at least 0, maximum at least 1 and not below minimum.",
            )
    for drawn in context.source.tagged("process"):
        if drawn.attributes.get("processType") == "Public" and drawn.attributes.get("isExecutable") == "true":
            yield problem(
                drawn.key,
                "Proses publik (processType Public) tidak dapat dijalankan.",
                "A public process (processType Public) is not executable.",
                'Hapus processType, atau setel isExecutable="false".',
                'Remove processType, or set isExecutable="false".',
            )


def _number(text: str | None, default: int) -> int | None:
    if text is None:
        return default
    stripped = text.strip()
    return int(stripped) if stripped.lstrip("-").isdecimal() and len(stripped) < 10 else None
