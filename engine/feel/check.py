"""The strict checks that validation runs: syntax, unknown names, calls and types that cannot work.

Owns the findings and their sentences. At run time the same mistakes are null, as the standard says; here they are told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.feel.code import BUILT_INS
from engine.feel.errors import FeelError
from engine.feel.evaluate import Expression, parse, parse_unary_tests
from engine.feel.free_names import occurrences
from engine.feel.tokens import position

if TYPE_CHECKING:
    from engine.feel.infer import Clash

ANY: Final = "Any"


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in a FEEL text.

    Attributes:
        rule: `syntax`, `budget`, `unknown_name`, `type` or `not_boolean`.
        line: 1-based; 0 when no place can be named.
        column: 1-based; 0 when no place can be named.
        suggestion: the name that was probably meant, or "".
    """

    rule: str
    message_id: str
    message_en: str
    line: int
    column: int
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a FEEL text is: the variables it uses, the type it gives, and what is wrong with it."""

    names: tuple[str, ...]
    type: str
    findings: tuple[Finding, ...]


def check(text: str, known_names: Collection[str] | None, kind: str = "expression") -> list[Finding]:
    """What is wrong with a FEEL text.

    Args:
        text: the text as the analyst wrote it.
        known_names: the variables there are, or a mapping from them to their FEEL types; None when they are not known.
        kind: `expression`, `condition` (must be boolean) or `unary_tests` (a cell, with `?` as its input).
    """
    return list(describe(text, known_names, kind).findings)


def describe(text: str, known_names: Collection[str] | None, kind: str = "expression") -> Description:
    """The names, type and mistakes of a FEEL text; arguments as for `check`."""
    from engine.feel.infer import infer  # late: 2 ms that evaluating needs not

    try:
        expression = (parse_unary_tests if kind == "unary_tests" else parse)(text, known_names or ())
    except FeelError as error:
        rule = "syntax" if hasattr(error, "expected") else "budget"
        found = Finding(rule, error.message_id, error.message_en, error.line, error.column)
        return Description((), ANY, (found,))
    types = dict(known_names) if isinstance(known_names, Mapping) else {}
    result, clashes = infer(expression.node, types)
    findings = [] if known_names is None else _unknown_names(expression, known_names)
    findings += [_of_clash(text, clash) for clash in clashes]
    if kind == "condition" and result not in ("boolean", ANY):
        findings.append(_not_boolean(result))
    findings.sort(key=lambda finding: (finding.line, finding.column))
    names = sorted(name for name in expression.names if name != "?")
    return Description(tuple(names), result, tuple(findings))


def _not_boolean(result: str) -> Finding:
    return Finding(
        "not_boolean",
        f"Kondisi harus menghasilkan true atau false, tetapi ini menghasilkan {result}. Bandingkan dengan sesuatu.",
        f"Expected a condition that gives true or false, but this gives {result}. Compare it with something.",
        1,
        1,
    )


def _of_clash(text: str, clash: "Clash") -> Finding:
    return Finding("type", clash.message_id, clash.message_en, *position(text, clash.pos))


def _unknown_names(expression: Expression, known: Collection[str]) -> list[Finding]:
    findings = []
    for name, pos, in_filter in occurrences(expression.node):
        if name in known or name in BUILT_INS or name == "?" or in_filter:
            continue
        meant = _closest(name, known)
        hint_id, hint_en = (f" Mungkin maksudnya {meant!r}?", f" Did you mean {meant!r}?") if meant else ("", "")
        findings.append(
            Finding(
                "unknown_name",
                f"Nama {name!r} tidak dikenal.{hint_id}",
                f"Expected a known name, but got {name!r}.{hint_en}",
                *position(expression.text, pos),
                suggestion=meant,
            )
        )
    return findings


def _closest(name: str, known: Collection[str]) -> str:
    from difflib import get_close_matches  # late: only a mistake needs it

    lower = {candidate.lower(): candidate for candidate in [*BUILT_INS, *known]}
    found = get_close_matches(name.lower(), lower, n=1, cutoff=0.7)
    return lower[found[0]] if found else ""
