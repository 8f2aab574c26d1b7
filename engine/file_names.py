"""Makes file names of strangers safe to store, show and send back. Pure text."""

import unicodedata

MAX_CHARACTERS = 120
MAX_BYTES = 200
_FALLBACK = "berkas"
_FORBIDDEN = frozenset("<>:\"|?*%;`$&'")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, direction marks, surrogates
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def safe_name(name: str, endings: tuple[str, ...]) -> str:
    """A name without path, control characters, direction marks, shell or header characters, at most 120 characters.

    Args:
        name: as the client calls the file.
        endings: extensions that fit the content, preferred one first; the result ends in one of them, so a name can
            never promise another type than the file has.
    """
    base = unicodedata.normalize("NFC", name[:1000]).replace("\\", "/").rpartition("/")[2]
    kept = "".join(_cleaned(char) for char in base)
    kept = " ".join(kept.split()).rstrip(". ")
    ending = next((ending for ending in endings if kept.lower().endswith(ending)), "")
    stem = kept.removesuffix(kept[len(kept) - len(ending) :]).strip(". ") or _FALLBACK
    if stem.partition(".")[0].strip().lower() in _RESERVED:
        stem = f"_{stem}"
    ending = ending or endings[0]
    return _shortened(stem, ending) + ending


def _cleaned(char: str) -> str:
    if unicodedata.category(char) in _DROPPED_CATEGORIES:
        return " " if char in "\t\n\r" else ""
    return "_" if char in _FORBIDDEN else char


def _shortened(stem: str, ending: str) -> str:
    stem = stem[: MAX_CHARACTERS - len(ending)]
    while len((stem + ending).encode()) > MAX_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ")
