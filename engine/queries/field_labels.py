"""What the forms of a version call their fields, for readers of data who did not fill them in."""

import json
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


def _labelled(form: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for one in form.get("components", ()):
        label = one.get("label") or one.get("dateLabel")
        if one.get("key") and label:
            yield one["key"], label
