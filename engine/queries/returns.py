"""Returning a request: which answers of a task's form lead back, and the reason that is due then."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.context import Context
from engine.diagram.returns import returning
from engine.queries.sop import deployed_version
from engine.storage.definitions import find_id
from forms.errors import FieldError, FormInvalid


@dataclass(frozen=True, slots=True)
class Returns:
    """The answers of the field `decision` that lead back, with the activity's name; the reason goes to `reason`."""

    decision: str = ""
    reason: str = ""
    reason_label: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)


def returns_of(context: Context, task: Mapping[str, Any], form: Mapping[str, Any]) -> Returns:
    """What the form of a task (as `engine.queries.tasks` gives them) says about returning.

    Nothing, unless it has a decision (`properties.keputusan`) and a field `catatan…` for the reason.
    """
    fields = form.get("components", [])
    decision = next((one for one in fields if _decides(one)), None)
    reason = next((one for one in fields if str(one.get("key", "")).startswith("catatan")), None)
    if decision is None or reason is None:
        return Returns()
    with context.database.read() as connection:
        definition_id = find_id(connection, task["definition"], task["version"])
        process = deployed_version(context, connection, definition_id).diagram.main
    if task["element_id"] not in process.nodes:  # a task of a called process: its own version is not known here
        return Returns()
    answers = [str(one["value"]) for one in decision["values"]]
    back = returning(process, task["element_id"], decision["key"], answers)
    targets = {answer: node.name or node.id for answer, node in back.items()}
    return Returns(decision["key"], reason["key"], reason.get("label") or "Catatan", targets)


def require_reason(context: Context, task: Mapping[str, Any], form: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    """Lets `data` pass unless it returns the request without saying why.

    Raises:
        FormInvalid: the reason is missing.
    """
    found = returns_of(context, task, form)
    if data.get(found.decision) in found.targets and not str(data.get(found.reason) or "").strip():
        raise FormInvalid(str(form.get("id", "")), [FieldError(found.reason, "Tulis alasan pengembalian.")])


def _decides(one: Mapping[str, Any]) -> bool:
    marked = str(one.get("properties", {}).get("keputusan", "")).lower() == "true"
    return marked and one.get("type") == "radio" and bool(one.get("values"))
