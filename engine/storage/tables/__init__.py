"""All tables, as SQLAlchemy Core, by area. One metadata; `api/extensions.py` shares it, Alembic migrates it."""

from engine.storage.tables.base import metadata
from engine.storage.tables.chain import anchor_leaves, anchors, history
from engine.storage.tables.inbox import comment_notices, notification_marks, notification_reads, saved_views
from engine.storage.tables.operation import deadline_recomputations, outbox, settings, worker_ticks
from engine.storage.tables.people import (
    agencies,
    assignments,
    calendar_changes,
    login_failures,
    persons,
    post_roles,
    posts,
    roles,
    tokens,
)
from engine.storage.tables.reports import request_facts, task_facts
from engine.storage.tables.requests import (
    attachments,
    idempotency_keys,
    instances,
    registration_counters,
    request_drafts,
    subscriptions,
    survey_responses,
    tasks,
)
from engine.storage.tables.versions import (
    decision_definitions,
    definition_drafts,
    definition_forms,
    definitions,
    draft_files,
    start_subscriptions,
)

__all__ = [
    "agencies", "anchor_leaves", "anchors", "assignments", "attachments", "calendar_changes",
    "comment_notices", "deadline_recomputations", "decision_definitions",
    "definition_drafts", "definition_forms", "definitions", "draft_files", "history", "idempotency_keys", "instances",
    "login_failures", "metadata", "notification_marks", "notification_reads", "outbox", "persons", "post_roles",
    "posts", "registration_counters", "request_drafts", "request_facts", "roles", "saved_views", "settings",
    "start_subscriptions", "subscriptions", "survey_responses", "task_facts", "tasks", "tokens", "worker_ticks",
]  # fmt: skip
