"""What people data must look like, and who may administer it (pure). Knows neither tables nor passwords."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.assignment import Actor, may_administer
from engine.errors import Forbidden, InvalidInput
from engine.working_calendar import ZONES

KINDS = ("pegawai", "warga", "eksternal")
ACTING_KINDS = ("plt", "plh")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,78}[a-z0-9]")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9](?:[ -]?[0-9]){6,17}")
_KEY = re.compile(r"[a-z0-9][a-z0-9._-]{0,118}")


def require_administrator(actor: Actor | None) -> None:
    """Lets administrators pass, and the operator at the command line (None), who owns the database anyway.

    Raises:
        Forbidden: anybody else.
    """
    if actor is not None and not may_administer(actor):
        raise Forbidden(f"Expected an administrator, but {actor.username} is none.")


def text(field: str, value: Any, longest: int, *, empty: bool = False) -> str:
    """A trimmed line of at most `longest` characters without control characters.

    Raises:
        InvalidInput: not such a text, naming the field.
    """
    if not isinstance(value, str):
        raise _wrong(field, "a text", type(value).__name__)
    line: str = value.strip()
    if not (empty or line):
        raise _wrong(field, "a text", "nothing")
    if len(line) > longest:
        raise _wrong(field, f"at most {longest} characters", str(len(line)))
    if any(ord(character) < 32 or ord(character) == 127 for character in line):
        raise _wrong(field, "a single line", "control characters")
    return line


def username(value: Any) -> str:
    """A user name: 3 to 80 of a-z, 0-9, dot, hyphen, underscore.

    Raises:
        InvalidInput: it is not.
    """
    if not isinstance(value, str) or not _USERNAME.fullmatch(value):
        raise _wrong("username", "3 to 80 characters of a-z, 0-9, '.', '-', '_'", repr(value)[:80])
    return value


@dataclass(frozen=True, slots=True)
class Registration:
    """What a citizen says of themselves, checked."""

    username: str
    name: str
    email: str | None
    phone: str | None


def registration(given: Mapping[str, Any], *, confirms: bool) -> Registration:
    """Checks what somebody typed who registers.

    Args:
        given: username, name, email, phone, password, consent.
        confirms: the mail address will be confirmed: it is due, and no password is; else one way to reach them is.

    Raises:
        InvalidInput: names every field that does not fit.
    """
    wrong: list[Mapping[str, Any]] = []

    def checked(field: str, check: Callable[[Any], str], message: str) -> str | None:
        value = given.get(field)
        try:
            return check(value.strip() if isinstance(value, str) else value)
        except InvalidInput:
            wrong.append({"field": field, "message": message})
            return None

    name = checked("username", username, "3 sampai 80 huruf kecil, angka, titik, - atau _.")
    called = checked("name", lambda value: text("name", value, 200), "Wajib diisi, paling banyak 200 karakter.")
    mail = phone = None
    if given.get("email") or confirms:
        mail = checked("email", lambda value: _like(_MAIL, "email", value, 254), "Bukan alamat surel.")
    if given.get("phone"):
        phone = checked("phone", lambda value: _like(_PHONE, "phone", value, 30), "Bukan nomor telepon.")
    if not (given.get("email") or given.get("phone") or confirms):
        wrong.append({"field": "email", "message": "Isi alamat surel atau nomor telepon."})
    if not confirms and not 10 <= len(str(given.get("password") or "")) <= 200:
        wrong.append({"field": "password", "message": "Kata sandi 10 sampai 200 karakter."})
    if given.get("consent") is not True:
        wrong.append({"field": "consent", "message": "Persetujuan diperlukan."})
    if wrong or name is None or called is None:
        fields = ", ".join(str(one["field"]) for one in wrong)
        raise InvalidInput(f"Expected a registration, but these fields do not fit: {fields}.", wrong)
    return Registration(name, called, mail, phone)


def _like(pattern: re.Pattern[str], field: str, value: Any, longest: int) -> str:
    line = text(field, value, longest)
    if not pattern.fullmatch(line):
        raise _wrong(field, "another form", repr(line)[:80])
    return line


def key(field: str, value: Any) -> str:
    """The key of a role or the code of an agency: a-z, 0-9, dot, hyphen, underscore.

    Raises:
        InvalidInput: it is not.
    """
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise _wrong(field, "up to 119 characters of a-z, 0-9, '.', '-', '_'", repr(value)[:80])
    return value


def kind(value: Any) -> str:
    """The kind of a person.

    Raises:
        InvalidInput: an unknown kind.
    """
    if value not in KINDS:
        raise _wrong("kind", f"one of {', '.join(KINDS)}", repr(value)[:80])
    return str(value)


def zone(value: Any) -> str:
    """The IANA name of one of Indonesia's time zones.

    Raises:
        InvalidInput: another.
    """
    if value not in ZONES:
        raise _wrong("zone", f"one of {', '.join(ZONES)}", repr(value)[:80])
    return str(value)


def changes(given: Mapping[str, Any], allowed: Collection[str]) -> None:
    """Checks that there is something to change, and nothing that cannot be.

    Raises:
        InvalidInput: nothing, or an unknown field.
    """
    unknown = sorted(given.keys() - set(allowed))
    if unknown or not given:
        message = f"Expected changes of {', '.join(sorted(allowed))}, but got {unknown or 'nothing'}."
        raise InvalidInput(message, [{"field": field, "message": "Unknown field."} for field in unknown])


def period(valid_from: date, valid_until: date | None) -> None:
    """Checks that a period does not end before it starts.

    Raises:
        InvalidInput: it does.
    """
    if valid_until is not None and valid_until < valid_from:
        raise _wrong("valid_until", f"a day not before {valid_from}", str(valid_until))


def assignment_terms(kind: str, letter_number: str | None, valid_until: date | None) -> str | None:
    """The letter number of an assignment of `kind`: none for definitif; due, with a last day, for Plt. and Plh.

    Raises:
        InvalidInput: an unknown kind; an acting assignment without letter number or last day.
    """
    if kind == "definitif":
        return None if letter_number is None else text("letter_number", letter_number, 120)
    if kind not in ACTING_KINDS:
        raise _wrong("kind", "one of definitif, plt, plh", repr(kind)[:80])
    if valid_until is None:
        raise _wrong("valid_until", "the last day of an acting assignment", "nothing")
    return text("letter_number", letter_number or "", 120)


def _wrong(field: str, expected: str, got: str) -> InvalidInput:
    message = f"Expected {field} to be {expected}, but got {got}."
    return InvalidInput(message, [{"field": field, "message": message}])
