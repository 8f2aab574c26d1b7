"""Built-in functions on contexts.

Owns reading, putting and merging entries; contexts are never changed in place.
"""

from typing import Any

from engine.feel.code import Frame
from engine.feel.functions.registry import built_in


@built_in("get value(m: context, key: string)")
def _get_value(context: dict[str, Any], key: str) -> Any:
    return context.get(key)


@built_in("get value(context: context, keys: list)")
def _get_nested(context: dict[str, Any], keys: list[Any]) -> Any:
    value: Any = context if keys else None
    for key in keys:
        value = value.get(key) if isinstance(value, dict) and isinstance(key, str) else None
    return value


@built_in("get entries(m: context)", "list", frame=True)
def _get_entries(frame: Frame, context: dict[str, Any]) -> list[dict[str, Any]]:
    frame.account.charge(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@built_in("context(entries: list)", "context")
def _context(entries: list[Any]) -> dict[str, Any] | None:
    made: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@built_in("context put(context: context, key: string, value: Any)", "context", frame=True)
def _context_put(frame: Frame, context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    frame.account.charge(len(context))
    return {**context, key: value}


@built_in("context put(context: context, keys: list, value: Any)", "context", frame=True)
def _context_put_nested(frame: Frame, context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any] | None:
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    frame.account.charge(len(context))
    key, *others = keys
    if not others:
        return {**context, key: value}
    inner = context.get(key)
    if not isinstance(inner, dict):
        return None
    put = _context_put_nested(frame, inner, others, value)
    return None if put is None else {**context, key: put}


@built_in("context merge(contexts: list)", "context", frame=True)
def _context_merge(frame: Frame, contexts: list[Any]) -> dict[str, Any] | None:
    merged: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        frame.account.charge(len(context))
        merged.update(context)
    return merged
