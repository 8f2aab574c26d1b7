"""Who there is in demo mode: one plainly invented person per role of `bpmn/roles.csv`, and the system's own (pure)."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from engine.assignment import ADMIN, ANALYST, APPLICANT, AUDITOR, CONFIDENTIAL_AUDITOR, LEADER, STAFF, WORKER
from engine.errors import InvalidInput

PASSWORD = "demo-alur-2026"  # noqa: S105 - published on purpose; only demo mode knows it
COLUMNS = ("role", "agency_code", "agency_name", "unit", "post_title", "performer_kind", "superior_role")
HOUSE_CODE, HOUSE_NAME = "alur", "Pengelola Alur (data demo)"


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One line of roles.csv: a role, and the post that gives it; without agency it is nobody's post."""

    role: str
    agency_code: str
    agency_name: str
    unit: str
    post_title: str
    performer_kind: str
    superior_role: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person to create, with the post and the roles that it gives; `agency_code` empty = no post."""

    username: str
    name: str
    kind: str
    agency_code: str = ""
    unit: str = ""
    title: str = ""
    roles: tuple[str, ...] = ()


SYSTEM_ROLES = {
    ADMIN: "Administrator Alur", ANALYST: "Analis SOP", AUDITOR: "Auditor",
    CONFIDENTIAL_AUDITOR: "Auditor perkara rahasia", LEADER: "Pimpinan", WORKER: "Sistem luar",
    STAFF: "Pegawai", APPLICANT: "Pemohon",
}  # fmt: skip
_SYSTEM_PEOPLE = (
    DemoPerson("admin", "Demo Administrator", "pegawai", HOUSE_CODE, "Sekretariat", "Administrator", (ADMIN, WORKER)),
    DemoPerson("analis", "Demo Analis SOP", "pegawai", HOUSE_CODE, "Organisasi", "Analis SOP", (ANALYST,)),
    DemoPerson("auditor", "Demo Auditor", "pegawai", HOUSE_CODE, "Inspektorat", "Auditor", (AUDITOR,)),
    DemoPerson(
        "auditor-rahasia", "Demo Auditor Perkara Rahasia", "pegawai", HOUSE_CODE, "Inspektorat",
        "Auditor perkara rahasia", (AUDITOR, CONFIDENTIAL_AUDITOR),
    ),
    DemoPerson("pimpinan", "Demo Pimpinan", "pegawai", HOUSE_CODE, "", "Pimpinan", (LEADER,)),
    DemoPerson("sistem-luar", "Demo Sistem Luar", "eksternal", HOUSE_CODE, "", "Sistem luar", (WORKER,)),
    DemoPerson("warga", "Demo Warga", "warga"),
)  # fmt: skip


def read_roles(data: bytes) -> list[RoleRow]:
    """The lines of roles.csv.

    Raises:
        InvalidInput: other columns than `COLUMNS`, or a role twice.
    """
    reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise InvalidInput(f"Expected the columns {', '.join(COLUMNS)} in roles.csv, but got {reader.fieldnames}.")
    rows = [RoleRow(**{name: (line[name] or "").strip() for name in COLUMNS}) for line in reader]
    twice = {row.role for row in rows if sum(other.role == row.role for other in rows) > 1}
    if twice:
        raise InvalidInput(f"Expected every role once in roles.csv, but {', '.join(sorted(twice))} come again.")
    return rows


def demo_people(rows: Sequence[RoleRow]) -> list[DemoPerson]:
    """The system's people, and one per role that belongs to an agency; the user name is the role."""
    return [*_SYSTEM_PEOPLE, *[_performer(row) for row in rows if row.agency_code]]


def _performer(row: RoleRow) -> DemoPerson:
    kind = "eksternal" if row.performer_kind == "eksternal" else "pegawai"
    name = f"Demo {row.post_title}"[:200]
    return DemoPerson(row.role[:80], name, kind, row.agency_code, row.unit, row.post_title, (row.role,))
