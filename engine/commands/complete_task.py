"""Completes a task with its form's data and runs the instance on to the next tasks. The hot path.

Tried without a lock first, since two people seldom work on one request at the same moment; whoever is overtaken by
another act on the request does it again, then under the lock.
"""

from typing import Any

from engine.assignment import Actor, may_complete
from engine.change import change_by_task, instance_view
from engine.context import Context
from engine.errors import Forbidden, Overtaken
from engine.returns import NONE, require_reason
from engine.storage.attachments import Uses, bind
from engine.storage.idempotency import fingerprint, remember, remembered
from engine.task_access import open_task, require_etag
from forms.validate import validate


def complete_task(
    context: Context,
    actor: Actor,
    task_id: str,
    data: dict[str, Any],
    *,
    if_match: str | None = None,
    idempotency_key: str | None = None,
) -> dict[str, Any]:
    """Completes `task_id` with `data`, validated by the task's form.

    Returns:
        The instance after the step: status and open tasks.

    Raises:
        NotFound: no such task, or not one the actor may see. WrongState: it is no longer open (somebody was faster).
        Forbidden: it lies with somebody else. FormInvalid: the data does not fit the form, or returns the request
        without a reason.
        PreconditionFailed: `if_match` names an older state of the task.
    """
    try:
        return _complete(context, actor, task_id, data, if_match, idempotency_key, locked=idempotency_key is not None)
    except Overtaken:
        return _complete(context, actor, task_id, data, if_match, idempotency_key, locked=True)


def _complete(
    context: Context, actor: Actor, task_id: str, data: dict[str, Any], if_match: str | None, key: str | None,
    *, locked: bool,
) -> dict[str, Any]:  # fmt: skip
    asked = fingerprint("complete", task_id, data) if key else ""
    with change_by_task(context, actor, task_id, locked=locked) as change:
        known = remembered(change.connection, actor.person_id, key, asked)
        if known is not None:
            return known
        task = open_task(change, actor, task_id)
        require_etag(task, if_match)

        if not may_complete(actor, change.row.task_role, task.assignee):
            raise Forbidden(f"Expected the assignee to complete task {task_id}, but it lies with somebody else.")
        home = change.home(task)
        form = home.form_of(task.element_id)
        files = Uses(change.connection, actor, change.instance_id)
        if form is not None:
            variables = change.state.visible(change.state.inside(task.token))
            data = validate(form, data, attachments=files, now=change.local_now, variables=variables)
            require_reason(home.returns.get(task.element_id, NONE), form.id, data)

        change.execution.complete_task(task.token, data)
        if files.ids:
            bind(change.writer, files.ids, change.instance_id, task_id)
        view = instance_view(change)
        if key:
            remember(change.writer, actor.person_id, key, asked, view, change.now)
    return view
