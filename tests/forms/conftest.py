"""Small forms for the tests of this folder."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from forms.errors import FormInvalid, FormRefused
from forms.load import parse_form
from forms.model import FormDefinition
from forms.sample import attachment_lookup
from forms.validate import validate

NOW = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)


@pytest.fixture
def make() -> Callable[..., FormDefinition]:
    """Builds a form from components."""
    return lambda *components: parse_form({"type": "default", "id": "uji", "components": list(components)})


@pytest.fixture
def problems() -> Callable[..., list[dict[str, Any]]]:
    """What is wrong with a form of these components; empty when nothing is."""

    def found(*components: Any, **root: Any) -> list[dict[str, Any]]:
        try:
            parse_form({"type": "default", "id": "uji", "components": list(components)} | root)
        except FormRefused as refusal:
            return refusal.errors
        return []

    return found


@pytest.fixture
def check() -> Callable[..., dict[str, Any]]:
    """Validates data at a fixed moment; the uploads of `forms.sample` are known."""

    def checked(form: FormDefinition, data: object, **given: Any) -> dict[str, Any]:
        return validate(form, data, **{"attachments": attachment_lookup, "now": NOW} | given)

    return checked


@pytest.fixture
def errors(check: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, str]]:
    """Field → message of what is wrong with data; empty when nothing is."""

    def found(form: FormDefinition, data: object, **given: Any) -> dict[str, str]:
        try:
            check(form, data, **given)
        except FormInvalid as invalid:
            assert [{"field": one.field, "message": one.message} for one in invalid.problems] == invalid.errors
            return {one.field: one.message for one in invalid.problems}
        return {}

    return found
