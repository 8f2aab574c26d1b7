"""Forms are compared field by field; where a field stands is told only when nothing else differs."""

import json
from typing import Any

from forms.compare import FieldDifference, compare_forms


def form(*components: dict[str, Any]) -> bytes:
    return json.dumps({"type": "default", "components": list(components)}).encode()


NAME = {"type": "textfield", "key": "nama", "label": "Nama", "layout": {"row": "1"}}
DATE = {"type": "datetime", "key": "lahir", "dateLabel": "Tanggal lahir"}


def test_fields_that_came_went_and_changed() -> None:
    old = form(NAME, {"type": "group", "path": "alamat", "components": [{"type": "textfield", "key": "kota"}]})
    new = form({**NAME, "label": "Nama lengkap"}, {"type": "group", "path": "alamat", "components": [DATE]})
    assert compare_forms(old, new) == [
        FieldDifference("removed", "alamat.kota", "kota"),
        FieldDifference("added", "alamat.lahir", "Tanggal lahir"),
        FieldDifference("changed", "nama", "Nama lengkap"),
    ]


def test_only_the_order_or_nothing() -> None:
    assert compare_forms(form(NAME, DATE), form({**NAME, "layout": {"row": "2"}}, DATE)) == []
    assert compare_forms(form(NAME, DATE), form(DATE, NAME)) == [FieldDifference("changed", "", "")]


def test_broken_forms_are_compared_too() -> None:
    assert compare_forms(b"{", b"{") == []
    assert [one.kind for one in compare_forms(form(NAME), b"{")] == ["removed", "added"]
    assert compare_forms(b"[1]", b'{"components": 3}') == []
