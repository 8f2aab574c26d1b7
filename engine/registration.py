"""Registration numbers: `<AGENCY>-<year>-<000123>`, one gapless series per agency and year (pure)."""

from datetime import datetime
from zoneinfo import ZoneInfo


def year_of(now: datetime, zone: str) -> int:
    """The year of a registration at the aware moment `now`, as the agency's wall calendar says."""
    return now.astimezone(ZoneInfo(zone)).year


def series(agency_code: str, year: int) -> str:
    """What all numbers of an agency and year begin with."""
    return f"{agency_code.upper()}-{year}-"


def registration_number(agency_code: str, year: int, ordinal: int) -> str:
    """The number printed on the receipt; safe in URLs and file names."""
    return f"{series(agency_code, year)}{ordinal:06d}"
