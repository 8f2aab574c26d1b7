"""One resource per file; each view parses, calls one command or query, and answers."""

from importlib import import_module
from typing import Protocol

from flask_smorest import Blueprint

RESOURCES = (
    "report_figures",
    "draft_review",
    "health", "auth", "definitions", "instances", "interventions", "tasks", "attachments", "events", "jobs", "history",
    "reports", "search", "services", "documents", "drafts", "people", "operations",
    "feel", "decisions", "simulation", "receipts", "surveys", "request_drafts",
    "task_lists", "notifications",
)  # fmt: skip
TEST_RESOURCES = ("test_clock",)


ADMINISTRATION = ("agencies", "tokens", "administration")


class Registrar(Protocol):
    """What documents and mounts a blueprint."""

    def register_blueprint(self, blp: Blueprint) -> None: ...


def register_routes(api: Registrar, *, test_clock: bool) -> None:
    """Mounts every resource; the test clock's only where it is switched on."""
    for name in RESOURCES + ADMINISTRATION + (TEST_RESOURCES if test_clock else ()):
        api.register_blueprint(import_module(f"api.routes.{name}").blueprint)
