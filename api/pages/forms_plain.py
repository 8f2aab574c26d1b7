"""form-js forms without script: what the browser posts becomes the data that the form expects, files become uploads.

The form itself stays the judge of the data (`forms.validate` in the commands); nothing is checked here.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from api.auth import actor
from api.extensions import context
from engine.commands.attach_file import attach_file
from engine.queries.attachments import upload_names

_MANY = frozenset({"checklist", "taglist"})
_TEXTS = frozenset({"textfield", "textarea", "radio", "select", "datetime"})


def posted_data(form: Mapping[str, Any]) -> dict[str, Any]:
    """The data of this request's posted form; chosen files are stored and stand in it by their ids.

    Raises:
        UploadRefused, TooLarge: a file that cannot be taken.
    """
    return _level(form.get("components", []), request.form, request.files, "")


def kept_files(components: list[dict[str, Any]], data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The visitor's own uploads that form data names: lists of `{id, name}` by the dotted name of their field."""
    found: dict[str, Any] = {}
    for one in components:
        if one.get("type") == "group":
            inner = data.get(one["path"]) or {} if one.get("path") else data
            below = f"{prefix}{one['path']}." if one.get("path") else prefix
            found |= kept_files(one.get("components", []), inner, below)
        elif one.get("type") == "filepicker" and isinstance(data.get(one["key"]), list):
            found[prefix + one["key"]] = named_uploads(data[one["key"]])
    return {name: files for name, files in found.items() if files}


def named_uploads(ids: Any) -> list[dict[str, str]]:
    """Those of `ids` that the visitor uploaded, in their order, as `{id, name}`."""
    wanted = [one for one in ids if isinstance(one, str)] if isinstance(ids, list) else []
    names = upload_names(context(), actor(), wanted) if wanted else {}
    return [{"id": one, "name": names[one]} for one in wanted if one in names]


def decision_of(form: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The field whose options become the buttons of the form: the radio marked `properties.keputusan`."""
    for one in form.get("components", []):
        marked = str(one.get("properties", {}).get("keputusan", "")).lower() == "true"
        if marked and one.get("type") == "radio" and one.get("values"):
            return one  # type: ignore[no-any-return]
    return None


def without(form: Mapping[str, Any], field: Mapping[str, Any] | None) -> dict[str, Any]:
    """The form without one of its fields, which stands elsewhere on the page."""
    return {**form, "components": [one for one in form.get("components", []) if one is not field]}


def _level(
    components: list[dict[str, Any]], values: MultiDict[str, str], files: MultiDict[str, FileStorage], prefix: str
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for one in components:
        if one.get("type") == "group":
            inner = f"{prefix}{one['path']}." if one.get("path") else prefix
            found = _level(one.get("components", []), values, files, inner)
            data.update({one["path"]: found} if one.get("path") else found)
        elif one.get("key"):
            data.update(_field(one, values, files, prefix + one["key"]))
    return data


def _field(
    one: Mapping[str, Any], values: MultiDict[str, str], files: MultiDict[str, FileStorage], name: str
) -> Iterator[tuple[str, Any]]:
    key, kind = one["key"], one["type"]
    if kind == "filepicker":
        kept = values.getlist(name)  # uploads of an earlier visit that are still ticked
        chosen = [_stored(file) for file in files.getlist(name) if file.filename]
        if kept or chosen:
            yield key, [*kept, *chosen] if one.get("multiple") else chosen or kept
    elif kind in _MANY:
        yield key, values.getlist(name)
    elif kind == "checkbox":
        yield key, name in values
    elif kind == "number":
        if values.get(name):
            yield key, _number(values[name])
    elif kind in _TEXTS and values.get(name):
        yield key, values[name].replace("\r\n", "\n")


def _stored(file: FileStorage) -> str:
    return str(attach_file(context(), actor(), None, file.filename or "", file.read())["id"])


def _number(text: str) -> Any:
    """A number as JSON would carry it; anything else is left for the form to refuse."""
    try:
        return int(text)
    except ValueError:
        try:
            return float(text)
        except ValueError:
            return text
