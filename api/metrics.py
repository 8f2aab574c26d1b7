"""Prometheus metrics: requests by view, method and status, their duration; served at /metrics. The home of its client.

With several web processes set PROMETHEUS_MULTIPROC_DIR, as prometheus-client expects.
"""

import os
import time
from collections.abc import Mapping
from functools import cache

from flask import Flask, Response, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_registry = CollectorRegistry()
_requests = Counter("alur_http_requests", "HTTP requests", ["view", "method", "status"], registry=_registry)
_seconds = Histogram("alur_http_seconds", "Duration of HTTP requests", ["view"], buckets=BUCKETS, registry=_registry)
_counted, _timed = cache(_requests.labels), cache(_seconds.labels)  # as few as views, methods and statuses


def register(app: Flask) -> None:
    """Counts and times every request of `app` by view name (never by path: ids would flood the store)."""

    @app.after_request
    def _observe(response: Response) -> Response:
        view = request.endpoint or "none"
        _counted(view, request.method, str(response.status_code)).inc()
        _timed(view).observe(time.perf_counter() - g.began)
        return response


def exposition(backlog: Mapping[str, int]) -> Response:
    """All metrics in Prometheus' text format, of every process when they share a directory, and what waits now."""
    registry = _registry
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    for name, value in backlog.items():
        Gauge(f"alur_{name}", f"Waiting now: {name.replace('_', ' ')}", registry=now).set(value)
    return Response(generate_latest(registry) + generate_latest(now), content_type=CONTENT_TYPE_LATEST)
