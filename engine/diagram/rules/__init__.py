"""One rule per file. A rule is a module with a docstring (its section in docs/rules.md) and `check(context)`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from engine.diagram.rule import Rule

RULES: tuple[tuple[str, Rule], ...] = tuple(
    (found.name, cast(Rule, import_module(f"{__name__}.{found.name}"))) for found in iter_modules(__path__)
)
"""Every rule by its name, in alphabetical order."""
