"""Who administers what, cell by cell: every endpoint of administration, asked by each kind of person."""

from typing import Any

import pytest

PEOPLE = ("admin", "analis", "auditor", "pimpinan", "warga", "trenggalek-kabid-aptika")
ADMIN_ONLY = (200, 403, 403, 403, 403, 403)
MATRIX: dict[str, tuple[int, ...]] = {
    "GET /people?q=demo": ADMIN_ONLY,
    "POST /people/warga/password/reset": ADMIN_ONLY,
    "PATCH /people/warga": ADMIN_ONLY,
    "GET /agencies": ADMIN_ONLY,
    "PATCH /agencies/alur": ADMIN_ONLY,
    "GET /roles": ADMIN_ONLY,
    "PATCH /roles/alur-admin": ADMIN_ONLY,
    "PATCH /posts/1": ADMIN_ONLY,
    "GET /assignments?show=all&limit=2": ADMIN_ONLY,
    "GET /tokens": ADMIN_ONLY,
    "GET /tokens?username=auditor": (200, 403, 200, 403, 403, 403),
    "POST /people/sistem-luar/tokens/revoke": ADMIN_ONLY,
    "GET /administration/history": (200, 403, 200, 403, 403, 403),
    "POST /administration/verify": (200, 403, 200, 403, 403, 403),
    "GET /calendar?year=2026": (200, 200, 200, 200, 200, 200),
    "POST /calendar/preview": ADMIN_ONLY,
    "GET /calendar/decrees?limit=2": ADMIN_ONLY,
    "GET /workers": ADMIN_ONLY,
    "PUT /settings/contact": ADMIN_ONLY,
}
BODIES: dict[str, dict[str, Any]] = {
    "POST /people/warga/password/reset": {"reason": "uji"},
    "PATCH /people/warga": {"phone": "0800", "reason": "uji"},
    "PATCH /agencies/alur": {"name": "Pengelola", "reason": "uji"},
    "PATCH /roles/alur-admin": {"name": "Administrator", "reason": "uji"},
    "PATCH /posts/1": {"unit": "Unit", "reason": "uji"},
    "POST /people/sistem-luar/tokens/revoke": {"reason": "uji"},
    "POST /calendar/preview": {
        "decree": "uji", "changes": [{"date": "2026-12-30", "name": "Uji", "category": "daerah"}]
    },
    "PUT /settings/contact": {"value": "0355", "reason": "uji"},
}  # fmt: skip


@pytest.mark.parametrize("endpoint", MATRIX)
def test_who_gets_what(still: Any, endpoint: str) -> None:
    method, path = endpoint.split(" ")
    body: dict[str, Any] = {"json": BODIES[endpoint]} if endpoint in BODIES else {}
    got = []
    for who in PEOPLE:
        still.tokens.pop(who, None)  # a reset ends the tokens of whom it concerns
        got.append(still.call(method, path, who, **body).status_code)
    assert tuple(got) == MATRIX[endpoint], dict(zip(PEOPLE, got, strict=True))
    still.tokens.pop("warga", None)


def test_nobody_unknown_administers(still: Any) -> None:
    for endpoint in MATRIX:
        method, path = endpoint.split(" ")
        assert still.call(method, path).status_code == 401
