"""Form definitions: what is refused, where and why, all at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from forms.errors import FormRefused
from forms.load import MAX_BYTES, parse_form

Problems = Callable[..., list[dict[str, Any]]]


def field(kind: str = "textfield", **more: Any) -> dict[str, Any]:
    return {"type": kind, "key": "a"} | more


CHOICES = [{"label": "Ya", "value": "ya"}, {"label": "Tidak", "value": "tidak"}]

BAD: dict[str, tuple[str, dict[str, Any]]] = {
    "unknown type": ("type", field("teks")),
    "no key": ("key", {"type": "textfield"}),
    "key with a blank": ("key", field(key="nama lengkap")),
    "key with a digit first": ("key", field(key="1a")),
    "key with an empty part": ("key", field(key="a..b")),
    "key not ASCII": ("key", field(key="é")),
    "group path": ("key", {"type": "group", "path": "a b", "components": []}),
    "list without path": ("key", {"type": "dynamiclist", "isRepeating": True, "components": []}),
    "key is no text": ("shape", field(key=5)),
    "validate is no object": ("shape", field(validate=[])),
    "components is no list": ("shape", {"type": "group", "components": {}}),
    "misspelt rule": ("validate", field(validate={"requierd": True})),
    "rule of another type": ("validate", field("number", validate={"minLength": 3})),
    "pattern on a textarea that is none": ("pattern", field(validate={"pattern": "(a"})),
    "lookahead": ("pattern", field(validate={"pattern": "^(?=a)b"})),
    "back reference": ("pattern", field(validate={"pattern": r"(a)\1"})),
    "pattern too long": ("pattern", field(validate={"pattern": "a" * 1001})),
    "pattern too large": ("pattern", field(validate={"pattern": "((a{1000}){1000}){1000}"})),
    "length limits": ("limits", field(validate={"minLength": 5, "maxLength": 2})),
    "length above the bound": ("limits", field(validate={"maxLength": 1_000_000})),
    "length no whole number": ("limits", field(validate={"maxLength": 2.5})),
    "number limits": ("limits", field("number", validate={"min": 5, "max": 2})),
    "limit is no number": ("shape", field("number", validate={"min": "lima"})),
    "limit is endless": ("shape", field("number", validate={"min": "1e999999999"})),
    "negative step": ("limits", field("number", increment=-1)),
    "decimal digits": ("shape", field("number", decimalDigits=-1)),
    "date subtype": ("shape", field("datetime", subtype="tanggal")),
    "time format": ("shape", field("datetime", subtype="time", timeSerializingFormat="lokal")),
    "no options": ("options", field("radio")),
    "two kinds of options": ("options", field("select", values=CHOICES, valuesKey="pilihan")),
    "empty options": ("options", field("select", values=[])),
    "option without value": ("options", field("select", values=[{"label": "Ya"}])),
    "option twice": ("options", field("select", values=[*CHOICES, CHOICES[0]])),
    "default no option": ("default", field("select", values=CHOICES, defaultValue="mungkin")),
    "default too long": ("default", field(defaultValue="abc", validate={"maxLength": 2})),
    "default of another type": ("default", field("number", defaultValue="lima")),
    "file type": ("files", field("filepicker", accept=".exe")),
    "file size": ("files", field("filepicker", properties={"maksMB": "banyak"})),
    "decision on a text": ("decision", field(properties={"keputusan": "true"})),
    "decision in a list": (
        "decision",
        {"type": "dynamiclist", "path": "d", "isRepeating": True,
         "components": [field("radio", values=CHOICES, properties={"keputusan": "true"})]},
    ),
    "property neither true nor false": ("property", field("radio", values=CHOICES, properties={"keputusan": "ya"})),
    "semuaWajib elsewhere": ("kelengkapan", field("checklist", values=CHOICES, properties={"semuaWajib": "true"})),
    "semuaWajib without required": (
        "kelengkapan",
        field("checklist", key="kelengkapan", values=CHOICES, properties={"semuaWajib": "true"}),
    ),
    "tanpaKelengkapan without decision": (
        "kelengkapan",
        field("checklist", key="kelengkapan", values=CHOICES, validate={"required": True},
              properties={"semuaWajib": "true", "tanpaKelengkapan": "tidak"}),
    ),
    "condition without =": ("feel", field(conditional={"hide": "b = 1"})),
    "condition is no FEEL": ("feel", field(conditional={"hide": "=b ="})),
    "computed without FEEL": ("feel", field("expression", expression="=1 +")),
    "limit is no FEEL": ("feel", field("number", validate={"min": "=("})),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "component"), BAD.values(), ids=BAD.keys())
def test_bad_components_are_refused_with_place_and_cure(
    problems: Problems, rule: str, component: dict[str, Any]
) -> None:
    found = problems({"type": "text", "text": "judul"}, component | {"label": "Isian A"})
    assert [problem["rule"] for problem in found] == [rule]
    (problem,) = found
    assert problem["element"].startswith("components[1]")
    assert problem["name"] in ("Isian A", "")
    assert problem["message"].startswith("Expected")
    assert problem["cure"]


def test_all_problems_come_in_one_answer_with_their_paths(problems: Problems) -> None:
    found = problems(
        field("teks"),
        {"type": "group", "path": "g", "components": [field(key="x y"), field("number", key="n", increment=0)]},
        field("radio", key="r"),
    )
    assert [(one["element"], one["rule"]) for one in found] == [
        ("components[0] (a)", "type"),
        ("components[1] (g).components[0] (x y)", "key"),
        ("components[1] (g).components[1] (n)", "limits"),
        ("components[2] (r)", "options"),
    ]


@pytest.mark.parametrize(
    "pair",
    [
        (field(), field("number")),
        (field(), field(key="a.b")),
        (field(key="a.b"), field()),
        (field(), {"type": "group", "path": "a", "components": []}),
        (field(), {"type": "dynamiclist", "path": "a", "isRepeating": True, "components": []}),
        ({"type": "dynamiclist", "path": "a", "isRepeating": True, "components": []}, field(key="a.b")),
        (field(), {"type": "group", "components": [field()]}),
    ],
)
def test_two_components_never_share_a_place(problems: Problems, pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert [one["rule"] for one in problems(*pair)] == ["key"]


def test_groups_may_share_a_path(problems: Problems) -> None:
    group = {"type": "group", "path": "g"}
    assert problems(group | {"components": [field()]}, group | {"components": [field(key="b")]}, field(key="g.c")) == []


def test_ids_are_unique(problems: Problems) -> None:
    assert [one["rule"] for one in problems(field(id="x"), field(key="b", id="x"))] == ["id"]


def test_one_decision_only(problems: Problems) -> None:
    decision = field("radio", values=CHOICES, properties={"keputusan": "true"})
    assert [one["rule"] for one in problems(decision, decision | {"key": "b"})] == ["decision"]


@pytest.mark.parametrize(
    ("root", "rule"),
    [
        ({"id": None}, "id"), ({"id": ""}, "id"), ({"id": "a\nb"}, "id"), ({"type": "form"}, "type"),
        ({"schemaVersion": 20}, "version"), ({"schemaVersion": "19"}, "shape"), ({"components": "a"}, "shape"),
        ({"components": ["a"]}, "shape"),
    ],
)  # fmt: skip
def test_bad_roots(problems: Problems, root: dict[str, Any], rule: str) -> None:
    assert [one["rule"] for one in problems(**root)] == [rule]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[]", b"null", b"{", b"\xff\xfe\x00", b'{"id": "a", "id": "b"}', b'{"id": "a", "n": NaN}',
        b'{"a":' * 5000, b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}", b" " * (MAX_BYTES + 1),
    ],
)  # fmt: skip
def test_what_is_no_definition_is_refused(data: bytes) -> None:
    with pytest.raises(FormRefused) as refusal:
        parse_form(data)
    assert refusal.value.status == 422
    assert refusal.value.detail.startswith("Expected")


def test_depth_and_size_are_bounded(problems: Problems) -> None:
    nested: dict[str, Any] = field()
    for _ in range(30):
        nested = {"type": "group", "components": [nested]}
    assert [one["rule"] for one in problems(nested)] == ["depth"]
    assert [one["rule"] for one in problems(*(field(key=f"a{n}") for n in range(501)))] == ["size"]
    flood = problems(*({"type": "?"} for _ in range(400)))
    assert len(flood) == 200


def test_bytes_and_objects_give_the_same_form() -> None:
    document = {"type": "default", "id": "uji", "schemaVersion": 19, "components": [field(label="Nama")]}
    assert parse_form(json.dumps(document).encode()) == parse_form(document)
    assert json.loads(parse_form(document).source) == document


@pytest.mark.parametrize(
    "kind", ["text", "html", "image", "table", "button", "separator", "spacer", "iframe", "documentPreview"]
)
def test_display_components_hold_no_data(
    make: Callable[..., Any], errors: Callable[..., dict[str, str]], kind: str
) -> None:
    form = make({"type": kind, "id": "x", "label": "L"}, field())
    assert errors(form, {"a": "b"}) == {}
    assert list(errors(form, {"x": 1})) == ["x"]
