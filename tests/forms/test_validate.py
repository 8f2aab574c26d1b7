"""Data against forms: every kind of input, good and bad values."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import AlurError
from forms.errors import FormInvalid
from forms.load import parse_form
from forms.scope import AttachmentInfo
from forms.validate import validate

Make = Callable[..., Any]
Check = Callable[..., dict[str, Any]]
Errors = Callable[..., dict[str, str]]
CHOICES = [{"label": "Ya", "value": "ya"}, {"label": "Tidak", "value": "tidak"}]
ID = UUID(int=1).hex
REQUIRED = {"required": True}
BAD_TEXT = "Berisi karakter yang tidak dapat disimpan."
LONG_EMAIL = "Alamat surel terlalu panjang."
BAD_PHONE = "Nomor telepon tidak benar, contoh: +628123456789."
BAD_MOMENT = "Tanggal dan jam tidak benar, contoh: 2026-01-31T13:30."
UNKNOWN = "Pilihan tidak dikenal."

GOOD: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "textfield"}, "  Budi  ", "Budi"),
    ({"type": "textfield"}, "", None),
    ({"type": "textfield"}, None, None),
    ({"type": "textfield"}, "   ", None),
    ({"type": "textfield", "validate": {"pattern": "b"}}, "abc", "abc"),
    ({"type": "textfield", "validate": {"minLength": "3", "maxLength": 3}}, " abc ", "abc"),
    ({"type": "textfield", "validate": {"validationType": "email"}}, "a.b@dinas.go.id", "a.b@dinas.go.id"),
    ({"type": "textfield", "validate": {"validationType": "phone"}}, "+62 812-3456-789", "+62 812-3456-789"),
    ({"type": "textfield", "validate": {"validationType": "phone"}}, "08123456789", "08123456789"),
    ({"type": "textarea"}, "satu\ndua\ttiga", "satu\ndua\ttiga"),
    ({"type": "number"}, 12, 12),
    ({"type": "number"}, 12.0, 12),
    ({"type": "number"}, 0, 0),
    ({"type": "number", "validate": {"min": "0", "max": 10}}, 10, 10),
    ({"type": "number", "decimalDigits": 2}, 0.29, 0.29),
    ({"type": "number", "increment": 0.1}, 0.3, 0.3),
    ({"type": "number", "increment": "0.01", "serializeToString": True}, "1234567890123456.55", "1234567890123456.55"),
    ({"type": "number", "serializeToString": True}, 5, "5"),
    ({"type": "number", "serializeToString": True}, "1e3", "1000"),
    ({"type": "datetime"}, "2026-03-09", "2026-03-09"),
    ({"type": "datetime", "subtype": "time"}, "07:30", "07:30"),
    ({"type": "datetime", "subtype": "time", "timeSerializingFormat": "utc_offset"}, "07:30+07:00", "07:30+07:00"),
    ({"type": "datetime", "subtype": "time", "timeSerializingFormat": "utc_normalized"}, "00:30Z", "00:30Z"),
    ({"type": "datetime", "subtype": "time", "timeSerializingFormat": "utc_normalized"}, "01:30+07:00", "18:30Z"),
    ({"type": "datetime", "subtype": "datetime"}, "2026-03-09T07:30:00", "2026-03-09T07:30"),
    (
        {"type": "datetime", "subtype": "datetime", "timeSerializingFormat": "utc_normalized"},
        "2026-03-09T01:30+07:00",
        "2026-03-08T18:30Z",
    ),
    ({"type": "datetime", "disallowPassedDates": True}, "2026-03-09", "2026-03-09"),
    ({"type": "checkbox"}, True, True),
    ({"type": "checkbox"}, False, False),
    ({"type": "checkbox"}, None, False),
    ({"type": "radio", "values": CHOICES}, "ya", "ya"),
    ({"type": "select", "values": [1, 2]}, 1, 1),
    ({"type": "select", "values": [True, False]}, False, False),
    ({"type": "checklist", "values": CHOICES}, ["tidak", "ya"], ["tidak", "ya"]),
    ({"type": "taglist", "values": CHOICES}, [], []),
    ({"type": "taglist", "values": CHOICES}, None, []),
    ({"type": "filepicker"}, [ID], [ID]),
    ({"type": "filepicker"}, [str(UUID(int=1)).upper()], [ID]),
    ({"type": "filepicker"}, None, []),
    ({"type": "filepicker", "accept": ".pdf, image/*"}, [ID], [ID]),
]  # fmt: skip

BAD: list[tuple[dict[str, Any], Any, str]] = [
    ({"type": "textfield"}, 5, "Harus berupa teks."),
    ({"type": "textfield"}, ["a"], "Harus berupa teks."),
    ({"type": "textfield"}, "a\x00b", BAD_TEXT),
    ({"type": "textfield"}, "a\ud800b", BAD_TEXT),
    ({"type": "textfield"}, "a\nb", BAD_TEXT),
    ({"type": "textarea"}, "a\x0bb", BAD_TEXT),
    ({"type": "textfield"}, "x" * 1001, "Paling banyak 1000 huruf."),
    ({"type": "textarea"}, "x" * 10001, "Paling banyak 10000 huruf."),
    ({"type": "textfield", "validate": {"minLength": 3}}, "ab", "Paling sedikit 3 huruf."),
    ({"type": "textfield", "validate": {"pattern": "^a$"}}, "ab", "Bentuk isian tidak sesuai."),
    ({"type": "textfield", "validate": {"pattern": "^a$", "patternErrorMessage": "Hanya a"}}, "b", "Hanya a"),
    ({"type": "textfield", "validate": {"validationType": "email"}}, "a@", "Alamat surel tidak benar."),
    ({"type": "textfield", "validate": {"validationType": "email"}}, "a" * 250 + "@b.id", LONG_EMAIL),
    ({"type": "textfield", "validate": {"validationType": "phone"}}, "12ab", BAD_PHONE),
    ({"type": "number"}, "5", "Harus berupa angka."),
    ({"type": "number"}, True, "Harus berupa angka."),
    ({"type": "number"}, float("nan"), "Harus berupa angka yang wajar."),
    ({"type": "number"}, float("inf"), "Harus berupa angka yang wajar."),
    ({"type": "number"}, 10**400, "Harus berupa angka yang wajar."),
    ({"type": "number"}, 2**53, "Angka terlalu besar (paling besar 9007199254740991)."),
    ({"type": "number", "decimalDigits": 0}, 1.5, "Harus bilangan bulat."),
    ({"type": "number", "decimalDigits": 2}, 1.005, "Paling banyak 2 angka di belakang koma."),
    ({"type": "number", "increment": 5}, 12, "Harus kelipatan 5."),
    ({"type": "number", "validate": {"min": 1}}, 0, "Paling kecil 1."),
    ({"type": "number", "validate": {"max": "1.5"}}, 2, "Paling besar 1.5."),
    ({"type": "number", "serializeToString": True}, "1e999999999", "Harus berupa angka yang wajar."),
    ({"type": "number", "serializeToString": True}, "1_000", "Harus berupa angka yang wajar."),
    ({"type": "number", "serializeToString": True}, "٣", "Harus berupa angka yang wajar."),
    ({"type": "datetime"}, "2026-02-30", "Tanggal tidak benar, contoh: 2026-01-31."),
    ({"type": "datetime"}, "2026-03-09T07:00", "Tanggal tidak benar, contoh: 2026-01-31."),
    ({"type": "datetime"}, 20260309, "Tanggal tidak benar, contoh: 2026-01-31."),
    ({"type": "datetime"}, "0001-01-01", "Tahun harus antara 1800 dan 2200."),
    ({"type": "datetime", "subtype": "time"}, "25:00", "Jam tidak benar, contoh: 13:30."),
    ({"type": "datetime", "subtype": "time"}, "07:30+07:00", "Jam harus ditulis tanpa zona waktu."),
    ({"type": "datetime", "subtype": "datetime"}, "2026-03-09", BAD_MOMENT),
    (
        {"type": "datetime", "subtype": "datetime", "timeSerializingFormat": "utc_offset"},
        "2026-03-09T07:30",
        "Jam harus ditulis dengan zona waktu, contoh: +07:00.",
    ),
    ({"type": "datetime", "disallowPassedDates": True}, "2026-03-08", "Tanggal tidak boleh sebelum hari ini."),
    ({"type": "checkbox"}, "true", "Harus ya atau tidak."),
    ({"type": "checkbox"}, 1, "Harus ya atau tidak."),
    ({"type": "checkbox", "validate": REQUIRED}, False, "Wajib diisi."),
    ({"type": "radio", "values": CHOICES}, "mungkin", UNKNOWN),
    ({"type": "radio", "values": CHOICES}, ["ya"], UNKNOWN),
    ({"type": "radio", "values": CHOICES}, {"value": "ya"}, UNKNOWN),
    ({"type": "select", "values": [1, 2]}, True, UNKNOWN),
    ({"type": "select", "values": [1, 2]}, "1", UNKNOWN),
    ({"type": "checklist", "values": CHOICES}, "ya", "Harus berupa daftar pilihan."),
    ({"type": "checklist", "values": CHOICES}, ["ya", "x"], UNKNOWN),
    ({"type": "checklist", "values": CHOICES}, [["ya"]], UNKNOWN),
    ({"type": "checklist", "values": CHOICES}, ["ya", "ya"], "Pilihan yang sama dipilih dua kali."),
    ({"type": "checklist", "values": CHOICES, "validate": REQUIRED}, [], "Wajib diisi."),
    ({"type": "filepicker"}, "files::abc", "Harus berupa daftar berkas yang sudah diunggah."),
    ({"type": "filepicker"}, ["../../etc/passwd"], "Nomor berkas tidak benar; unggah berkasnya dahulu."),
    ({"type": "filepicker"}, ["g" * 32], "Nomor berkas tidak benar; unggah berkasnya dahulu."),
    ({"type": "filepicker"}, [UUID(int=999).hex], "Berkas tidak ditemukan; unggah kembali."),
    ({"type": "filepicker"}, [ID, UUID(int=2).hex], "Paling banyak 1 berkas."),
    ({"type": "filepicker", "multiple": True}, [ID, str(UUID(ID))], "Berkas yang sama dipilih dua kali."),
    ({"type": "filepicker", "accept": ".png"}, [ID], "Jenis berkas tidak diterima; pilih .png."),
]  # fmt: skip


@pytest.mark.parametrize(("component", "value", "kept"), GOOD)
def test_good_values_are_kept_in_one_form(make: Make, check: Check, component: Any, value: Any, kept: Any) -> None:
    result = check(make(component | {"key": "a"}), {"a": value})["a"]
    assert result == kept
    assert type(result) is type(kept)


@pytest.mark.parametrize(("component", "value", "message"), BAD)
def test_bad_values_are_refused_in_indonesian(
    make: Make, errors: Errors, component: Any, value: Any, message: str
) -> None:
    assert errors(make(component | {"key": "a"}), {"a": value}) == {"a": message}


KINDS = [
    "textfield",
    "textarea",
    "number",
    "datetime",
    "checkbox",
    "radio",
    "select",
    "checklist",
    "taglist",
    "filepicker",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [{}, {"a": None}, {"a": ""}])
def test_required_fields_of_every_kind(
    make: Make, errors: Errors, check: Check, kind: str, data: dict[str, Any]
) -> None:
    options = {"values": CHOICES} if kind in ("radio", "select", "checklist", "taglist") else {}
    component = {"type": kind, "key": "a"} | options
    assert errors(make(component | {"validate": REQUIRED}), data) == {"a": "Wajib diisi."}
    blank = {"checkbox": False, "checklist": [], "taglist": [], "filepicker": []}.get(kind)
    assert check(make(component), data) == {"a": blank}


@pytest.mark.parametrize("data", [None, [], "a", 5, True])
def test_data_must_be_an_object(make: Make, errors: Errors, data: object) -> None:
    assert errors(make(), data) == {"": "Data formulir harus berupa objek JSON."}


def test_unknown_fields_are_refused_and_their_names_are_harmless(make: Make, errors: Errors) -> None:
    found = errors(make({"type": "textfield", "key": "a"}), {"x\x00\ud800\n": 1, "y" * 500: 1, "Meta": 1, "load": 2})
    assert set(found) == {"x???", "y" * 100, "Meta", "load"}
    assert set(found.values()) == {"Isian ini tidak ada pada formulir."}


@pytest.mark.parametrize("key", ["Meta", "load", "fields", "context", "opts", "f0", "self", "__class__", "validate"])
def test_any_name_may_be_a_key(make: Make, check: Check, key: str) -> None:
    assert check(make({"type": "textfield", "key": key}, {"type": "number", "key": "b"}), {key: "x"}) == {
        key: "x",
        "b": None,
    }


def test_default_values_stand_in_for_what_is_missing_not_for_what_is_blank(
    make: Make, check: Check, errors: Errors
) -> None:
    form = make(
        {"type": "textfield", "key": "a", "defaultValue": "x", "validate": REQUIRED},
        {"type": "checklist", "key": "b", "values": CHOICES, "defaultValue": ["ya"]},
        {"type": "checkbox", "key": "c", "defaultValue": True},
    )
    result = check(form, {})
    assert result == {"a": "x", "b": ["ya"], "c": True}
    result["b"].append("tidak")
    assert check(form, {})["b"] == ["ya"], "one answer must not change the next"
    assert check(form, {"a": "y", "b": [], "c": False}) == {"a": "y", "b": [], "c": False}
    assert errors(form, {"a": ""}) == {"a": "Wajib diisi."}


def nested_form(make: Make) -> Any:
    return make(
        {"type": "group", "path": "pemohon", "components": [
            {"type": "textfield", "key": "nama", "validate": REQUIRED},
            {"type": "group", "components": [{"type": "textfield", "key": "alamat.jalan"}]},
        ]},
        {"type": "dynamiclist", "path": "pengurus", "isRepeating": True, "components": [
            {"type": "textfield", "key": "nama", "validate": REQUIRED},
            {"type": "dynamiclist", "path": "telepon", "isRepeating": True, "components": [
                {"type": "textfield", "key": "nomor", "validate": REQUIRED},
            ]},
        ]},
    )  # fmt: skip


def test_groups_and_lists_nest(make: Make, check: Check) -> None:
    data = {
        "pemohon": {"nama": " A ", "alamat": {"jalan": "B"}},
        "pengurus": [{"nama": "C", "telepon": [{"nomor": "1"}, {"nomor": "2"}]}, {"nama": "D"}],
    }
    assert check(nested_form(make), data) == {
        "pemohon": {"nama": "A", "alamat": {"jalan": "B"}},
        "pengurus": [{"nama": "C", "telepon": [{"nomor": "1"}, {"nomor": "2"}]}, {"nama": "D", "telepon": []}],
    }


def test_errors_name_the_path(make: Make, errors: Errors) -> None:
    data = {
        "pemohon": {"alamat": {"jalan": 5, "kota": "x"}},
        "pengurus": [{"nama": "C"}, {"telepon": [{"nomor": "1"}, {}]}, "x"],
    }
    assert errors(nested_form(make), data) == {
        "pemohon.nama": "Wajib diisi.",
        "pemohon.alamat.jalan": "Harus berupa teks.",
        "pemohon.alamat.kota": "Isian ini tidak ada pada formulir.",
        "pengurus.1.nama": "Wajib diisi.",
        "pengurus.1.telepon.1.nomor": "Wajib diisi.",
        "pengurus.2": "Harus berupa kelompok isian.",
    }


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"pemohon": "x"}, "pemohon"), ({"pemohon": []}, "pemohon"),
        ({"pemohon": {"nama": "A"}, "pengurus": {}}, "pengurus"),
        ({"pemohon": {"nama": "A"}, "pengurus": [{"nama": "x"}] * 201}, "pengurus"),
    ],
)  # fmt: skip
def test_wrong_shapes(make: Make, errors: Errors, data: dict[str, Any], field: str) -> None:
    assert list(errors(nested_form(make), data)) == [field]


def test_a_flood_of_keys_and_errors_is_bounded(make: Make, errors: Errors) -> None:
    form = make({"type": "textfield", "key": "a"})
    assert errors(form, {f"x{n}": 1 for n in range(5000)}) == {"": "Terlalu banyak isian."}
    assert len(errors(form, {f"x{n}": 1 for n in range(900)})) == 100


def test_computed_disabled_and_read_only_fields_are_never_taken(make: Make, check: Check) -> None:
    form = make(
        {"type": "textfield", "key": "a"},
        {"type": "expression", "key": "b", "expression": "=1 + 1"},
        {"type": "textfield", "key": "c", "disabled": True, "validate": REQUIRED},
        {"type": "number", "key": "d", "readonly": True, "defaultValue": 5},
    )
    assert check(form, {"a": "x", "b": 99, "c": "palsu", "d": 1}) == {"a": "x"}
    assert check(form, {"a": "x"}) == {"a": "x"}


def test_files_need_a_lookup_and_are_checked_by_it(make: Make, errors: Errors) -> None:
    form = make({"type": "filepicker", "key": "a", "properties": {"maksMB": "1"}})
    assert errors(form, {"a": [ID]}, attachments=None) == {"a": "Berkas tidak ditemukan; unggah kembali."}
    asked: list[str] = []

    def lookup(attachment_id: str) -> AttachmentInfo:
        asked.append(attachment_id)
        return AttachmentInfo("application/pdf", 1024 * 1024 + 1)

    assert errors(form, {"a": [ID]}, attachments=lookup) == {"a": "Berkas terlalu besar; paling besar 1 MB."}
    assert asked == [ID]


def test_today_is_read_in_the_zone_of_now(make: Make, errors: Errors) -> None:
    form = make({"type": "datetime", "key": "a", "disallowPassedDates": True})
    moment = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    assert errors(form, {"a": "2026-03-09"}, now=moment) == {}
    assert list(errors(form, {"a": "2026-03-09"}, now=moment.astimezone(timezone(timedelta(hours=7))))) == ["a"]


def test_a_hostile_pattern_takes_no_time(make: Make, errors: Errors) -> None:
    form = make({"type": "textfield", "key": "a", "validate": {"pattern": "^(a|a)*$", "maxLength": 20000}})
    started = time.perf_counter()
    assert errors(form, {"a": "a" * 19_999 + "!"}) == {"a": "Bentuk isian tidak sesuai."}
    assert time.perf_counter() - started < 0.5


def test_the_refusal_is_typed(make: Make) -> None:
    with pytest.raises(FormInvalid) as refusal:
        validate(make(), {"x": 1}, attachments=None, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert isinstance(refusal.value, AlurError)
    assert (refusal.value.code, refusal.value.status) == ("form_invalid", 422)
    assert refusal.value.errors == [{"field": "x", "message": "Isian ini tidak ada pada formulir."}]


EVERYTHING = parse_form(
    {
        "type": "default", "id": "semua",
        "components": [
            *({"type": kind, "key": kind, "values": CHOICES} if kind in ("radio", "select", "checklist", "taglist")
              else {"type": kind, "key": kind} for kind in KINDS),
            {"type": "number", "key": "teks_angka", "serializeToString": True, "increment": "0.3"},
            {"type": "datetime", "key": "saat", "subtype": "datetime", "timeSerializingFormat": "utc_normalized",
             "disallowPassedDates": True},
            {"type": "dynamiclist", "path": "baris", "isRepeating": True,
             "components": [{"type": "textfield", "key": "x"}, {"type": "number", "key": "y"}]},
        ],
    }
)  # fmt: skip
KEYS = [*KINDS, "teks_angka", "saat", "baris", "x", "y", "lain"]
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["2026-03-09", "9999-12-31T23:59:59-23:59", "1e-400", "ya", ID])
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=5), anything, max_size=6) | anything)
def test_any_json_is_either_accepted_or_refused_and_acceptance_is_stable(data: Any) -> None:
    now = datetime(2026, 3, 9, tzinfo=UTC)
    try:
        kept = validate(EVERYTHING, data, attachments=None, now=now)
    except FormInvalid as invalid:
        assert invalid.errors
        "".join(error["field"] + error["message"] for error in invalid.errors).encode()
    else:
        assert validate(EVERYTHING, kept, attachments=None, now=now) == kept
