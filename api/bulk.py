"""One act on many tasks: a command for each, so that one that is refused does not stop the others."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from api.extensions import context
from engine.assignment import Actor
from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.delegate_task import delegate_task
from engine.errors import AlurError, InvalidInput


def bulk(
    actor: Actor, action: str, tasks: Sequence[Mapping[str, Any]], username: str = "", text: str = ""
) -> list[dict[str, Any]]:
    """Claims, assigns or delegates each of `tasks` (`{id, etag}`): `{id, done, code, detail}` for each, in order.

    Args:
        username: to whom tasks are assigned or delegated.
        text: the reason of an assignment, the instruction of a disposition.

    Raises:
        InvalidInput: handing over without saying to whom, or delegating without an instruction.
    """
    needed = {"claim": {}, "assign": {"username": username}, "delegate": {"username": username, "text": text}}[action]
    missing = [field for field, value in needed.items() if not value.strip()]
    if missing:
        raise InvalidInput(f"Expected {' and '.join(missing)} to hand tasks over, but got nothing.",
                           [{"field": field, "message": "Wajib diisi."} for field in missing])
    etags = {one["id"]: one["etag"] for one in tasks}
    return [_one(_act(actor, action, task_id, etag, username, text), task_id) for task_id, etag in etags.items()]


def _act(
    actor: Actor, action: str, task_id: str, etag: str | None, username: str, text: str
) -> Callable[[], object]:
    if action == "claim":
        return lambda: claim_task(context(), actor, task_id, if_match=etag)
    if action == "assign":
        return lambda: assign_task(context(), actor, task_id, username, reason=text, if_match=etag)
    return lambda: delegate_task(context(), actor, task_id, username, text, if_match=etag)


def _one(act: Callable[[], object], task_id: str) -> dict[str, Any]:
    try:
        act()
    except AlurError as refusal:
        return {"id": task_id, "done": False, "code": refusal.code, "detail": refusal.detail}
    return {"id": task_id, "done": True, "code": None, "detail": ""}
