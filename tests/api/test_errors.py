"""Refusals and failures on the wire: problem+json everywhere, headers kept, no internals, limits held."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from api.auth import public
from engine.errors import StorageUnavailable


def test_an_unknown_address_and_a_wrong_method_are_problems(http: Any) -> None:
    assert http.get("/nothing-here").json["code"] == "not_found"
    wrong = http.call("PATCH", "/tasks", "warga")
    assert (wrong.status_code, wrong.json["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["Allow"]
    assert http.get("/instances/%00", "warga").status_code == 400
    assert http.get("/tasks?q=%00", "warga").status_code == 400


def test_an_unexpected_error_shows_no_internals_and_a_request_id(
    new_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app = new_app

    @app.get("/broken")
    @public
    def broken() -> str:
        raise LookupError("the inner secret")

    @app.get("/away")
    @public
    def away() -> str:
        raise StorageUnavailable("Expected the database to take this, but it cannot now.")

    answer = app.test_client().get("/broken", headers={"X-Request-Id": "abc-1"})
    assert (answer.status_code, answer.json["request_id"]) == (500, "abc-1")
    assert "secret" not in answer.get_data(as_text=True)
    assert "the inner secret" in caplog.text
    assert "abc-1" in caplog.text
    gone = app.test_client().get("/away")
    assert (gone.status_code, gone.json["code"], gone.headers["Retry-After"]) == (503, "storage_unavailable", "2")


def test_a_body_over_the_limit_is_refused(make_app: Callable[..., Flask], http: Any) -> None:
    http.client = make_app(body_bytes=2000).test_client()
    big = {"username": "warga", "password": "x" * 3000}
    assert http.post("/auth/token", json=big).status_code == 413
    assert http.post("/definitions", "analis", data=b"<a>" + b"x" * 3000, content_type="application/xml"
                     ).status_code == 413  # fmt: skip


def test_security_headers_stand_on_every_answer(http: Any) -> None:
    for answer in (http.get("/healthz"), http.get("/nothing-here"), http.get("/tasks", "warga")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Request-Id"]


def test_life_signs_and_metrics_at_the_root_too(http: Any) -> None:
    for path in ("/healthz", "/readyz"):
        assert http.client.get(path).json == {"status": "ok"}
    text = http.client.get("/metrics").get_data(as_text=True)
    assert 'alur_http_requests_total{method="GET",status="200",view="root.get_healthz"}' in text
    for name in ("instances_due", "outbox_pending", "outbox_dead", "tasks_unannounced", "incidents"):
        assert f"\nalur_{name} 0.0" in text


def test_the_docs_page_lists_every_operation_without_scripts(http: Any) -> None:
    spec = http.client.get("/api/openapi.json").json
    page = http.client.get("/api/docs").get_data(as_text=True)
    assert all(f"<code>{path}</code>" in page for path in spec["paths"])
    assert "<script" not in page
    assert "://" not in page.replace("http://127.0.0.1", "")


def test_the_document_describes_the_endpoints_of_the_design(http: Any) -> None:
    paths = http.client.get("/api/openapi.json").json["paths"]
    described = {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}
    wanted = """
        POST /auth/token, GET /auth/me, POST /definitions/validate, POST /definitions, GET /definitions,
        GET /definitions/{key}, GET /definitions/{key}/versions/{version}, GET /definitions/{key}/bpmn,
        GET /definitions/{key}/document.html, GET /definitions/{key}/document.pdf, GET /definitions/{key}/document.docx,
        GET /definitions/{key}/sheet.csv, GET /definitions/{key}/sheet.xlsx, POST /definitions/import,
        POST /instances, GET /instances, GET /instances/{instance_id}, GET /instances/{instance_id}/tasks,
        GET /instances/{instance_id}/active, GET /instances/{instance_id}/incidents,
        POST /instances/{instance_id}/cancel, POST /instances/{instance_id}/suspend,
        POST /instances/{instance_id}/resume, POST /instances/{instance_id}/migrate,
        POST /instances/{instance_id}/modify, POST /instances/{instance_id}/retry, GET /tasks, GET /tasks/{task_id},
        GET /tasks/{task_id}/form, POST /tasks/{task_id}/claim, POST /tasks/{task_id}/unclaim,
        POST /tasks/{task_id}/assign, POST /tasks/{task_id}/delegate, POST /tasks/{task_id}/complete,
        POST /tasks/{task_id}/comments, POST /tasks/{task_id}/attachments, PUT /tasks/{task_id}/draft,
        POST /messages, POST /signals, POST /jobs/activate, POST /jobs/{job_id}/complete, POST /jobs/{job_id}/fail,
        POST /jobs/{job_id}/throw-error, GET /instances/{instance_id}/history, GET /instances/{instance_id}/replay,
        POST /instances/{instance_id}/verify, GET /history/export, POST /feel/check, GET /reports/compliance,
        GET /public/services, POST /public/requests, GET /public/track/{registration_number}, GET /healthz,
        GET /readyz, GET /metrics, POST /test-clock
    """
    missing = {one.strip().replace(" /", " /api/v1/", 1) for one in wanted.split(",")} - described
    assert missing == set()


def test_the_test_clock_is_not_there_in_production(make_app: Callable[..., Flask], http: Any) -> None:
    http.client = make_app(test_clock=False).test_client()
    assert http.post("/test-clock", json={"advance": "PT1H"}).status_code == 404
