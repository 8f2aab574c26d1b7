"""The data of a request as people read it: by the labels of the forms it was typed into, in the order of the SOP."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from engine.context import Context
from engine.deployed import Deployed
from engine.queries.sop import deployed_version
from engine.storage.definitions import find_id
from forms.kinds.choice import named_options

_CHECKED = "kelengkapan"  # of every form under the same name: whose it was is not known


def request_data(context: Context, task: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is known of a task's request (as `engine.queries.tasks` gives them): `{step, label, value}`.

    Options are named as on the form, files by their names; what is empty is left out; what no form has comes last
    under its own name.
    """
    with context.database.read() as connection:
        deployed = deployed_version(context, connection, find_id(connection, task["definition"], task["version"]))
    files = {one["id"]: one["name"] for one in task["attachments"]}
    values = {key: one for key, one in task["variables"].items() if one not in (None, "", [], {}) and key != _CHECKED}
    found = []
    for step, field in _fields(deployed):
        if field["key"] in values:
            names = {str(one["value"]): one["label"] for one in named_options(field.get("values"))} | files
            value = _named(values.pop(field["key"]), names)
            found.append({"step": step, "label": field.get("label") or field["key"], "value": value})
    return found + [{"step": "", "label": key, "value": value} for key, value in values.items()]


def _fields(deployed: Deployed) -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields at the top of the start form and of each task's form, with the name of the step."""
    steps = [(facts.name, deployed.forms.get(facts.form_key or "")) for facts in deployed.tasks.values()]
    for step, form in [("", deployed.start_form), *steps]:
        if form is not None:
            for field in json.loads(form.source)["components"]:
                if field.get("key"):
                    yield step, field


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_named(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value
