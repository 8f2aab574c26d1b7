"""Returning a request: which answers of a task's form lead back, and the reason that is due then (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.diagram.model import Process
from engine.diagram.returns import returning
from forms.errors import FieldError, FormInvalid


@dataclass(frozen=True, slots=True)
class Returns:
    """The answers of the field `decision` that lead back, with the activity's name; the reason goes to `reason`."""

    decision: str = ""
    reason: str = ""
    reason_label: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)


NONE = Returns()


def returns_of(process: Process, element_id: str, components: Sequence[Mapping[str, Any]]) -> Returns:
    """What the form of an activity, by its form-js components, says about returning.

    Nothing, unless it has a decision (`properties.keputusan`) and a field `catatan…` for the reason.
    """
    decision = next((one for one in components if _decides(one)), None)
    reason = next((one for one in components if str(one.get("key", "")).startswith("catatan")), None)
    if decision is None or reason is None:
        return NONE
    answers = [str(one["value"]) for one in decision["values"]]
    back = returning(process, element_id, decision["key"], answers)
    targets = {answer: node.name or node.id for answer, node in back.items()}
    return Returns(decision["key"], reason["key"], reason.get("label") or "Catatan", targets) if targets else NONE


def require_reason(returns: Returns, form_id: str, data: Mapping[str, Any]) -> None:
    """Lets `data`, checked by the form, pass unless it returns the request without saying why.

    A reason that the form does not show, and so is not in `data`, is not asked for.

    Raises:
        FormInvalid: the reason is missing.
    """
    shown = returns.reason in data
    if shown and data.get(returns.decision) in returns.targets and not str(data[returns.reason] or "").strip():
        raise FormInvalid(form_id, [FieldError(returns.reason, "Tulis alasan pengembalian.")])


def _decides(one: Mapping[str, Any]) -> bool:
    marked = str(one.get("properties", {}).get("keputusan", "")).lower() == "true"
    return marked and one.get("type") in ("radio", "select") and bool(one.get("values"))
