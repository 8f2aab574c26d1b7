"""Reading settings from environment variables: flags, numbers, choices; every complaint names its variable."""

from collections.abc import Mapping

_TRUE = frozenset({"1", "true", "yes", "on", "ya"})
_FALSE = frozenset({"", "0", "false", "no", "off", "tidak"})


class BadSetting(ValueError):
    """A setting that cannot be understood; the message names the variable and what it expects."""


def flag(env: Mapping[str, str], name: str) -> bool:
    """Whether a variable says yes. Raises BadSetting for what is neither yes nor no."""
    text = env.get(name, "").strip().lower()
    if text not in _TRUE | _FALSE:
        raise BadSetting(f"Expected {name} to be 1 or 0, but got '{text}'.")
    return text in _TRUE


def integer(env: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    """The whole number of a variable. Raises BadSetting outside `lowest` to `highest`."""
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise BadSetting(f"Expected {name} to be a whole number from {lowest} to {highest}, but got '{text}'.")
    return int(text)


def choice(env: Mapping[str, str], name: str, default: str, words: tuple[str, ...]) -> str:
    """One of `words`. Raises BadSetting for another."""
    text = env.get(name) or default
    if text not in words:
        raise BadSetting(f"Expected {name} to be one of {', '.join(words)}, but got '{text}'.")
    return text


def required(env: Mapping[str, str], name: str, because: str) -> str:
    """A variable that must be there. Raises BadSetting."""
    text = env.get(name, "").strip()
    if not text:
        raise BadSetting(f"Expected {name}, because {because} is set, but it is empty.")
    return text
