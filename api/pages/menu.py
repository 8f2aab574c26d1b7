"""The main menu: which pages a visitor is offered. What a page allows is decided by its command or query, not here."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.assignment import APPLICANT, STAFF, Actor, may_administer, may_read_reports, may_read_sops

Offered = Callable[[Actor | None], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """One link: the page's endpoint, its Indonesian words, and whom it is offered."""

    endpoint: str
    words: str
    offered: Offered


def _everybody(_visitor: Actor | None) -> bool:
    return True


def _whoever(may: Callable[[Actor], bool]) -> Offered:
    return lambda visitor: visitor is not None and may(visitor)


def _with_role(role: str) -> Offered:
    return _whoever(lambda visitor: role in visitor.roles)


MENU = (
    Entry("pages.services_page", "Layanan", _everybody),
    Entry("pages.track_form", "Lacak", _everybody),
    Entry("pages.my_requests", "Permohonan saya", _with_role(APPLICANT)),
    Entry("pages.inbox_page", "Tugas", _with_role(STAFF)),
    Entry("pages.start_page", "Mulai SOP", _with_role(STAFF)),
    Entry("pages.sops_page", "SOP", _whoever(may_read_sops)),
    Entry("pages.leader_page", "Pimpinan", _whoever(may_read_reports)),
    Entry("pages.report_page", "Laporan", _whoever(may_read_reports)),
    Entry("pages.audit_list", "Audit", _whoever(may_read_reports)),
    Entry("pages.admin_home", "Administrasi", _whoever(may_administer)),
)


def menu(visitor: Actor | None) -> list[Entry]:
    """The links for a visitor, in their order; None is somebody who is not logged in."""
    return [entry for entry in MENU if entry.offered(visitor)]
