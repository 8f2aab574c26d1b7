"""The built-in functions of FEEL, one file per family; importing this package registers them all."""

from engine.feel.functions import (  # noqa: F401  # imported to register
    calendar,
    contexts,
    conversion,
    lists,
    numeric,
    ranges,
    statistics,
    strings,
    temporal,
)
