"""The permission matrix of DESIGN §7, cell by cell: who x act x confidentiality. Who is not named is refused."""

from collections.abc import Callable

import pytest

from engine import assignment
from engine.assignment import Actor, HeldPost

LANE = "kepala-bidang"
SUPERIOR = "kepala-dinas"
ASSIGNEE_ID = 7


def _actor(person_id: int, kind: str, *roles: str, post_kind: str = "definitif") -> Actor:
    held = frozenset(roles)
    letter = None if post_kind == "definitif" else "800/12/2026"
    post = HeldPost(1, "Jabatan", "Bidang", 1, "Dinas", post_kind, letter, held)
    return Actor(person_id, f"p{person_id}", f"Demo {person_id}", kind, (post,), assignment.effective_roles(kind, held))


ACTORS = {
    "member": _actor(1, "pegawai", LANE),
    "acting member": _actor(2, "pegawai", LANE, post_kind="plt"),
    "superior": _actor(3, "pegawai", SUPERIOR),
    "staff": _actor(4, "pegawai"),
    "applicant": _actor(5, "warga"),
    "citizen": _actor(6, "warga"),
    "assignee": _actor(ASSIGNEE_ID, "pegawai"),
    "analyst": _actor(8, "pegawai", assignment.ANALYST),
    "auditor": _actor(9, "pegawai", assignment.AUDITOR),
    "named auditor": _actor(10, "pegawai", assignment.AUDITOR, assignment.CONFIDENTIAL_AUDITOR),
    "admin": _actor(11, "pegawai", assignment.ADMIN),
    "cleared admin": _actor(12, "pegawai", assignment.ADMIN, assignment.CONFIDENTIAL_AUDITOR),
    "leader": _actor(13, "pegawai", assignment.LEADER),
    "worker": _actor(14, "eksternal", assignment.WORKER),
    "cleared staff": _actor(16, "pegawai", assignment.CONFIDENTIAL_AUDITOR),
    "auditor in the lane": _actor(15, "pegawai", assignment.AUDITOR, LANE),
}
APPLICANT_ID = ACTORS["applicant"].person_id
MEMBERS = "member, acting member"
NAMED = "named auditor, cleared admin, cleared staff"

Act = Callable[[Actor, str], bool]
ACTS: dict[str, Act] = {
    "see open task": lambda who, level: assignment.may_see_task(who, LANE, None, level, SUPERIOR),
    "see assigned task": lambda who, level: assignment.may_see_task(who, LANE, ASSIGNEE_ID, level, SUPERIOR),
    "see applicant's task": lambda who, level: assignment.may_see_task(who, "pemohon", APPLICANT_ID, level),
    "claim": lambda who, _: assignment.may_claim(who, LANE, None),
    "complete open task": lambda who, _: assignment.may_complete(who, LANE, None),
    "complete assigned task": lambda who, _: assignment.may_complete(who, LANE, ASSIGNEE_ID),
    "complete applicant's task": lambda who, _: assignment.may_complete(who, "pemohon", APPLICANT_ID),
    "comment": lambda who, level: assignment.may_comment(who, LANE, None, level, SUPERIOR),
    "hand over open task": lambda who, level: assignment.may_hand_over(who, None, level, SUPERIOR),
    "hand over assigned task": lambda who, level: assignment.may_hand_over(who, ASSIGNEE_ID, level, SUPERIOR),
    "hand over applicant's task": lambda who, level: assignment.may_hand_over(who, APPLICANT_ID, level, None),
    "hand over only with a reason": lambda who, _: assignment.needs_reason_to_hand_over(who, ASSIGNEE_ID, SUPERIOR),
    "be assigned": lambda who, _: assignment.may_be_assigned(who, LANE),
    "be delegated": lambda who, level: assignment.may_be_delegated(who, LANE, level),
    "see instance": lambda who, level: assignment.may_see_instance(who, APPLICANT_ID, level, {LANE, "pemohon"}),
    "start as lane": lambda who, _: assignment.may_start(who, LANE, "pegawai"),
    "start as applicant": lambda who, _: assignment.may_start(who, "pemohon", "pemohon"),
    "start without lanes": lambda who, _: assignment.may_start(who, None, None),
    "intervene": lambda who, level: assignment.may_intervene(who, level),
    "send events": lambda who, _: assignment.may_send_events(who),
    "work jobs": lambda who, _: assignment.may_work_jobs(who),
    "resume a draft": lambda who, _: assignment.may_resume(who, APPLICANT_ID),
    "answer the survey": lambda who, _: assignment.may_answer_survey(who, APPLICANT_ID),
    "answer nobody's survey": lambda who, _: assignment.may_answer_survey(who, None),
    "deploy": lambda who, _: assignment.may_deploy(who),
    "read the register": lambda who, _: assignment.may_read_sops(who),
    "read a draft in work": lambda who, _: assignment.may_read_draft(who, "draft"),
    "read a draft in review": lambda who, _: assignment.may_read_draft(who, "in_review"),
    "read an approved draft": lambda who, _: assignment.may_read_draft(who, "approved"),
    "review": lambda who, _: assignment.may_review(who),
    "decide the review of others' work": lambda who, _: assignment.may_decide_review(who, "p1", "p2"),
    "decide the review of what one handed in": lambda who, _: assignment.may_decide_review(who, who.username, "p2"),
    "decide the review of what one edited": lambda who, _: assignment.may_decide_review(who, "p1", who.username),
    "audit": lambda who, _: assignment.may_audit(who),
    "read reports": lambda who, _: assignment.may_read_reports(who),
    "administer": lambda who, _: assignment.may_administer(who),
}
EMPLOYEES = f"{MEMBERS}, superior, staff, assignee, analyst, admin, cleared admin, cleared staff, leader"
# act -> who may when biasa or terbatas, who may when rahasia
MATRIX: dict[str, tuple[str, str]] = {
    "see open task": (
        f"{MEMBERS}, superior, auditor, auditor in the lane, admin, {NAMED}",
        f"{MEMBERS}, auditor in the lane, {NAMED}",
    ),
    "see assigned task": (
        f"{MEMBERS}, assignee, superior, auditor, auditor in the lane, admin, {NAMED}",
        f"{MEMBERS}, assignee, auditor in the lane, {NAMED}",
    ),
    "see applicant's task": (f"applicant, auditor, auditor in the lane, admin, {NAMED}", f"applicant, {NAMED}"),
    "claim": (MEMBERS, MEMBERS),
    "complete open task": (MEMBERS, MEMBERS),
    "complete assigned task": ("assignee", "assignee"),
    "complete applicant's task": ("applicant", "applicant"),
    "comment": (f"{MEMBERS}, superior, admin, cleared admin", f"{MEMBERS}, cleared admin"),
    "hand over open task": ("superior, admin, cleared admin", ""),
    "hand over assigned task": ("assignee, superior, admin, cleared admin", "assignee"),
    "hand over applicant's task": ("admin, cleared admin", ""),
    "hand over only with a reason": ("admin, cleared admin", "admin, cleared admin"),
    "be assigned": (MEMBERS, MEMBERS),
    "be delegated": (EMPLOYEES, MEMBERS),
    "see instance": (
        f"{MEMBERS}, applicant, auditor, auditor in the lane, admin, {NAMED}",
        f"{MEMBERS}, applicant, auditor in the lane, {NAMED}",
    ),
    "start as lane": (MEMBERS, MEMBERS),
    "start as applicant": ("applicant, citizen", "applicant, citizen"),
    "start without lanes": (EMPLOYEES, EMPLOYEES),
    "intervene": ("admin, cleared admin", "cleared admin"),
    "send events": ("worker, admin, cleared admin", "worker, admin, cleared admin"),
    "work jobs": ("worker", "worker"),
    "resume a draft": ("applicant", "applicant"),
    "answer the survey": ("applicant", "applicant"),
    "answer nobody's survey": ("", ""),
    "deploy": ("analyst", "analyst"),
    "read the register": (f"leader, analyst, admin, auditor, auditor in the lane, {NAMED}",) * 2,
    "read a draft in work": ("analyst", "analyst"),
    "read a draft in review": ("analyst, leader", "analyst, leader"),
    "read an approved draft": ("analyst, leader", "analyst, leader"),
    "review": ("analyst, leader", "analyst, leader"),
    "decide the review of others' work": ("analyst, leader", "analyst, leader"),
    "decide the review of what one handed in": ("", ""),
    "decide the review of what one edited": ("", ""),
    "audit": (f"auditor, auditor in the lane, {NAMED}",) * 2,
    "read reports": (f"leader, analyst, admin, auditor, auditor in the lane, {NAMED}",) * 2,
    "administer": ("admin, cleared admin", "admin, cleared admin"),
}


def _cells() -> list[tuple[str, str, str, bool]]:
    cells = []
    for act, (open_cell, secret_cell) in MATRIX.items():
        for level, cell in (("biasa", open_cell), ("terbatas", open_cell), ("rahasia", secret_cell)):
            allowed = {name.strip() for name in cell.split(",") if name.strip()}
            assert allowed <= ACTORS.keys()
            cells += [(who, act, level, who in allowed) for who in ACTORS]
    return cells


def test_the_matrix_names_every_act() -> None:
    assert MATRIX.keys() == ACTS.keys()


@pytest.mark.parametrize(("who", "act", "level", "allowed"), _cells())
def test_cell(who: str, act: str, level: str, allowed: bool) -> None:
    assert ACTS[act](ACTORS[who], level) is allowed


def test_roles_follow_the_kind_of_person() -> None:
    assert assignment.effective_roles("pegawai", frozenset()) == {"pegawai"}
    assert assignment.effective_roles("warga", frozenset()) == {"pemohon"}
    assert assignment.effective_roles("eksternal", frozenset()) == frozenset()
    assert assignment.effective_roles("pegawai", frozenset({assignment.AUDITOR})) == {assignment.AUDITOR}


def test_the_signature_names_the_post_by_which_the_role_is_held() -> None:
    first = HeldPost(1, "Staf", "Sekretariat", 1, "Dinas", "definitif", None, frozenset())
    second = HeldPost(2, "Kepala Bidang", "Aptika", 1, "Dinas", "plt", "800/7/2026", frozenset({LANE}))
    actor = Actor(1, "demo", "Demo", "pegawai", (first, second), frozenset({LANE, "pegawai"}))
    assert actor.signature(LANE) == {
        "person": "demo", "name": "Demo", "post": "Kepala Bidang", "unit": "Aptika", "agency": "Dinas",
        "acting": "plt", "letter_number": "800/7/2026",
    }  # fmt: skip
    assert actor.signature()["post"] == "Staf"


def test_working_in_one_post_wins_no_right() -> None:
    reads = HeldPost(1, "Auditor", "", 1, "Inspektorat", "definitif", None, frozenset({assignment.AUDITOR}))
    works = HeldPost(2, "Kepala", "", 1, "Dinas", "plt", "1/2026", frozenset({"kepala", assignment.ADMIN}))
    granted = reads.roles | works.roles
    whole = Actor(7, "dua", "Dua", "pegawai", (reads, works), assignment.effective_roles("pegawai", granted))
    narrow = assignment.working_as(whole, 2)
    assert narrow.roles == {"kepala", assignment.ADMIN, assignment.AUDITOR}
    assert not assignment.may_claim(narrow, "kepala", None)
    assert assignment.working_as(whole, 1).roles == {assignment.AUDITOR}
    assert narrow.signature()["acting"] == "plt"
    assert narrow.signature(assignment.AUDITOR)["post"] == "Auditor"
    assert assignment.working_as(whole, 3) is whole
