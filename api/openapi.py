"""OpenAPI 3 at /api/openapi.json and a page that lists it at /api/docs: flask-smorest's home.

`Api` documents; errors are answered by `api/errors.py` alone, so flask-smorest's own handler is not registered.
"""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint

from api.errors import PROBLEM
from api.parser import StrictParser
from api.schemas.fields import Schema
from api.schemas.problem import ProblemSchema

PREFIX = "/api/v1"
View = Callable[..., Any]
Decorator = Callable[[View], View]


class Api(SmorestApi):  # type: ignore[misc]
    """flask-smorest with our problems documented and its error handler left out."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        pass


def make_api(app: Flask) -> Api:
    """The OpenAPI document of `app`; blueprints are added by `api.routes`."""
    app.config.update(
        API_TITLE="Alur",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        API_SPEC_OPTIONS={
            "info": {"description": "SOP pemerintah daerah yang berjalan: diagram, tugas, tenggat, riwayat."},
            "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
            "security": [{"token": []}],
        },
    )
    return Api(app)


class Resource(Blueprint):  # type: ignore[misc]
    """A blueprint under /api/v1; bodies and answers are JSON, refusals `application/problem+json`."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, f"api.{name}", url_prefix=PREFIX, description=description)

    def route(self, rule: str, **options: Any) -> Decorator:
        """Mounts and documents a view."""
        return cast(Decorator, super().route(rule, **options))

    def doc(self, **facts: Any) -> Decorator:
        """Documents what the other decorators cannot know."""
        return cast(Decorator, super().doc(**facts))

    def arguments(self, schema: type[Schema], *, location: str = "json", **more: Any) -> Decorator:
        """Checks the body (or the query) and gives it to the view as its first argument."""
        return cast(Decorator, super().arguments(schema, location=location, **more))

    def response(self, status_code: int, schema: type[Schema] | dict[str, Any] | None = None, **more: Any) -> Decorator:
        """Documents the answer; views answer with a `Response`, which is passed on as it is."""
        return cast(Decorator, super().response(status_code, schema, **more))

    def _prepare_arguments_doc(self, doc: Any, doc_info: Any, **more: Any) -> Any:
        doc_info.get("arguments", {}).pop("responses", None)  # a refusal is documented once, by "default"
        return super()._prepare_arguments_doc(doc, doc_info, **more)

    def _prepare_response_doc(self, doc: Any, doc_info: Any, **more: Any) -> Any:
        doc = super()._prepare_response_doc(doc, doc_info, **more)
        schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
        refusal = {"description": "Refused; see code and errors.", "content": {PROBLEM: schema}}
        doc.setdefault("responses", {})["default"] = refusal
        return doc
