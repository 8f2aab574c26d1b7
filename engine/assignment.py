"""Who may do what: the actor with the posts held at this moment, and the permission matrix (pure).

Owns the meaning of roles; knows neither tables nor HTTP. Everything not granted here is refused.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

ADMIN = "alur-admin"
ANALYST = "alur-analis"
AUDITOR = "alur-auditor"
CONFIDENTIAL_AUDITOR = "alur-auditor-rahasia"
LEADER = "alur-pimpinan"
WORKER = "alur-pekerja"  # external job workers
STAFF = "pegawai"  # every active employee who is not an auditor holds it
APPLICANT = "pemohon"  # every citizen holds it; also the kind of a lane that is the applicant's

EMPLOYEE_KIND = "pegawai"
CITIZEN_KIND = "warga"
CONFIDENTIAL = "rahasia"


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that a person holds today. `kind` is definitif, plt or plh (then with the letter number)."""

    id: int
    title: str
    unit: str
    agency_id: int
    agency: str
    kind: str
    letter_number: str | None
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with everything that access decisions need; `kind` is pegawai, warga or eksternal."""

    person_id: int
    username: str
    name: str
    kind: str
    posts: tuple[HeldPost, ...]
    roles: frozenset[str]

    def signature(self, role: str | None = None) -> dict[str, Any]:
        """What history keeps of the actor at this moment: person, and the post by which `role` is held."""
        signature: dict[str, Any] = {"person": self.username, "name": self.name}
        post = next((held for held in self.posts if role in held.roles), self.posts[0] if self.posts else None)
        if post is not None:
            signature |= {"post": post.title, "unit": post.unit, "agency": post.agency}
            if post.kind != "definitif":
                signature |= {"acting": post.kind, "letter_number": post.letter_number}
        return signature


# --- membership -----------------------------------------------------------------------------------------------------


def effective_roles(kind: str, granted: frozenset[str]) -> frozenset[str]:
    """The roles of a person of `kind` (pegawai, warga, eksternal) whose posts grant `granted`.

    Every employee is staff, every citizen an applicant. An auditor is not staff: staff work, auditors only read.
    """
    if kind == CITIZEN_KIND:
        return granted | {APPLICANT}
    return granted | {STAFF} if kind == EMPLOYEE_KIND and AUDITOR not in granted else granted


def working_as(actor: Actor, post_id: int) -> Actor:
    """The actor at work in one of the posts held: only that post's lanes are the actor's, and acts are signed by it.

    What lies with the actor by another post stays the actor's and is signed by the post that has its role. No right is
    won: auditors stay auditors in every post. With a post that the actor does not hold nothing changes.
    """
    chosen = next((post for post in actor.posts if post.id == post_id), None)
    if chosen is None:
        return actor
    roles = effective_roles(actor.kind, chosen.roles | (actor.roles & {AUDITOR})) & actor.roles
    return replace(actor, posts=(chosen, *[post for post in actor.posts if post is not chosen]), roles=roles)


def performs(actor: Actor, task_role: str, assignee_id: int | None) -> bool:
    """Whether the task is the actor's work: assigned to the actor, or open to a lane of which the actor is a member.

    The applicant's lane has as many members as there are citizens, so there only the assignee counts.
    """
    if assignee_id == actor.person_id:
        return True
    return task_role != APPLICANT and task_role in actor.roles


def _reads_everything(actor: Actor, confidentiality: str) -> bool:
    if CONFIDENTIAL_AUDITOR in actor.roles:
        return True
    return AUDITOR in actor.roles and confidentiality != CONFIDENTIAL


def _changes_nothing(actor: Actor) -> bool:
    return AUDITOR in actor.roles


# --- tasks ----------------------------------------------------------------------------------------------------------


def may_see_task(
    actor: Actor, task_role: str, assignee_id: int | None, confidentiality: str, superior_role: str | None = None
) -> bool:
    """Performers always; auditors as far as they are cleared; superiors and administrators unless it is secret."""
    if performs(actor, task_role, assignee_id) or _reads_everything(actor, confidentiality):
        return True
    if confidentiality == CONFIDENTIAL:
        return False
    return ADMIN in actor.roles or (superior_role is not None and superior_role in actor.roles)


def may_claim(actor: Actor, task_role: str, assignee_id: int | None) -> bool:
    """Members of the lane (that somebody else holds it already is a matter of state, not of right)."""
    return not _changes_nothing(actor) and performs(actor, task_role, assignee_id)


def may_complete(actor: Actor, task_role: str, assignee_id: int | None) -> bool:
    """The assignee; without one, any member of the lane. Also claims' counterparts: unclaim, drafts."""
    if assignee_id is not None:
        return not _changes_nothing(actor) and assignee_id == actor.person_id
    return may_claim(actor, task_role, assignee_id)


def may_comment(
    actor: Actor, task_role: str, assignee_id: int | None, confidentiality: str, superior_role: str | None = None
) -> bool:
    """Who sees the task and is not there only to read: comments and attachments are part of the record."""
    if _changes_nothing(actor) or not may_see_task(actor, task_role, assignee_id, confidentiality, superior_role):
        return False
    return performs(actor, task_role, assignee_id) or ADMIN in actor.roles or superior_role in actor.roles


def may_hand_over(actor: Actor, assignee_id: int | None, confidentiality: str, superior_role: str | None) -> bool:
    """Assign or delegate: the assignee; unless it is secret also the lane's superior, and administrators.

    What lies with an applicant stays there: nobody opens the own request to somebody else.
    """
    if _changes_nothing(actor) or actor.kind == CITIZEN_KIND:
        return False
    if assignee_id is not None and assignee_id == actor.person_id:
        return True
    if confidentiality == CONFIDENTIAL:
        return False
    return needs_reason_to_hand_over(actor, assignee_id, superior_role) or superior_role in actor.roles


def needs_reason_to_hand_over(actor: Actor, assignee_id: int | None, superior_role: str | None) -> bool:
    """Whether handing over is an administrator's intervention (then a reason is due) and not the line's own act."""
    in_line = assignee_id == actor.person_id or (superior_role is not None and superior_role in actor.roles)
    return ADMIN in actor.roles and not in_line


def may_be_assigned(target: Actor, task_role: str) -> bool:
    """Only members of the lane can be given its tasks by assignment."""
    return not _changes_nothing(target) and task_role in target.roles


def may_be_delegated(target: Actor, task_role: str, confidentiality: str) -> bool:
    """A disposition may go to any employee; a secret task stays within its lane."""
    if may_be_assigned(target, task_role):
        return True
    return confidentiality != CONFIDENTIAL and STAFF in target.roles


# --- instances ------------------------------------------------------------------------------------------------------


def may_start(actor: Actor, start_role: str | None, start_kind: str | None) -> bool:
    """Members of the lane in which the SOP starts; every citizen if it is the applicant's; any staff without lanes."""
    if _changes_nothing(actor):
        return False
    if start_kind == APPLICANT and APPLICANT in actor.roles:
        return True
    return (start_role or STAFF) in actor.roles


def may_resume(actor: Actor, owner_id: int) -> bool:
    """A draft of a request is its writer's alone; a link to it opens nothing for others."""
    return not _changes_nothing(actor) and actor.person_id == owner_id


def may_see_instance(
    actor: Actor, applicant_id: int | None, confidentiality: str, roles_involved: Collection[str]
) -> bool:
    """The applicant, the performers (members of its lanes) and auditors; administrators unless it is secret."""
    if applicant_id is not None and applicant_id == actor.person_id:
        return True
    if _reads_everything(actor, confidentiality) or not actor.roles.isdisjoint(set(roles_involved) - {APPLICANT}):
        return True
    return ADMIN in actor.roles and confidentiality != CONFIDENTIAL


def may_intervene(actor: Actor, confidentiality: str) -> bool:
    """Cancel, suspend, resume, retry, modify, migrate: administrators, with a reason; secret ones only when cleared."""
    if _changes_nothing(actor) or ADMIN not in actor.roles:
        return False
    return confidentiality != CONFIDENTIAL or CONFIDENTIAL_AUDITOR in actor.roles


def may_send_events(actor: Actor) -> bool:
    """Messages and signals come from connected systems; administrators may stand in for them."""
    return not _changes_nothing(actor) and not actor.roles.isdisjoint({WORKER, ADMIN})


def may_work_jobs(actor: Actor) -> bool:
    """Job workers are programs with a token of their own."""
    return not _changes_nothing(actor) and WORKER in actor.roles


def may_answer_survey(actor: Actor, applicant_id: int | None) -> bool:
    """Only who asked says how it was to be served."""
    return not _changes_nothing(actor) and applicant_id is not None and applicant_id == actor.person_id


# --- definitions, reports, administration ---------------------------------------------------------------------------


def may_deploy(actor: Actor) -> bool:
    """Analysts edit, import, simulate and deploy diagrams, forms and decisions."""
    return not _changes_nothing(actor) and ANALYST in actor.roles


def may_read_sops(actor: Actor) -> bool:
    """The register of SOPs with all versions: who reads reports. Drafts in it: see `may_read_draft`."""
    return may_read_reports(actor)


def may_read_draft(actor: Actor, status: str) -> bool:
    """A draft in work is the analysts' own; one handed in for review is seen by leaders, too."""
    return may_deploy(actor) or (may_review(actor) and status in ("in_review", "approved"))


def may_review(actor: Actor) -> bool:
    """Drafts are reviewed by analysts and leaders; which draft by whom: `may_decide_review`."""
    return not _changes_nothing(actor) and not actor.roles.isdisjoint({ANALYST, LEADER})


def may_decide_review(actor: Actor, submitted_by: str, edited_by: str) -> bool:
    """Approving or returning a draft: a reviewer who neither handed it in nor edited it last."""
    return may_review(actor) and actor.username not in (submitted_by, edited_by)


def may_audit(actor: Actor) -> bool:
    """Auditors read across all instances: export, verification of every chain, the administration's own history."""
    return not actor.roles.isdisjoint({AUDITOR, CONFIDENTIAL_AUDITOR})


def may_read_reports(actor: Actor) -> bool:
    """Reports on compliance: leaders, auditors, analysts, administrators."""
    return may_audit(actor) or not actor.roles.isdisjoint({LEADER, ANALYST, ADMIN})


def may_be_listed(actor: Actor, confidentiality: str) -> bool:
    """Whether a report names a request to the actor: all are counted, secret ones named to cleared auditors only."""
    return may_read_reports(actor) and (confidentiality != CONFIDENTIAL or CONFIDENTIAL_AUDITOR in actor.roles)


def may_administer(actor: Actor) -> bool:
    """People, posts, roles, tokens of others, calendar decrees, dead letters: administrators."""
    return not _changes_nothing(actor) and ADMIN in actor.roles
