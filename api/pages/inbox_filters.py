"""The task list's filters in its address (`?milik=saya&urut=-masuk`), and as the query and saved views know them."""

from collections.abc import Mapping
from typing import Any

from engine.queries.inbox import InboxFilter
from engine.task_list import view_filters

ADDRESS = {
    "q": "q", "milik": "assignee", "peran": "role", "sop": "definition", "permohonan": "instance_id",
    "terlambat": "overdue", "tenggat": "due_within_hours", "urut": "sort",
}  # fmt: skip
_WHOSE = {"saya": "me", "bebas": "none"}
SORT_WORDS = {
    "tenggat": "due_at", "-tenggat": "-due_at", "masuk": "opened_at", "-masuk": "-opened_at", "kegiatan": "name",
    "-kegiatan": "-name", "sop": "definition_name", "-sop": "-definition_name", "nomor": "registration_number",
    "-nomor": "-registration_number",
}  # fmt: skip


def filters_in(args: Mapping[str, str]) -> dict[str, Any]:
    """The filters that an address names.

    Raises:
        InvalidInput: a value that no filter takes.
    """
    given: dict[str, Any] = {english: args.get(name, "").strip() for name, english in ADDRESS.items()}
    given["assignee"] = _WHOSE.get(given["assignee"], given["assignee"])
    given["overdue"] = bool(given["overdue"])
    given["sort"] = SORT_WORDS.get(given["sort"], given["sort"])
    hours = given["due_within_hours"]
    given["due_within_hours"] = int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 6 else hours
    return view_filters(given)


def address_of(filters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of an address with these filters."""
    found = {name: filters[english] for name, english in ADDRESS.items() if filters.get(english)}
    if "milik" in found:
        found["milik"] = {english: word for word, english in _WHOSE.items()}.get(found["milik"], found["milik"])
    if "terlambat" in found:
        found["terlambat"] = "ya"
    if "urut" in found:
        found["urut"] = next(word for word, english in SORT_WORDS.items() if english == found["urut"])
    return found


def asked_of(filters: Mapping[str, Any]) -> tuple[InboxFilter, str]:
    """What the inbox query is asked: the filter and the order."""
    return InboxFilter(**{name: value for name, value in filters.items() if name != "sort"}), filters.get(
        "sort", "due_at"
    )
