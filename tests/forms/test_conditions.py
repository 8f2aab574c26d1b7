"""Hidden and locked fields, computed limits and options: FEEL on the server as in the browser."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

Make = Callable[..., Any]
Check = Callable[..., dict[str, Any]]
Errors = Callable[..., dict[str, str]]

KIND = {"type": "select", "key": "jenis", "values": ["orang", "usaha"]}
NUMBER = {
    "type": "textfield", "key": "npwp", "validate": {"required": True}, "conditional": {"hide": '=jenis != "usaha"'}
}  # fmt: skip


def test_a_hidden_field_is_dropped_and_not_required(make: Make, check: Check, errors: Errors) -> None:
    form = make(KIND, NUMBER)
    assert check(form, {"jenis": "orang", "npwp": "titipan"}) == {"jenis": "orang"}
    assert check(form, {"jenis": "orang"}) == {"jenis": "orang"}
    assert errors(form, {"jenis": "usaha"}) == {"npwp": "Wajib diisi."}
    assert check(form, {"jenis": "usaha", "npwp": "1"}) == {"jenis": "usaha", "npwp": "1"}


def test_even_junk_in_a_hidden_field_is_dropped(make: Make, check: Check) -> None:
    assert check(make(KIND, NUMBER), {"jenis": "orang", "npwp": [{"x": 1}]}) == {"jenis": "orang"}


def test_only_true_hides(make: Make, check: Check) -> None:
    for condition in ("=null", '="ya"', "=1", "=tidak_ada", '=tidak_ada = "x"', "=not(jenis)"):
        form = make(KIND, NUMBER | {"conditional": {"hide": condition}})
        assert check(form, {"npwp": "1"})["npwp"] == "1", condition


def test_a_hidden_field_does_not_exist_for_other_conditions(make: Make, check: Check, errors: Errors) -> None:
    chain = [
        {"type": "checkbox", "key": "a"},
        *(
            {"type": "textfield", "key": name, "conditional": {"hide": hide}}
            for name, hide in (("b", "=a"), ("c", "=b = null"), ("d", "=c != null"))
        ),
    ]
    form = make(*chain)
    assert check(form, {"a": False, "b": "1", "c": "2"}) == {"a": False, "b": "1", "c": "2"}
    assert check(form, {"a": True, "b": "1", "c": "2", "d": "3"}) == {"a": True, "d": "3"}
    assert check(form, {"a": True, "d": "3"}) == {"a": True, "d": "3"}


def test_fields_that_hide_each_other_come_to_an_end(make: Make, check: Check) -> None:
    form = make(
        {"type": "textfield", "key": "a", "conditional": {"hide": "=b != null"}},
        {"type": "textfield", "key": "b", "conditional": {"hide": "=a != null"}},
    )
    assert check(form, {"a": "1", "b": "2"})["a"] in ("1", None)
    assert check(form, {"a": "1"}) == {"a": "1"}


def test_a_hidden_group_hides_everything_in_it(make: Make, check: Check, errors: Errors) -> None:
    required = {"type": "textfield", "key": "x", "validate": {"required": True}}
    hide = {"conditional": {"hide": '=jenis = "orang"'}}
    inner = {"type": "group", "path": "dalam", "components": [required]}
    rows = {"type": "dynamiclist", "path": "baris", "isRepeating": True, "components": [required]}
    form = make(KIND, {"type": "group", "path": "g", "components": [inner, rows]} | hide, {
        "type": "group", "components": [required | {"key": "y"}]} | hide)  # fmt: skip
    hostile = {"jenis": "orang", "g": {"dalam": {"x": 5}, "baris": [{"x": "1"}]}, "y": "2"}
    assert check(form, hostile) == {"jenis": "orang"}
    assert check(form, {"jenis": "orang", "g": {}}) == {"jenis": "orang"}
    assert set(errors(form, {"jenis": "usaha"})) == {"g.dalam.x", "y"}


def list_form(make: Make, hide: str) -> Any:
    return make(
        KIND,
        {"type": "dynamiclist", "path": "orang", "isRepeating": True, "components": [
            {"type": "textfield", "key": "nama"},
            {"type": "checkbox", "key": "wni"},
            {"type": "textfield", "key": "paspor", "validate": {"required": True}, "conditional": {"hide": hide}},
        ]},
    )  # fmt: skip


def test_conditions_in_a_list_see_their_own_row(make: Make, check: Check, errors: Errors) -> None:
    form = list_form(make, "=this.wni")
    data = {"orang": [{"nama": "A", "wni": True, "paspor": "x"}, {"nama": "B", "wni": False, "paspor": "P1"}]}
    assert check(form, data)["orang"] == [{"nama": "A", "wni": True}, {"nama": "B", "wni": False, "paspor": "P1"}]
    assert errors(form, {"orang": [{"wni": True}, {"wni": False}, {}]}) == {
        "orang.1.paspor": "Wajib diisi.",
        "orang.2.paspor": "Wajib diisi.",
    }


@pytest.mark.parametrize("hide", ['=parent.jenis = "usaha"', '=jenis = "usaha"', "=i[1] > 0", "=count(orang) = 1"])
def test_conditions_in_a_list_see_what_surrounds_it(make: Make, check: Check, hide: str) -> None:
    data = {"jenis": "usaha", "orang": [{"nama": "A", "wni": False}]}
    assert check(list_form(make, hide), data) == data


def test_a_hidden_list_is_not_in_the_data(make: Make, check: Check) -> None:
    rows = {"type": "dynamiclist", "path": "r", "isRepeating": True, "components": [NUMBER | {"conditional": {}}],
            "conditional": {"hide": '=jenis = "orang"'}}  # fmt: skip
    assert check(make(KIND, rows), {"jenis": "orang", "r": [{}, "junk"]}) == {"jenis": "orang"}
    assert check(make(KIND, rows), {"jenis": "usaha"}) == {"jenis": "usaha", "r": []}


def test_a_locked_field_is_not_taken_from_the_client(make: Make, check: Check) -> None:
    form = make(
        KIND, {"type": "number", "key": "tarif", "readonly": '=jenis = "orang"', "validate": {"required": True}}
    )
    assert check(form, {"jenis": "orang", "tarif": 1}) == {"jenis": "orang"}
    assert check(form, {"jenis": "usaha", "tarif": 1}) == {"jenis": "usaha", "tarif": 1}


def test_conditions_see_the_variables_of_the_process_but_data_goes_first(make: Make, check: Check) -> None:
    form = make(
        {"type": "textfield", "key": "alasan", "conditional": {"hide": "=setuju"}},
        {"type": "checkbox", "key": "setuju"},
    )
    assert check(form, {"alasan": "x"}, variables={"setuju": True}) == {"setuju": False}
    assert check(form, {"alasan": "x", "setuju": False}, variables={"setuju": True})["alasan"] == "x"


def test_conditions_know_today(make: Make, check: Check) -> None:
    form = make({"type": "textfield", "key": "a", "conditional": {"hide": '=today() > date("2026-03-09")'}})
    assert check(form, {"a": "x"}, now=datetime(2026, 3, 9, 12, tzinfo=UTC)) == {"a": "x"}
    assert check(form, {"a": "x"}, now=datetime(2026, 3, 10, 12, tzinfo=UTC)) == {}


def test_computed_limits(make: Make, errors: Errors) -> None:
    form = make(
        {"type": "number", "key": "modal"},
        {"type": "number", "key": "pinjam", "validate": {"min": "=modal", "max": "=modal * 2.5"}},
        {"type": "textfield", "key": "kode", "validate": {"minLength": "=modal", "maxLength": "=modal + 1"}},
    )
    assert errors(form, {"modal": 2, "pinjam": 5, "kode": "abc"}) == {}
    assert errors(form, {"modal": 2, "pinjam": 5.1, "kode": "abcd"}) == {
        "pinjam": "Paling besar 5.",
        "kode": "Paling banyak 3 huruf.",
    }
    assert errors(form, {"modal": 2, "pinjam": 1, "kode": "a"}) == {
        "pinjam": "Paling kecil 2.",
        "kode": "Paling sedikit 2 huruf.",
    }
    assert errors(form, {"pinjam": 10**6, "kode": "a" * 99}) == {}, "no limit can be computed"


def test_computed_options(make: Make, check: Check, errors: Errors) -> None:
    one = {"type": "select", "key": "a", "valuesKey": "petugas"}
    many = {
        "type": "taglist",
        "key": "b",
        "valuesExpression": '=for n in 1..3 return {label: "No " + string(n), value: n}',
    }
    form = make(one, many)
    people = {"petugas": [{"label": "Budi", "value": "p1"}, "p2"]}
    assert check(form, {"a": "p1", "b": [1, 3]}, variables=people) == {"a": "p1", "b": [1, 3]}
    assert errors(form, {"a": "p3", "b": [4]}, variables=people) == {
        "a": "Pilihan tidak dikenal.",
        "b": "Pilihan tidak dikenal.",
    }
    assert list(errors(form, {"a": "p1"})) == ["a"], "without the variable nothing can be chosen"


def test_options_cannot_be_brought_along(make: Make, errors: Errors) -> None:
    form = make({"type": "select", "key": "a", "valuesKey": "petugas"})
    assert set(errors(form, {"a": "p9", "petugas": ["p9"]})) == {"petugas"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**4000], ids=["nan", "inf", "huge"])
def test_values_that_feel_cannot_hold_are_refused_not_a_crash(make: Make, errors: Errors, value: Any) -> None:
    form = make({"type": "number", "key": "a"}, NUMBER | {"conditional": {"hide": "=a > 1"}})
    assert list(errors(form, {"a": value})) in ([""], ["a"])


def test_too_much_work_is_refused(make: Make, errors: Errors) -> None:
    form = make(
        {"type": "textarea", "key": "a", "conditional": {"hide": "=count(for x in r, y in r return x) > 999999"}},
        {"type": "dynamiclist", "path": "r", "isRepeating": True, "components": [{"type": "number", "key": "n"}]},
    )
    found = errors(form, {"a": "x", "r": [{"n": 1}] * 2000})
    assert list(found) == [""]
    assert found[""].startswith("Isian tidak dapat dihitung")


@pytest.mark.parametrize("data", [{"lain": {}}, {"jenis": {}}, {"npwp": {}}])
def test_an_empty_object_is_no_way_around_the_check(make: Make, errors: Errors, data: dict[str, Any]) -> None:
    form = make(KIND, NUMBER, {"type": "textfield", "key": "x", "conditional": {"hide": "=false"}})
    assert list(errors(form, {"jenis": "usaha", "npwp": "1"} | data)) == list(data)
