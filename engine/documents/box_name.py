"""The short name for a box, made from the text of an activity when the sheet gives none. Pure text."""

import re

LONGEST = 48
_STOP = re.compile(
    r"\s*(?:[,;:(.]\s|[,;:.]$|\s-\s|\(|\n|\s(?:jika|apabila|selanjutnya|kemudian)\s)",
    re.IGNORECASE,
)
_WEAK = frozenset(
    [
        "dan",
        "atau",
        "yang",
        "untuk",
        "dengan",
        "ke",
        "kepada",
        "dari",
        "di",
        "pada",
        "oleh",
        "dalam",
        "melalui",
        "serta",
        "atas",
        "secara",
    ],
)


def box_name(activity: str) -> str:
    """The first clause of an activity, at most `LONGEST` characters.

    Cut between words; ends with … where the clause goes on.
    """
    text = activity.strip().lstrip("-• ").strip()
    clause = next((part.strip() for part in _STOP.split(text) if part and part.strip()), text)
    if len(clause) <= LONGEST:
        return clause
    words = clause[:LONGEST].rsplit(" ", 1)[0].split(" ")
    while len(words) > 1 and words[-1].lower() in _WEAK:
        words.pop()
    return " ".join(words) + "…"
