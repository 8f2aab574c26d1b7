"""Changes a stored setting of the site: region, contact, announcement."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.site import read_value
from engine.storage.history import append_administration
from engine.storage.site import load_site, put_setting


def change_setting(context: Context, actor: Actor | None, key: str, value: Any, reason: str) -> dict[str, Any]:
    """Writes `value` and returns `{key, reason, old, new}`; the same value again is no event.

    Raises:
        Forbidden: the actor is no administrator. InvalidInput: an unknown key, a wrong value, or no reason.
    """
    rules.require_administrator(actor)
    value, reason = read_value(key, value), rules.text("reason", reason, 500)

    with context.database.write() as connection:
        old = getattr(load_site(connection), key)
        data = {"key": key, "reason": reason, "old": {key: old}, "new": {key: value}}
        if value != old:
            put_setting(connection, key, value)
            append_administration(connection, actor, "setting_changed", data, context.clock.now())
    return data
