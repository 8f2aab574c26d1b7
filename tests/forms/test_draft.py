"""Drafts: unfinished data is kept, junk is not, nothing is refused."""

import json
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.load import parse_form
from forms.validate import draft

FORM = parse_form(
    {
        "type": "default", "id": "uji",
        "components": [
            {"type": "textfield", "key": "a", "validate": {"required": True, "pattern": "^[0-9]+$"}},
            {"type": "number", "key": "b"},
            {"type": "checklist", "key": "c", "values": ["x", "y"]},
            {"type": "expression", "key": "d", "expression": "=1"},
            {"type": "group", "path": "g", "components": [{"type": "textfield", "key": "h"}]},
            {"type": "dynamiclist", "path": "r", "isRepeating": True,
             "components": [{"type": "textfield", "key": "s"}]},
        ],
    }
)  # fmt: skip


def test_invalid_values_are_kept_as_they_are() -> None:
    data = {"a": "belum angka", "b": "dua", "c": ["z"], "g": {"h": 5}, "r": [{"s": None}, {}]}
    assert draft(FORM, data) == data


def test_what_has_no_place_is_left_out() -> None:
    data = {
        "x": 1,
        "d": 2,
        "a": {"nested": 1},
        "g": {"h": "1", "y": 2},
        "r": [{"s": "1", "z": 2}, "junk"],
        "c": [["x"]],
    }
    assert draft(FORM, data) == {"g": {"h": "1"}, "r": [{"s": "1"}, {}]}


def test_what_cannot_be_stored_is_left_out() -> None:
    for value in ("a\x00b", "\ud800", "x" * 20_001, float("nan"), float("inf"), 10**400, ["a"] * 2001, object()):
        assert draft(FORM, {"a": value, "b": 1}) == {"b": 1}


def test_all_in_all_a_draft_stays_small() -> None:
    kept = draft(FORM, {"r": [{"s": "x" * 20_000}] * 500})
    assert len(json.dumps(kept)) < 210_000
    assert len(kept["r"]) == 200


def test_no_data_is_an_empty_draft() -> None:
    for data in (None, [], "a", 5):
        assert draft(FORM, data) == {}


keys = st.sampled_from(["a", "b", "c", "d", "g", "h", "r", "s", "lain"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(anything)
def test_a_draft_never_fails_and_is_stable(data: Any) -> None:
    kept = draft(FORM, data)
    json.dumps(kept, allow_nan=False).encode("ascii")
    assert draft(FORM, kept) == kept


def test_a_complete_draft_is_submittable(make: Callable[..., Any], check: Callable[..., dict[str, Any]]) -> None:
    data = {"a": "12", "b": 3, "c": ["x"], "g": {"h": "i"}, "r": [{"s": "t"}]}
    assert check(FORM, draft(FORM, data)) == data
