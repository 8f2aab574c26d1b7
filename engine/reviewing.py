"""What the commands of a draft's review share: the verdict on a whole draft, the state it must be in, the mails."""

from collections.abc import Iterable
from uuid import uuid4

from engine.assignment import ANALYST, LEADER, Actor, may_decide_review
from engine.context import Context
from engine.drafting import DraftChanged
from engine.errors import DiagramRefused, Forbidden, InvalidInput, WrongState
from engine.notifications.message import OutboxMessage
from engine.storage.drafts import files_of
from engine.storage.notices import active_persons
from engine.storage.outbox import enqueue_messages
from engine.storage.people import holders, person_row
from engine.storage.unit_of_work import Connection, Row
from engine.validation import Verdict, judge, peek_key

LONGEST_NOTE = 2000
_STATES = {"draft": "in work", "in_review": "in review", "approved": "approved"}


def verdict_of(connection: Connection, row: Row) -> Verdict:  # type: ignore[type-arg]
    """The rules' verdict on a draft with the forms and decisions that it carries."""
    forms, decisions = files_of(connection, row.key, "form"), files_of(connection, row.key, "decision")
    return judge(connection, row.xml, row.profile, forms, decisions)


def require_own_key(row: Row) -> None:  # type: ignore[type-arg]
    """Raises DiagramRefused unless the drawn process has the draft's key: another key would be another SOP."""
    drawn = peek_key(row.xml)
    if drawn == row.key:
        return
    message = f'Kunci proses "{drawn}" berbeda dari kunci SOP "{row.key}".'
    cure = f'Ganti id proses menjadi "{row.key}".'
    raise DiagramRefused(
        f"Expected the process id '{row.key}', but the drawing has '{drawn}'.",
        [{"element": drawn, "name": row.name, "rule": "key", "severity": "error", "message": message, "cure": cure}],
    )


def require_state(row: Row, wanted: str) -> None:  # type: ignore[type-arg]
    """Raises WrongState unless the draft is in this state."""
    if row.status != wanted:
        raise WrongState(f"Expected draft '{row.key}' to be {_STATES[wanted]}, but it is {_STATES[row.status]}.")


def require_reviewer(row: Row, actor: Actor, version: int | None) -> None:  # type: ignore[type-arg]
    """The draft is in review, the actor is another person than who drew it, and read what is stored.

    Raises:
        WrongState, Forbidden, DraftChanged.
    """
    require_state(row, "in_review")
    if not may_decide_review(actor, row.submitted_by, row.updated_by):
        raise Forbidden("Expected a reviewer who neither handed in nor last edited this draft.")
    if version is not None and version != row.version:
        raise DraftChanged(f"Expected a review of version {row.version} of '{row.key}', but got one of {version}.")


def note(text: str, field: str, *, required: bool = False) -> str:
    """A note as it is kept. Raises InvalidInput: empty although required, or over 2000 characters."""
    kept = text.strip()
    if (required and not kept) or len(kept) > LONGEST_NOTE:
        raise InvalidInput(
            f"Expected 1 to {LONGEST_NOTE} characters in '{field}', but got {len(kept)}.",
            [{"field": field, "message": f"Wajib diisi, paling panjang {LONGEST_NOTE} huruf."}],
        )
    return kept


def reviewers(context: Context, connection: Connection, row: Row) -> list[Actor]:  # type: ignore[type-arg]
    """Who may decide the review of this draft."""
    now = context.clock.now()
    people = {one.username: one for role in (ANALYST, LEADER) for one in holders(connection, role, now)}
    return [one for one in people.values() if may_decide_review(one, row.submitted_by or "", row.updated_by)]


def tell(
    context: Context, connection: Connection, people: Iterable[Actor | str], subject: str, body: str, key: str
) -> None:
    """Mails to people (or user names) about a draft, with the address of its page; none without a mail server.

    Who is no longer active is left out.
    """
    if context.settings.channels.smtp is None:
        return
    now = context.clock.now()
    named = [person_row(connection, one) if isinstance(one, str) else one.person_id for one in people]
    ids = [one if one is None or isinstance(one, int) else int(one.id) for one in named]
    text = f"{body}\n\n{context.settings.public_url}/sop/{key}\n"
    messages = [
        OutboxMessage(uuid4().hex, "email", person.email, subject, text)
        for person in active_persons(connection, ids)
        if person.email
    ]
    enqueue_messages(connection, messages, None, now)
