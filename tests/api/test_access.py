"""DESIGN §7 on the wire: who gets which status at which endpoint, and what a secret request shows to whom."""

from typing import Any

import pytest

from engine.commands.deploy_definition import deploy_definition
from engine.context import Context
from scripts.seed import CATALOGUE, forms_of

KEY = "prosedur-pembuatan-akun-splp"
PEOPLE = ("admin", "analis", "auditor", "pimpinan", "warga", "trenggalek-kabid-aptika")
# endpoint -> status for each of PEOPLE, on a request that `warga` started
MATRIX: dict[str, tuple[int, ...]] = {
    "GET /auth/me": (200, 200, 200, 200, 200, 200),
    "GET /definitions": (200, 200, 200, 200, 200, 200),
    "GET /tasks": (200, 200, 200, 200, 200, 200),
    "GET /instances": (200, 200, 200, 200, 200, 200),
    "GET /instances/{id}": (200, 404, 200, 404, 200, 200),
    "GET /instances/{id}/history": (200, 404, 200, 404, 200, 200),
    "GET /instances/{id}/replay": (200, 404, 200, 404, 200, 200),
    "POST /instances/{id}/verify": (200, 404, 200, 404, 200, 200),
    "GET /instances/{id}/proof": (200, 404, 200, 404, 200, 200),
    "GET /instances/search": (200, 200, 200, 200, 200, 200),
    "GET /tasks/{task}": (200, 404, 200, 404, 200, 404),
    "POST /tasks/{task}/claim": (403, 404, 403, 404, 200, 404),
    "POST /instances/{id}/suspend": (200, 404, 403, 404, 403, 403),
    "POST /instances": (403, 403, 403, 403, 201, 403),
    "POST /definitions": (403, 422, 403, 403, 403, 403),
    "POST /definitions/import": (403, 422, 403, 403, 403, 403),
    "POST /definitions/layout": (403, 422, 403, 403, 403, 403),
    "GET /drafts": (403, 200, 403, 403, 403, 403),
    "GET /history/export": (403, 403, 200, 403, 403, 403),
    "GET /reports/compliance": (200, 200, 200, 200, 403, 403),
    "GET /reports/figures": (200, 200, 200, 200, 403, 403),
    "GET /reports/tasks": (200, 200, 200, 200, 403, 403),
    "GET /reports/requests": (200, 200, 200, 200, 403, 403),
    "GET /reports/heatmap/prosedur-pembuatan-akun-splp": (200, 200, 200, 200, 403, 403),
    "GET /reports/satisfaction": (200, 200, 200, 200, 403, 403),
    "POST /instances/{id}/survey": (404, 404, 404, 404, 409, 404),  # the request is still on its way
    "POST /public/drafts": (403, 403, 403, 403, 201, 403),
    "GET /public/drafts/x": (404, 404, 404, 404, 404, 404),
    "GET /people": (200, 403, 403, 403, 403, 403),
    "GET /posts": (200, 403, 403, 403, 403, 403),
    "POST /roles": (201, 403, 403, 403, 403, 403),
    "GET /outbox": (200, 403, 403, 403, 403, 403),
    "POST /calendar/changes": (201, 403, 403, 403, 403, 403),
    "POST /signals": (200, 403, 403, 403, 403, 403),
    "POST /people/analis/tokens": (201, 201, 403, 403, 403, 403),
}
BODIES: dict[str, dict[str, Any]] = {
    "POST /instances": {"definition": KEY},
    "POST /instances/{id}/suspend": {"reason": "uji"},
    "POST /instances/{id}/survey": {f"u{number}": 4 for number in range(1, 10)},
    "POST /public/drafts": {"definition": KEY},
    "POST /roles": {"key": "peran-uji", "name": "Peran Uji"},
    "POST /calendar/changes": {
        "decree": "uji", "changes": [{"date": "2026-12-30", "name": "Uji", "category": "daerah"}]
    },
    "POST /signals": {"name": "uji"},
    "POST /people/analis/tokens": {},
}  # fmt: skip


@pytest.mark.parametrize("endpoint", MATRIX)
def test_who_gets_what(still: Any, endpoint: str) -> None:
    method, path = endpoint.split(" ")
    got = []
    for who in PEOPLE:
        started = still.post("/instances", "warga", json={"definition": KEY}).json
        url = path.replace("{id}", started["id"]).replace("{task}", started["tasks"][0]["id"])
        body: dict[str, Any] = {"json": BODIES[endpoint]} if endpoint in BODIES else {}
        got.append(still.call(method, url, who, **body).status_code)
    assert tuple(got) == MATRIX[endpoint], dict(zip(PEOPLE, got, strict=True))


@pytest.fixture
def secret(service: Context, http: Any) -> dict[str, Any]:
    """A request of a confidential SOP, at its second task."""
    xml = (CATALOGUE / f"{KEY}.bpmn").read_bytes()
    assert b'kerahasiaan="biasa"' in xml
    xml = xml.replace(b'kerahasiaan="biasa"', b'kerahasiaan="rahasia"')
    deploy_definition(service, None, xml, forms=forms_of(KEY))
    started = http.post("/instances", "warga", json={"definition": KEY}).json
    done = http.post(f"/tasks/{started['tasks'][0]['id']}/complete", "warga",
                     json={"data": {"kelengkapan": ["butir_1"]}})  # fmt: skip
    view: dict[str, Any] = done.json
    return view


def test_a_secret_request_is_seen_by_its_performers_and_named_auditors_only(http: Any, secret: dict[str, Any]) -> None:
    task = secret["tasks"][0]
    sees = {}
    for who in (*PEOPLE, "auditor-rahasia", task["role"]):
        sees[who] = http.get(f"/instances/{secret['id']}", who).status_code == 200
        listed = secret["id"] in [one["id"] for one in http.get("/instances", who).json["items"]]
        worked = task["id"] in [one["id"] for one in http.get("/tasks", who).json["items"]]
        assert listed <= sees[who], who
        assert worked <= sees[who], who
        if not sees[who]:
            number = http.get("/instances", who, query_string={"q": secret["registration_number"]})
            assert number.json["items"] == []
            assert http.get(f"/tasks/{task['id']}", who).status_code == 404
    assert {who for who, seen in sees.items() if seen} >= {"warga", "auditor-rahasia", task["role"]}
    assert not any(sees[who] for who in ("admin", "analis", "auditor", "pimpinan"))
    assert http.get(f"/public/track/{secret['registration_number']}").status_code == 404
    exported = http.get("/history/export", "auditor").get_data(as_text=True)
    assert secret["id"] not in exported
    assert secret["id"] in http.get("/history/export", "auditor-rahasia").get_data(as_text=True)


def test_even_an_administrator_does_not_touch_a_secret_request(http: Any, secret: dict[str, Any]) -> None:
    for act in ("cancel", "suspend"):
        assert http.post(f"/instances/{secret['id']}/{act}", "admin", json={"reason": "uji"}).status_code == 404
    task = secret["tasks"][0]
    body = {"username": task["role"], "reason": "uji"}
    assert http.post(f"/tasks/{task['id']}/assign", "admin", json=body).status_code == 404
