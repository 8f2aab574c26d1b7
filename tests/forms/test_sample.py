"""Made-up data is always valid."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.kinds.text_sample import matching_text, words
from forms.load import parse_form
from forms.patterns import compile_pattern
from forms.sample import SampleImpossible, attachment_lookup, valid_data
from forms.validate import validate

NOW = datetime(2026, 12, 28, 20, 0, tzinfo=UTC)
CHOICES = [{"label": "Ya", "value": "ya"}, {"label": "Tidak", "value": "tidak"}, {"label": "Tunda", "value": "tunda"}]
PATTERNS = [
    r"^\d{16}$", r"^[A-Z]{1,2} \d{1,4} [A-Z]{1,3}$", r"^(ya|tidak)$", r"^\S+@\S+\.go\.id$", r"^0812\d{6,8}$",
    r"^[^a-z]{3}$", r"\bSK-\w+\b", r"^(?:\d{2}\.){4}\d{3}$", r"^[\d\-/]+$", r"^a?b*c+$", r"^.{5,9}$", r"^\(021\) \d+$",
    r"^[A-Za-z '.,-]{3,}$", r"^(?P<tahun>20\d\d)/\d+$", r"^[]x]{2}$",
]  # fmt: skip

required = st.booleans()


def text_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    rules = st.one_of(
        st.fixed_dictionaries({"minLength": st.integers(0, 30), "maxLength": st.integers(30, 90)}),
        st.fixed_dictionaries({"validationType": st.sampled_from(["email", "phone", "custom", ""])}),
        st.fixed_dictionaries({"pattern": st.sampled_from(PATTERNS)}),
    )
    return st.builds(
        lambda rule, must: {"type": "textfield", "key": key, "validate": rule | {"required": must}}, rules, required
    )


def area_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda low, must: {"type": "textarea", "key": key, "validate": {"minLength": low, "required": must}},
        st.integers(0, 3000), required,
    )  # fmt: skip


def number_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda digits, low, width, as_text, must: {
            "type": "number", "key": key, "serializeToString": as_text,
            "validate": {"min": low, "max": low + width, "required": must},
        } | ({} if digits is None else {"decimalDigits": digits}),
        st.none() | st.integers(0, 4), st.integers(-1000, 1000), st.integers(0, 10**6), st.booleans(), required,
    )  # fmt: skip


def moment_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda subtype, zone, past, must: {
            "type": "datetime", "key": key, "subtype": subtype, "timeSerializingFormat": zone,
            "disallowPassedDates": past, "validate": {"required": must},
        },
        st.sampled_from(["date", "time", "datetime"]),
        st.sampled_from(["no_timezone", "utc_offset", "utc_normalized"]), st.booleans(), required,
    )  # fmt: skip


def choice_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda kind, must: {"type": kind, "key": key, "values": CHOICES, "validate": {"required": must}},
        st.sampled_from(["radio", "select", "checklist", "taglist"]), required,
    )  # fmt: skip


def file_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda accept, many, must: {
            "type": "filepicker", "key": key, "accept": accept, "multiple": many, "validate": {"required": must}
        },
        st.sampled_from(["", ".pdf", ".docx,.xlsx", "image/*", "text/csv"]), st.booleans(), required,
    )  # fmt: skip


def tick_field(key: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda must: {"type": "checkbox", "key": key, "validate": {"required": must}}, required)


FIELDS = [text_field, area_field, number_field, moment_field, choice_field, file_field, tick_field]


@st.composite
def components(draw: st.DrawFn, depth: int = 0) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 5))):
        key = f"f{depth}_{number}"
        kind = draw(st.integers(0, len(FIELDS) + (1 if depth < 2 else -1)))
        if kind < len(FIELDS):
            made.append(draw(FIELDS[kind](key)))
        else:
            wrapper = {"type": "group", "path": key} if kind == len(FIELDS) else {
                "type": "dynamiclist", "path": key, "isRepeating": True
            }  # fmt: skip
            made.append(wrapper | {"components": draw(components(depth + 1))})
        if draw(st.booleans()):
            hide = draw(st.sampled_from(['=pilih = "ya"', '=pilih != "ya"', "=angka > 5", "=f0_0 = null", "=false"]))
            made[-1]["conditional"] = {"hide": hide}
    return made


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    fixed: list[dict[str, Any]] = [
        {"type": "radio", "key": "pilih", "values": CHOICES, "properties": {"keputusan": "true"}},
        {"type": "number", "key": "angka", "decimalDigits": 0, "validate": {"min": 0, "max": 10}},
        {"type": "checklist", "key": "kelengkapan", "values": CHOICES, "validate": {"required": True},
         "properties": {"semuaWajib": "true", "tanpaKelengkapan": draw(st.sampled_from(["", "tidak"]))}},
    ]  # fmt: skip
    return {"type": "default", "id": "acak", "components": fixed + draw(components())}


@settings(max_examples=150, deadline=None)
@given(forms(), st.sampled_from([None, "ya", "tidak", "tunda"]), st.integers(0, 2**32))
def test_made_up_data_is_always_valid(document: dict[str, Any], decision: str | None, seed: int) -> None:
    form = parse_form(document)
    data = valid_data(form, decision, seed, now=NOW)
    kept = validate(form, data, attachments=attachment_lookup, now=NOW)
    assert valid_data(form, decision, seed, now=NOW) == data
    if decision is not None:
        assert kept["pilih"] == decision
    assert validate(form, kept, attachments=attachment_lookup, now=NOW) == kept


def test_seeds_differ(make: Callable[..., Any]) -> None:
    form = make({"type": "textfield", "key": "a", "validate": {"pattern": r"^\d{16}$", "required": True}})
    assert len({valid_data(form, None, seed)["a"] for seed in range(50)}) == 50


def test_a_decision_the_form_does_not_have_is_refused(make: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="has none"):
        valid_data(make(), "ya", 1)
    form = make({"type": "radio", "key": "a", "values": CHOICES, "properties": {"keputusan": "true"}})
    with pytest.raises(ValueError, match="mungkin"):
        valid_data(form, "mungkin", 1)


def test_an_example_of_the_analyst_goes_first(make: Callable[..., Any]) -> None:
    field = {"type": "textfield", "key": "a", "validate": {"pattern": r"^\pL+$"}, "properties": {"contoh": "Budi"}}
    assert valid_data(make(field), None, 1) == {"a": "Budi"}


def test_what_cannot_be_made_up_is_named_with_its_cure(make: Callable[..., Any]) -> None:
    field = {"type": "textfield", "key": "a", "validate": {"pattern": r"^[[:cntrl:]]{2}$"}}
    with pytest.raises(SampleImpossible, match=r"^g\.a: .*contoh"):
        valid_data(make({"type": "group", "path": "g", "components": [field]}), None, 1)
    stuck = {"type": "number", "key": "n", "increment": 10, "validate": {"min": 1, "max": 9}}
    with pytest.raises(SampleImpossible, match="increment"):
        valid_data(make(stuck), None, 1)
    empty = {"type": "select", "key": "s", "valuesKey": "pilihan", "validate": {"required": True}}
    with pytest.raises(SampleImpossible, match="variables"):
        valid_data(make(empty), None, 1)
    assert valid_data(make(empty), None, 1, variables={"pilihan": ["x"]}) == {"s": "x"}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_are_written_for_common_patterns(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    texts = [matching_text(pattern, Random(seed)) for seed in range(50)]
    assert sum(compiled.search(text) is not None for text in texts) >= 25, texts


@pytest.mark.parametrize(
    "pattern", ["(" * 400 + "a" + ")" * 400, "(((((((((((a{9}){9}){9}){9}){9}){9}", "((((((((((a+)+)+)+)+)+)+)+)+)+)+"]
)
def test_hostile_patterns_are_given_up_quickly(pattern: str) -> None:
    begin = time.process_time()
    assert len(matching_text(pattern, Random(1))) < 10_000
    assert time.process_time() - begin < 2


@given(st.text(max_size=60), st.integers(0, 99))
def test_any_text_can_be_tried_as_a_pattern(pattern: str, seed: int) -> None:
    assert isinstance(matching_text(pattern, Random(seed)), str)


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers())
def test_words_have_the_wanted_length(least: int, width: int, seed: int) -> None:
    text = words(Random(seed), max(least, 1), max(least, 1) + width)
    assert max(least, 1) <= len(text) <= max(least, 1) + width
    assert text == text.strip()
