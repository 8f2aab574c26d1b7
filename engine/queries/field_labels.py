"""What the forms of a version call their fields and choices, for readers of data who did not fill them in."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from engine.context import Context
from engine.queries.sop import deployed_version
from engine.storage.definitions import find_id


def field_labels(context: Context, key: str, version: int) -> dict[str, str]:
    """Label by field name, of the fields at the top of the version's forms; the first form that has one counts.

    Raises:
        NotFound: no such definition or version.
    """
    with context.database.read() as connection:
        deployed = deployed_version(context, connection, find_id(connection, key, version))
    labels: dict[str, str] = {}
    for form in deployed.forms.values():
        for name, label in _labelled(json.loads(form.source)):
            labels.setdefault(name, label)
    return labels


def option_labels(context: Context, key: str, version: int) -> dict[str, dict[str, dict[str, str]]]:
    """Label by value, by field name, of choices that forms write down: by element id, as the element's form has them.

    Under "" stand those alone of which every form says the same: the label of a value whose form is not known.

    Raises:
        NotFound: no such definition or version.
    """
    with context.database.read() as connection:
        deployed = deployed_version(context, connection, find_id(connection, key, version))
    forms = {name: _options(json.loads(form.source)) for name, form in deployed.forms.items()}
    agreed: dict[str, dict[str, str]] = {}
    for name in {name for options in forms.values() for name in options}:
        said = {pair for options in forms.values() for pair in options.get(name, {}).items()}
        alone = [value for value, count in Counter(value for value, _ in said).items() if count == 1]
        agreed[name] = {value: label for value, label in said if value in alone}
    of_elements = {
        element: agreed | forms[facts.form_key] for element, facts in deployed.tasks.items() if facts.form_key in forms
    }
    return {"": agreed} | of_elements


def _options(form: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {
        one["key"]: {str(choice["value"]): str(choice["label"]) for choice in one["values"]}
        for one in form.get("components", ()) if one.get("key") and one.get("values")
    }


def _labelled(form: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in form.get("components", ()):
        label = one.get("label") or one.get("dateLabel")
        if one.get("key") and label:
            yield one["key"], label
