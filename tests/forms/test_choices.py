"""Options as they are offered now: fixed, from a variable, computed; what cannot be offered is no error."""

from datetime import UTC, datetime
from typing import Any

import pytest

from forms.choices import with_choices

NOW = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
AB = [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]


@pytest.mark.parametrize(
    ("source", "offered"),
    [
        ({"values": ["a", {"value": "b"}, {"label": "tanpa nilai"}]}, AB),
        ({"valuesKey": "huruf"}, AB),
        ({"valuesKey": "tidakada"}, []),
        ({"valuesExpression": "=concatenate(huruf, [])"}, AB),
        ({"valuesExpression": "=1 +"}, []),
        ({"values": "a"}, []),
    ],
)
def test_options_in_a_group_too(source: dict[str, Any], offered: list[dict[str, Any]]) -> None:
    field = {"type": "select", "key": "s", **source}
    form = {"components": [field, {"type": "group", "components": [field]}, {"type": ["rusak"]}, "rusak"]}
    first, group, odd = with_choices(form, {"huruf": ["a", "b"]}, NOW)["components"]
    assert first["values"] == group["components"][0]["values"] == offered
    assert odd == {"type": ["rusak"]}
