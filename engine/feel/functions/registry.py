"""The table of built-in functions and how arguments reach their parameters.

Owns signatures, overloads and FEEL's implicit conversions (a list of one for its item, an item for a list of one). A
call that fits no overload, and null where a parameter does not take it, give null.

A signature reads like the standard: `substring(string: string, start position: number, [length: number])`. A type with
`?` takes null; a last parameter with `*` takes one list or any number of arguments, with `**` always the arguments.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.feel.code import BUILT_INS, Frame
from engine.feel.temporal import Date, DateTime
from engine.feel.values import BuiltIn, kind_of

_REFUSED: Final = object()
_POINTS: Final = frozenset(
    {"number", "string", "date", "time", "date and time", "days and time duration", "years and months duration"}
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name, its FEEL type, whether it may be left out, and whether it takes null."""

    name: str
    type: str
    optional: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function. `run` is given the frame first when `with_frame`."""

    run: Callable[..., Any]
    parameters: tuple[Parameter, ...]
    required: int
    variadic: int
    with_frame: bool
    result: str


FUNCTIONS: Final[dict[str, list[Overload]]] = {}


def built_in(
    signature: str, result: str = "Any", *, frame: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Registers the decorated function under the name in `signature`, as one more overload.

    Args:
        signature: name and parameters, in the notation of this module.
        result: the FEEL type of what it returns, for the strict checks.
        frame: whether the function wants the frame (budget, environment) as its first argument.
    """
    name, _, rest = signature.partition("(")
    parameters = tuple(_parameter(part.strip()) for part in rest.rstrip(")").split(",") if part.strip())
    required = sum(not parameter.optional for parameter in parameters)
    variadic = signature.count("*")

    def register(run: Callable[..., Any]) -> Callable[..., Any]:
        FUNCTIONS.setdefault(name, []).append(Overload(run, parameters, required, variadic, frame, result))
        BUILT_INS.setdefault(name, BuiltIn(name))
        return run

    return register


def _parameter(text: str) -> Parameter:
    optional = text.startswith("[")
    name, _, kind = text.strip("[]").partition(":")
    kind = kind.strip().rstrip("*")
    return Parameter(name.strip(), kind.rstrip("?"), optional, kind.endswith("?"))


def call_built_in(name: str, args: Sequence[Any], names: tuple[str, ...] | None, frame: Frame) -> Any:
    """Calls the first overload the arguments fit; null when there is none."""
    frame.account.charge(2 + sum(_size(arg) for arg in args))
    for overload in FUNCTIONS[name]:
        bound = _by_position(overload, args) if names is None else _by_name(overload, args, names)
        if bound is None:
            continue
        values = [
            coerce(value, parameter) for value, parameter in zip(bound, overload.parameters[: len(bound)], strict=True)
        ]
        if not any(value is _REFUSED for value in values):
            return overload.run(frame, *values) if overload.with_frame else overload.run(*values)
    return None


def _size(value: Any) -> int:
    if isinstance(value, list):
        return len(value)
    return len(value) // 64 if isinstance(value, str) else 0


def _by_position(overload: Overload, args: Sequence[Any]) -> list[Any] | None:
    fixed = len(overload.parameters)
    if overload.variadic and len(args) >= fixed:
        before, rest = list(args[: fixed - 1]), list(args[fixed - 1 :])
        return [*before, rest[0] if len(rest) == 1 and overload.variadic == 1 else rest]
    return list(args) if overload.required <= len(args) <= fixed else None


def _by_name(overload: Overload, args: Sequence[Any], names: tuple[str, ...]) -> list[Any] | None:
    given = dict(zip(names, args, strict=True))
    bound = []
    for parameter in overload.parameters:
        if parameter.name in given:
            bound.append(given.pop(parameter.name))
        elif parameter.optional:
            bound.append(None if parameter.nullable else _MISSING)
        else:
            return None
    while bound and bound[-1] is _MISSING:
        bound.pop()
    return None if given or _MISSING in bound else bound


class _Missing:
    """Stands for a parameter that was left out."""


_MISSING: Final = _Missing()


def coerce(value: Any, parameter: Parameter) -> Any:
    """The argument as its parameter wants it, or `_REFUSED`."""
    if value is None:
        return None if parameter.nullable or parameter.type == "Any" else _REFUSED
    wanted = parameter.type
    if _is(value, wanted):
        return value
    if wanted == "list":
        return [value]
    if isinstance(value, list) and len(value) == 1 and _is(value[0], wanted):
        return value[0]
    return _REFUSED


def _is(value: Any, wanted: str) -> bool:
    if wanted == "Any":
        return True
    kind = kind_of(value)
    if kind == wanted:
        return True
    if wanted == "day":
        return isinstance(value, Date | DateTime)
    if wanted == "point":
        return kind in _POINTS
    return wanted == "duration" and kind.endswith("duration")
