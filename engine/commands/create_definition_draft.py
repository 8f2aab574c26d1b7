"""Begins a draft: from the deployed version, from another SOP as a template, from a small drawing, or from nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.diagram.edit import copied_as
from engine.documents.sheet import Performer
from engine.documents.start_empty import start_empty
from engine.documents.start_template import start_template
from engine.documents.table_identity import slug_of
from engine.drafting import begin, deployed_files, require_editor, require_key, saved
from engine.errors import InvalidInput
from engine.storage.definitions import StoredDefinition, by_id, find_id, last_version
from engine.storage.drafts import draft_row
from engine.storage.people import all_roles
from engine.storage.unit_of_work import Connection

LONGEST_NAME = 400
LONGEST_SLUG = 80
MOST_PERFORMERS, LONGEST_PERFORMER = 40, 200
RESERVED = frozenset({"baru", "impor", "periksa", "waktu", "feel"})  # addresses of pages beside /sop/<key>
Files = Mapping[str, Mapping[str, bytes]]


def create_definition_draft(
    context: Context, actor: Actor, key: str | None, *, name: str = "", template: str | None = None,
    performers: Sequence[str] | None = None, must_be_new: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Makes the draft `key` unless there is one already, which then stays as it is.

    Args:
        key: None makes one from the name.
        name: of a new SOP.
        performers: names for the lanes of a new SOP that begins from nothing; one that names a role gets it.
        must_be_new: refuse a key that has a draft or a version already.
        template: the key of a deployed SOP whose drawing, forms and decisions a new SOP begins with.

    Returns:
        `{key, name, profile, version, etag, created}`.

    Raises:
        Forbidden: no analyst. InvalidInput: a key that cannot be, a new SOP without a name or performers.
        NotFound: no such template.
    """
    require_editor(actor)
    key = slug_of(name)[:LONGEST_SLUG].strip("-") if key is None else key
    require_key(key)
    if key in RESERVED:
        raise _taken(key)
    with context.database.write() as connection:
        known, version = draft_row(connection, key, lock=True), last_version(connection, key)
        if must_be_new and (known is not None or version):
            raise _taken(key)
        if known is not None:
            return saved(known) | {"created": False}

        if version:
            stored = by_id(connection, find_id(connection, key))
            values, files = _from_deployed(connection, stored)
        else:
            values, files = _new(connection, key, name.strip(), template, performers)

        row = begin(context, connection, actor, values | {"key": key}, files)
        return saved(row) | {"created": True}


def _taken(key: str) -> InvalidInput:
    return InvalidInput(f"Expected a key that is free, but '{key}' is taken.",
                        [{"field": "key", "message": f'Kunci "{key}" sudah dipakai; isi kunci lain.'}])


def _from_deployed(connection: Connection, stored: StoredDefinition) -> tuple[dict[str, Any], Files]:
    values = {"name": stored.name, "profile": stored.profile, "xml": stored.xml}
    return values, deployed_files(connection, stored.key, stored.xml)


def _new(
    connection: Connection, key: str, name: str, template: str | None, performers: Sequence[str] | None
) -> tuple[dict[str, Any], Files]:
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput(
            f"Expected a name of 1 to {LONGEST_NAME} characters for a new SOP, but got {len(name)}.",
            [{"field": "name", "message": f"Isi nama SOP, paling panjang {LONGEST_NAME} huruf."}],
        )
    if template is None:
        lanes = None if performers is None else _lanes(connection, performers)
        xml, forms = start_template(key, name) if lanes is None else start_empty(key, name, lanes)
        return {"name": name, "profile": "sop", "xml": xml}, {"form": forms, "decision": {}}
    stored = by_id(connection, find_id(connection, template))
    files = deployed_files(connection, template, stored.xml)
    renamed = {_renamed(form, template, key): body for form, body in files["form"].items()}
    values = {"name": name, "profile": stored.profile, "xml": copied_as(stored.xml, key, name)}
    return values, {"form": renamed, "decision": files["decision"]}


def _lanes(connection: Connection, performers: Sequence[str]) -> list[Performer]:
    names = [name.strip() for name in performers if name.strip()]
    message = ""
    if not 1 <= len(names) <= MOST_PERFORMERS:
        message = f"Tulis 1 sampai {MOST_PERFORMERS} pelaksana, satu baris satu."
    elif any(len(name) > LONGEST_PERFORMER for name in names):
        message = f"Nama pelaksana paling panjang {LONGEST_PERFORMER} huruf."
    elif len({name.casefold() for name in names}) < len(names):
        message = "Setiap pelaksana ditulis sekali saja."
    if message:
        raise InvalidInput("Expected performers, each once, one a line.", [{"field": "performers", "message": message}])
    known = {word.casefold(): row.key for row in all_roles(connection) for word in (row.name, row.key)}
    roles = [known.get(name.casefold(), "") for name in names]
    kinds = ["pemohon" if role == "pemohon" else "pegawai" for role in roles]
    return [Performer(*facts) for facts in zip(names, roles, kinds, strict=True)]


def _renamed(form: str, template: str, key: str) -> str:
    """Form keys begin with the key of their SOP."""
    return f"{key}.{form.removeprefix(f'{template}.')}" if form.startswith(f"{template}.") else form
