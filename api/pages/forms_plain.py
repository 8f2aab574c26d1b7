"""form-js forms without script: what the browser posts becomes the data that the form expects, files become uploads.

The form itself stays the judge of the data (`forms.validate` in the commands); nothing is checked here.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from werkzeug.datastructures import FileStorage

from api.auth import actor
from api.extensions import context
from engine.commands.attach_file import attach_file
from engine.queries.attachments import upload_names

_MANY = frozenset({"checklist", "taglist"})
_ONE_OF = frozenset({"radio", "select"})
_SINGLE = _ONE_OF | {"textfield", "textarea", "number", "datetime"}
_ANY_DAY = date(2000, 1, 3)


def posted_data(form: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """The data of this request's posted form; chosen files are stored and stand in it by their ids.

    Args:
        form: with its options, as `forms.choices` gives it.
        zone: in which clock times were typed (IANA).

    Raises:
        UploadRefused, TooLarge: a file that cannot be taken.
    """
    data: dict[str, Any] = {}
    for name, one in _inputs(form.get("components", []), ""):
        for value in _posted(one, name, zone):
            *groups, last = name.split(".")
            place = data
            for group in groups:
                place = place.setdefault(group, {})
            place[last] = value
    return data


def shown_value(one: Mapping[str, Any], data: Mapping[str, Any], name: str, zone: str) -> Any:
    """What the field `one` called `name` shows: what the data holds there, else the component's default value."""
    *groups, last = name.split(".")
    place: Any = data
    for group in groups:
        place = place.get(group) if isinstance(place, Mapping) else None
    value = place[last] if isinstance(place, Mapping) and last in place else one.get("defaultValue")
    return _local(value, one, zone) if one.get("type") == "datetime" else value


def kept_files(components: list[dict[str, Any]], data: Mapping[str, Any]) -> dict[str, Any]:
    """The visitor's own uploads that form data names: lists of `{id, name}` by the dotted name of their field."""
    pickers = [(name, one) for name, one in _inputs(components, "") if one["type"] == "filepicker"]
    found = {name: named_uploads(shown_value(one, data, name, "")) for name, one in pickers}
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
    key = field["key"] if field else None
    return {**form, "components": [one for one in form.get("components", []) if key is None or one.get("key") != key]}


def _inputs(components: list[dict[str, Any]], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every component with a key, those in groups too, by the dotted name of its place in the data."""
    for one in components:
        if one.get("type") == "group":
            yield from _inputs(one.get("components", []), f"{prefix}{one['path']}." if one.get("path") else prefix)
        elif one.get("key"):
            yield prefix + one["key"], one


def _posted(one: Mapping[str, Any], name: str, zone: str) -> Iterator[Any]:
    """The value of one field; none when the browser sent none, which is not the same as a blank one."""
    kind, values = one["type"], request.form
    if kind == "filepicker":
        kept = values.getlist(name)  # uploads of an earlier visit that are still ticked
        chosen = [_stored(file) for file in request.files.getlist(name) if file.filename]
        if kept or chosen:
            yield [*kept, *chosen] if one.get("multiple") else chosen or kept
    elif kind in _MANY:
        yield [_option(one, value) for value in values.getlist(name)]
    elif kind == "checkbox":
        yield name in values
    elif name in values and kind in _SINGLE:
        yield _single(one, values[name], zone) if values[name] else None


def _single(one: Mapping[str, Any], text: str, zone: str) -> Any:
    kind = one["type"]
    if kind == "number":
        return text if one.get("serializeToString") else _number(text)
    if kind == "datetime":
        return _with_zone(text, one, zone)
    return _option(one, text) if kind in _ONE_OF else text.replace("\r\n", "\n")


def _option(one: Mapping[str, Any], text: str) -> Any:
    """The option that the browser, which knows only texts, sends as `text`."""
    return next((choice["value"] for choice in one["values"] if str(choice["value"]) == text), text)


def _with_zone(text: str, one: Mapping[str, Any], zone: str) -> str:
    """A clock time as the form wants it: browsers send it without an offset."""
    if one.get("timeSerializingFormat", "no_timezone") == "no_timezone" or one.get("subtype", "date") == "date":
        return text
    try:
        if one["subtype"] == "time":
            return datetime.combine(_ANY_DAY, time.fromisoformat(text), ZoneInfo(zone)).isoformat().partition("T")[2]
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).isoformat()
    except ValueError:
        return text


def _local(value: Any, one: Mapping[str, Any], zone: str) -> Any:
    """The other way round: what an input of the browser can show."""
    if one.get("timeSerializingFormat", "no_timezone") == "no_timezone" or not isinstance(value, str):
        return value
    try:
        if one.get("subtype") == "time":
            at = datetime.combine(_ANY_DAY, time.fromisoformat(value))
            return at.astimezone(ZoneInfo(zone)).strftime("%H:%M") if at.tzinfo else value
        moment = datetime.fromisoformat(value)
        return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if moment.tzinfo else value
    except ValueError:
        return value


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
