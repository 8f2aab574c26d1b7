"""Judges a diagram without storing anything."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.storage.definitions import newest_forms
from engine.validation import judge, peek_key


def validate_definition(
    context: Context, actor: Actor, xml: bytes, *, profile: str = "sop", forms: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """All findings on a diagram: `{valid, findings[], prepared[]}`; never refuses a bad diagram, it describes it.

    Without `forms`, the forms of the version deployed before count as given.

    Raises:
        InvalidInput: an unknown profile.
    """
    with context.database.read() as connection:
        bodies = forms if forms is not None else newest_forms(connection, peek_key(xml))
        return judge(connection, xml, profile, bodies).to_dict()
