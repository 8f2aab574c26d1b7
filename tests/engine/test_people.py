"""People data by its rules: names, keys, periods, passwords, tokens, roles.csv."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import people
from engine.demo import COLUMNS, demo_people, read_roles
from engine.errors import InvalidInput
from engine.passwords import LONGEST, hash_password, verify_password
from engine.tokens import PREFIX, fingerprint, new_token


@pytest.mark.parametrize("value", ["abc", "a.b-c_d", "a1", "x" * 80, "demo-kadis"])
def test_user_names(value: str) -> None:
    if len(value) < 3:
        with pytest.raises(InvalidInput):
            people.username(value)
    else:
        assert people.username(value) == value


@pytest.mark.parametrize("value", ["", "ab", "A bc", "-abc", "abc-", "x" * 81, "abc\n", "éab", None, 5, ["abc"]])
def test_what_is_no_user_name(value: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.username(value)
    assert refused.value.errors[0]["field"] == "username"


@given(st.text(max_size=30))
def test_a_line_comes_out_trimmed_without_controls_or_is_refused(value: str) -> None:
    try:
        line = people.text("name", value, 20)
    except InvalidInput:
        return
    assert line == value.strip()
    assert 0 < len(line) <= 20
    assert not any(ord(one) < 32 for one in line)


@pytest.mark.parametrize(
    ("kind", "letter", "until", "right"),
    [
        ("definitif", None, None, True), ("definitif", "800/1", None, True), ("plt", "800/1", date(2026, 4, 1), True),
        ("plh", "800/1", date(2026, 4, 1), True), ("plt", None, date(2026, 4, 1), False), ("plt", "800/1", None, False),
        ("plt", " ", date(2026, 4, 1), False), ("sementara", "800/1", date(2026, 4, 1), False),
    ],
)  # fmt: skip
def test_terms_of_assignments(kind: str, letter: str | None, until: date | None, right: bool) -> None:
    if right:
        assert people.assignment_terms(kind, letter, until) == letter
    else:
        with pytest.raises(InvalidInput):
            people.assignment_terms(kind, letter, until)


def test_a_period_does_not_end_before_it_starts() -> None:
    people.period(date(2026, 3, 1), date(2026, 3, 1))
    people.period(date(2026, 3, 1), None)
    with pytest.raises(InvalidInput):
        people.period(date(2026, 3, 2), date(2026, 3, 1))


def test_passwords_verify_only_themselves() -> None:
    stored = hash_password("sepuluh huruf")
    assert stored.startswith("$argon2id$")
    assert stored != hash_password("sepuluh huruf")
    assert verify_password(stored, "sepuluh huruf")
    assert not verify_password(stored, "sepuluh hurup")
    assert not verify_password(None, "sepuluh huruf")
    assert not verify_password("no hash", "sepuluh huruf")
    assert not verify_password(stored, "x" * (LONGEST + 1))
    for wrong in ("pendek", "x" * (LONGEST + 1)):
        with pytest.raises(InvalidInput):
            hash_password(wrong)


def test_tokens_are_random_and_stored_as_fingerprints() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(one.startswith(PREFIX) and len(one) > 40 for one in made)
    assert len({fingerprint(one) for one in made}) == 100


def test_the_roles_file_gives_one_person_per_role_with_an_agency() -> None:
    lines = [",".join(COLUMNS), "pemohon,,,,Pemohon,pemohon,", "kabid,dinas,Dinas,Bidang,Kepala Bidang,pegawai,kadis",
             "bank,bank,Bank,,Petugas,eksternal,"]  # fmt: skip
    people_of = {one.username: one for one in demo_people(read_roles("\n".join(lines).encode()))}
    assert people_of["kabid"].roles == ("kabid",)
    assert people_of["kabid"].name == "Demo Kepala Bidang"
    assert people_of["bank"].kind == "eksternal"
    assert "pemohon" not in people_of
    assert {"admin", "analis", "auditor", "warga"} <= people_of.keys()
    assert all(one.name.startswith("Demo ") for one in people_of.values())
    for wrong in (["a,b"], [lines[0], lines[2], lines[2]]):
        with pytest.raises(InvalidInput):
            read_roles("\n".join(wrong).encode())
