"""Deploys an approved draft: number and effective date go into the drawing, the draft becomes the newest version."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import Actor
from engine.context import Context
from engine.deployment import Release, deploy, deploy_decisions
from engine.diagram.edit import with_identity
from engine.diagram.parse import parse_diagram
from engine.drafting import open_draft
from engine.errors import InvalidInput, WrongState
from engine.reviewing import note, require_own_key, require_state
from engine.storage.agencies import agency_named
from engine.storage.definitions import zone_of
from engine.storage.drafts import delete_draft_row, files_of
from engine.storage.unit_of_work import Connection

LONGEST_NUMBER = 120


def deploy_definition_draft(
    context: Context, actor: Actor, key: str, number: str, effective_on: date, reason: str
) -> dict[str, Any]:
    """Makes the draft `key` the newest version of its SOP and ends the draft.

    Args:
        number: the Nomor SOP.
        effective_on: the day, in the zone of the SOP's agency, from whose beginning requests start with it; today
            means at once.
        reason: why; it stands beside the version for good.

    Returns:
        `{key, version, name, hash, created, findings[], prepared[], effective_on}`.

    Raises:
        Forbidden: no analyst. NotFound. InvalidInput: no number or reason, or a day that is past. DiagramRefused: it
        has errors by now. WrongState: it is not approved, or exactly this was deployed before.
    """
    kept = note(reason, "reason", required=True)
    shown = _number(number)
    with context.database.write() as connection:
        row = open_draft(connection, actor, key, None)
        require_state(row, "approved")
        require_own_key(row)
        effective_at = _effective_at(context, connection, row.xml, effective_on)

        for xml in files_of(connection, key, "decision").values():
            deploy_decisions(context, connection, actor, xml)
        xml = with_identity(row.xml, nomor=shown, tanggalEfektif=effective_on.isoformat())
        release = Release(effective_at, row.submitted_by, row.reviewed_by, kept)
        deployed = deploy(context, connection, actor, xml, row.profile, files_of(connection, key, "form"), release)
        if not deployed["created"]:
            raise WrongState(f"Expected a change, but exactly this is version {deployed['version']} already.")
        delete_draft_row(connection, key)
        return deployed | {"effective_on": effective_on.isoformat()}


def _number(number: str) -> str:
    shown = number.strip()
    if not 0 < len(shown) <= LONGEST_NUMBER:
        raise InvalidInput(
            f"Expected a Nomor SOP of 1 to {LONGEST_NUMBER} characters, but got {len(shown)}.",
            [{"field": "number", "message": f"Isi Nomor SOP, paling panjang {LONGEST_NUMBER} huruf."}],
        )
    return shown


def _effective_at(context: Context, connection: Connection, xml: bytes, effective_on: date) -> datetime | None:
    """The beginning of a day to come in the zone of the drawing's agency, None for today."""
    identity = parse_diagram(xml).main.identity
    agency = agency_named(connection, identity.agency) if identity and identity.agency else None
    zone = ZoneInfo(zone_of(connection, agency))
    today = context.clock.now().astimezone(zone).date()
    if effective_on < today:
        raise InvalidInput(
            f"Expected today ({today}) or a later day, but got {effective_on}.",
            [{"field": "effective_on", "message": "Tanggal efektif paling awal hari ini."}],
        )
    return None if effective_on == today else datetime.combine(effective_on, time(), zone)
