"""The chain finds every change, and says which entry."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.history.chain import Entry, canonical, check, genesis, moment, seal

AT = moment(datetime(2026, 3, 5, 1, 0, tzinfo=UTC))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
histories = st.lists(st.dictionaries(st.text(max_size=5), json_values, max_size=3), min_size=2, max_size=8)


def chain(instance_id: str, data: list[dict[str, Any]]) -> list[Entry]:
    entries, head = [], genesis(instance_id)
    for seq, one in enumerate(data, 1):
        text = canonical(one)
        head = seal(instance_id, seq, head, "task_completed", "kegiatan_1", AT, None, text)
        entries.append(Entry(instance_id, seq, "task_completed", "kegiatan_1", AT, None, text, head))
    return entries


def replaced(entry: Entry, **values: Any) -> Entry:
    fields = {name: getattr(entry, name) for name in Entry.__slots__} | values
    return Entry(**fields)


@given(histories)
def test_an_untouched_chain_holds(data: list[dict[str, Any]]) -> None:
    assert check("a", chain("a", data)) == []


@given(histories, st.data())
def test_a_changed_entry_is_named(data: list[dict[str, Any]], draw: st.DataObject) -> None:
    entries = chain("a", data)
    place = draw.draw(st.integers(0, len(entries) - 1))
    entries[place] = replaced(entries[place], data=canonical({"changed": json.loads(entries[place].data)}))
    assert [(one.seq, one.kind) for one in check("a", entries)] == [(place + 1, "changed")]


@given(histories, st.data())
def test_a_missing_entry_is_named(data: list[dict[str, Any]], draw: st.DataObject) -> None:
    entries = chain("a", data)
    place = draw.draw(st.integers(0, len(entries) - 2))
    del entries[place]
    assert (place + 1, "missing") in [(one.seq, one.kind) for one in check("a", entries)]


def test_an_entry_that_stands_again_is_named_wherever_it_stands() -> None:
    entries = chain("a", [{"n": 1}, {"n": 2}, {"n": 3}])
    forged = replaced(entries[0], data=canonical({"n": 9}))
    for place in (1, 2, 3):
        told = [(one.seq, one.kind) for one in check("a", [*entries[:place], forged, *entries[place:]])]
        assert told == [(1, "inserted")]


def test_swapped_entries_are_named() -> None:
    entries = chain("a", [{"n": 1}, {"n": 2}, {"n": 3}])
    entries[0], entries[1] = (
        replaced(entries[0], data=entries[1].data), replaced(entries[1], data=entries[0].data)
    )  # fmt: skip
    assert {one.seq for one in check("a", entries)} == {1, 2}


def test_a_resealed_entry_breaks_the_next() -> None:
    entries = chain("a", [{"n": 1}, {"n": 2}, {"n": 3}])
    forged = canonical({"n": 9})
    hash_ = seal("a", 2, entries[0].hash, "task_completed", "kegiatan_1", AT, None, forged)
    entries[1] = replaced(entries[1], data=forged, hash=hash_)
    assert [one.seq for one in check("a", entries)] == [3]


def test_a_chain_cannot_move_to_another_instance() -> None:
    entries = [replaced(entry, instance_id="b") for entry in chain("a", [{"n": 1}])]
    assert [one.seq for one in check("b", entries)] == [1]


def test_the_hash_covers_canonical_json_of_the_whole_entry() -> None:
    from hashlib import sha256

    entry = chain("a", [{"é": [1, None], "b": 'quo"te'}])[0]
    whole = {
        "actor": None, "at": AT, "data": {"é": [1, None], "b": 'quo"te'}, "element_id": "kegiatan_1",
        "instance_id": "a", "previous": genesis("a"), "seq": 1, "type": "task_completed",
    }  # fmt: skip
    assert entry.hash == sha256(canonical(whole).encode()).hexdigest()
