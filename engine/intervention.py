"""What every intervention checks first: that the actor may intervene here and says why."""

from engine.assignment import Actor, may_intervene, may_see_instance
from engine.change import Change
from engine.errors import Forbidden, InvalidInput, NotFound, PreconditionFailed

LONGEST_REASON = 2_000


def require_intervention(change: Change, actor: Actor, reason: str) -> None:
    """Raises NotFound, Forbidden or InvalidInput unless `actor` may intervene with this `reason`."""
    row = change.row
    roles = {facts.role for facts in change.deployed.tasks.values()}
    if not may_intervene(actor, row.confidentiality):
        if not may_see_instance(actor, row.applicant_id, row.confidentiality, roles):
            raise NotFound(f"Expected an instance '{row.id}', but there is none.")
        raise Forbidden("Expected an administrator to intervene in a request, but you are none.")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise InvalidInput(
            f"Expected a reason of 1 to {LONGEST_REASON} characters for an intervention.",
            [{"field": "reason", "message": "Alasan wajib diisi."}],
        )


def require_seen(change: Change, seen: int | None) -> None:
    """Passes when nothing happened in the request since the entry `seen`, or when nobody asks.

    Raises:
        PreconditionFailed: the request went on.
    """
    if seen is not None and change.row.seq != seen:
        raise PreconditionFailed(f"Expected the request at entry {seen}, but it is at {change.row.seq}; look again.")
