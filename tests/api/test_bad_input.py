"""Bad input at every endpoint: a 4xx problem that names what was wrong, never a 500, nothing written."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import func, select

from api.body import DEEPEST
from engine.context import Context
from engine.queries.cursor import encode
from engine.storage.tables import history, instances

KEY = "prosedur-pembuatan-akun-splp"
DEEP = '{"a":' * 5000 + "1" + "}" * 5000
NESTED = '{"definition":"x","variables":' + '{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 2)
BODIES = {
    "no JSON": (b"{", 400),
    "a list": (b"[1]", 400),
    "null": (b"null", 400),
    "not UTF-8": (b'{"definition":"\xff"}', 400),
    "bottomless": (DEEP.encode(), 400),
    "too deep": (NESTED.encode(), 400),
    "NaN": (b'{"variables":{"x":NaN}}', 400),
    "infinity by size": (b'{"variables":{"x":1e999}}', 400),
    "a number of 5000 digits": (b'{"variables":{"x":' + b"9" * 5000 + b"}}", 400),
    "NUL": (b'{"definition":"a\\u0000b"}', 400),
    "half a surrogate": (b'{"definition":"\\ud800"}', 400),
    "half a surrogate as a key": (b'{"variables":{"\\udfff":1}}', 400),
    "unknown field": (b'{"bukan":1}', 422),
}


@pytest.fixture
def http(still: Any) -> Any:
    return still


@pytest.fixture(scope="module")
def started(still: Any) -> Any:
    return still.post("/instances", "warga", json={"definition": KEY}).json


JSON_POSTS = [
    "/instances", "/public/requests", "/messages", "/signals", "/jobs/activate", "/people", "/posts", "/roles",
    "/assignments", "/feel/check", "/test-clock", "/auth/token", "/calendar/changes",
]  # fmt: skip


@pytest.mark.parametrize("path", JSON_POSTS)
def test_bodies_that_are_no_json_object_of_ours(http: Any, path: str) -> None:
    who = None if path in ("/test-clock", "/auth/token") else "admin"
    for name, (body, status) in BODIES.items():
        answer = http.post(path, who, data=body, content_type="application/json")
        assert answer.status_code == status, (name, answer.json)
    assert http.post(path, who, data=b"a=b", content_type="application/x-www-form-urlencoded").status_code == 415


WRONG: list[tuple[str, str, str, dict[str, Any], str]] = [
    ("POST", "/instances", "warga", {"definition": 1}, "definition"),
    ("POST", "/instances", "warga", {"definition": ""}, "definition"),
    ("POST", "/instances", "warga", {"definition": "x" * 201}, "definition"),
    ("POST", "/instances", "warga", {"definition": KEY, "variables": []}, "variables"),
    ("POST", "/instances", "warga", {"definition": KEY, "version": "1"}, "version"),
    ("POST", "/instances", "warga", {"definition": KEY, "version": True}, "version"),
    ("POST", "/instances", "warga", {"definition": KEY, "version": 2**40}, "version"),
    ("POST", "/instances", "warga", {"definition": KEY, "variables": {"asing": 1}}, "asing"),
    ("POST", "/messages", "admin", {"name": "x", "correlation": 5}, "correlation"),
    ("POST", "/jobs/activate", "admin", {"type": "x", "max_jobs": 0}, "max_jobs"),
    ("POST", "/jobs/activate", "admin", {"type": "x", "lease_seconds": 10**9}, "lease_seconds"),
    ("POST", "/people", "admin", {"username": "A B", "name": "x"}, "username"),
    ("POST", "/people", "admin", {"username": "abc", "name": "x", "password": "pendek"}, "password"),
    ("POST", "/people", "admin", {"username": "abc", "name": "a\nb"}, "name"),
    ("POST", "/people", "admin", {"username": "abc", "name": "x", "kind": "raja"}, "kind"),
    ("PATCH", "/people/warga", "admin", {"active": "ya", "reason": "x"}, "active"),
    ("POST", "/agencies", "admin", {"code": "x", "name": "x", "zone": "../../etc/passwd"}, "zone"),
    ("POST", "/roles", "admin", {"key": "Ruang Kosong", "name": "x"}, "key"),
    ("POST", "/assignments", "admin", {"username": "warga", "post_id": 1, "valid_from": "kemarin"}, "valid_from"),
    ("POST", "/assignments", "admin",
     {"username": "warga", "post_id": 1, "valid_from": "2026-03-02", "valid_until": "2026-03-01"}, "valid_until"),
    ("POST", "/test-clock", "admin", {"now": "besok"}, "now"),
    ("POST", "/test-clock", "admin", {"now": "2026-03-02T08:00:00"}, "now"),
    ("POST", "/test-clock", "admin", {"now": "9999-12-31T23:59:59Z"}, "now"),
    ("POST", "/test-clock", "admin", {"now": "2026-03-02T08:00:00Z", "advance": "P1D"}, "now"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "who", "body", "field"), WRONG)
def test_wrong_values_name_their_field(
    http: Any, method: str, path: str, who: str, body: dict[str, Any], field: str
) -> None:
    answer = http.call(method, path, who, json=body)
    assert answer.status_code == 422, answer.json
    assert field in [error.get("field") for error in answer.json["errors"]], answer.json


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=201", "limit=abc", "limit=-1", "limit=1e3", "limit=%D9%A1", "cursor=abc", "cursor=W10",
        "cursor=WzEsMl0", "cursor=WyIyMDI2LTAzLTAyIiwgInQiXQ", "sort=draft", "sort=due_at;DROP TABLE tasks",
        "overdue=1", "bukan=1", "role=" + "x" * 121, "q=" + "x" * 201,
    ],
)  # fmt: skip
def test_queries_outside_the_whitelist(http: Any, query: str) -> None:
    answer = http.get(f"/tasks?{query}", "admin")
    assert (answer.status_code, bool(answer.json["errors"])) == (422, True), answer.json


LISTS = {
    "/instances": 2, "/instances/search": 2, "/definitions": 1, "/people": 1, "/roles": 1, "/posts": 2,
    "/assignments": 2, "/tokens": 1, "/administration/history": 1, "/outbox": 2,
    "/reports/tasks": 2, "/reports/requests": 2, "/tasks": 3,
}  # fmt: skip
FORGED = ["\ud800", "a\x00b", 2**63, 2**70, True, -1, 1.5, None, [1], "0001-01-01T00:00:00+14:00",
          "9999-12-31T23:59:59-14:00"]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_forged_cursors_are_refused_or_harmless(http: Any, path: str) -> None:
    fillers: list[Any] = ["2026-03-05T01:00:00+00:00", "x", 7]
    for forged in FORGED:
        for filler in fillers:
            for place in range(LISTS[path]):
                values = [filler] * LISTS[path]
                values[place] = forged
                answer = http.get(path, "admin", query_string={"cursor": encode(*values)})
                assert answer.status_code in (200, 403, 422), (values, answer.json)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "-1"])
def test_days_in_which_no_calendar_counts_name_their_field(http: Any, day: str) -> None:
    for path in ("/reports/compliance", "/reports/figures", "/reports/tasks", "/reports/requests",
                 f"/reports/heatmap/{KEY}", "/reports/satisfaction", "/administration/history"):  # fmt: skip
        for field in ("since", "until"):
            answer = http.get(f"{path}?{field}={day}", "admin")
            assert (answer.status_code, [one["field"] for one in answer.json["errors"]]) == (422, [field]), path


@pytest.mark.parametrize("text", ["' OR 1=1 --", "%", "_", "\\", '"; DROP TABLE tasks; --', "\U0001f600", "a" * 200])
def test_searches_take_any_text_as_text(http: Any, started: dict[str, Any], text: str) -> None:
    for path in ("/tasks", "/instances", "/definitions"):
        answer = http.get(path, "warga", query_string={"q": text})
        assert (answer.status_code, answer.json["items"]) == (200, [])
    assert http.get("/instances", "warga", query_string={"q": started["registration_number"][:9]}).json["items"]


@pytest.mark.parametrize("identifier", ["x", "../../etc/passwd", "%2e%2e%2fetc", "1" * 3000, "' OR 1=1", "\u4e2d"])
def test_identifiers_of_nothing(http: Any, identifier: str) -> None:
    for path in ("/instances/{}", "/instances/{}/history", "/tasks/{}", "/tasks/{}/form", "/attachments/{}",
                 "/definitions/{}", "/definitions/{}/bpmn", "/public/track/{}"):  # fmt: skip
        assert http.get(path.format(identifier), "admin").status_code in (404, 405)
    for path in ("/tasks/{}/claim", "/tasks/{}/complete", "/outbox/{}/resend", "/jobs/{}/complete"):
        assert http.post(path.format(identifier), "admin", json={}).status_code in (403, 404, 415, 422)


def test_numbers_that_no_database_holds_are_unknown_addresses(http: Any) -> None:
    huge = "9" * 30
    for path in (f"/definitions/{KEY}/versions/{huge}", f"/definitions/{KEY}/bpmn?version={huge}"):
        assert http.get(path, "admin").status_code in (404, 422)
    assert http.call("DELETE", f"/tokens/{huge}", "admin").status_code == 404
    for page in (f"/sop/{KEY}/{huge}/diagram.bpmn", f"/sop/{KEY}/versi/{huge}"):
        assert http.client.get(page).status_code == 404


def test_bad_data_without_a_single_field_still_says_where_to_look(http: Any) -> None:
    agency = http.get("/agencies", "admin").json["items"][0]["code"]
    for answer, field in (
        (http.post("/decisions", "analis", data=b"<a/>", content_type="application/xml"), "body"),
        (http.post("/definitions/validate?profile=lain", "analis", data=b"<a/>"), "profile"),
        (http.call("PATCH", f"/agencies/{agency}", "admin", json={"office": {"week": 1}, "reason": "x"}), "office"),
    ):
        assert (answer.status_code, [one["field"] for one in answer.json["errors"]]) == (422, [field]), answer.json


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&b;</definitions>'
)
XXE = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&x;</definitions>'
)
DIAGRAMS = {
    "nothing": b"",
    "no XML": b"\x00\x01\x02",
    "text": b"halo",
    "HTML": b"<html><body/></html>",
    "billion laughs": LAUGHS,
    "XXE": XXE,
    "deep": b"<a>" * 20_000,
    "wide": b"<definitions " + b" ".join(b'a%d="x"' % number for number in range(50_000)) + b"/>",
    "UTF-16 lie": '<?xml version="1.0" encoding="UTF-8"?><a/>'.encode("utf-16"),
}


@pytest.mark.parametrize("name", DIAGRAMS)
def test_hostile_diagrams_are_judged_and_refused(http: Any, name: str) -> None:
    judged = http.post("/definitions/validate", "analis", data=DIAGRAMS[name], content_type="application/xml")
    assert judged.status_code in (200, 413, 422)
    if judged.status_code == 200:
        assert judged.json["valid"] is False
        assert judged.json["findings"]
    refused = http.post("/definitions", "analis", data=DIAGRAMS[name], content_type="application/xml")
    assert refused.status_code in (413, 422)
    assert "root:" not in refused.get_data(as_text=True)
    assert len(http.get("/definitions", "analis").json["items"]) == 1


def test_diagrams_in_other_wrappings(http: Any) -> None:
    assert http.post("/definitions", "analis", json={"xml": "<a/>"}).status_code == 415
    assert http.post("/definitions", "analis", data={"a": "b"}, content_type="multipart/form-data").status_code == 422
    two = {"bpmn": [(BytesIO(b"<a/>"), "a.bpmn"), (BytesIO(b"<b/>"), "b.bpmn")]}
    assert http.post("/definitions", "analis", data=two).status_code == 422
    wrong_form = {"bpmn": (BytesIO(b"<a/>"), "a.bpmn"), "forms": (BytesIO(b"{"), "x.json")}
    assert http.post("/definitions", "analis", data=wrong_form).status_code == 422
    assert http.post("/definitions?profile=lain", "analis", data=b"<a/>").status_code == 422


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("a.exe", b"MZ\x90\x00", 415), ("a.pdf", b"<html><script>1</script>", 415), ("a.html", b"<html></html>", 415),
        ("a.docx", b"PK\x03\x04 not a zip", 422), ("a.csv", b"=1;\x00", 415), ("a.svg", b"<svg/>", 415),
    ],
)  # fmt: skip
def test_uploads_are_judged_by_content(http: Any, name: str, content: bytes, status: int) -> None:
    answer = http.post("/attachments", "warga", data={"file": (BytesIO(content), name)})
    assert answer.status_code in (status, 415, 422), answer.json
    assert [one["field"] for one in answer.json["errors"]] == ["file"]
    kept = http.post("/attachments", "warga", data={"file": (BytesIO(b"%PDF-1.4\n%%EOF"), "../..")})
    assert (kept.status_code, "/" in kept.json["name"], ".." in kept.json["name"]) == (201, False, False)
    assert http.post("/attachments", "warga", json={}).status_code == 415
    assert http.post("/attachments", "warga", data={}, content_type="multipart/form-data").status_code == 422


def test_tables_that_cannot_be_read(http: Any) -> None:
    for body in (b"", b"PK\x03\x04broken", b"\xff\xfe\x00", b"a;b;c\n1;2;3"):
        assert http.post("/definitions/import", "analis", data=body, content_type="text/csv").status_code == 422
    assert http.post("/definitions/import", "warga", data=b"a", content_type="text/csv").status_code == 403
    endless = b"a;b\n" * 200_000
    assert http.post("/definitions/import", "analis", data=endless, content_type="text/csv").status_code == 413
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", b"0" * 50_000_000)
    assert http.post("/definitions/import", "analis", data=bomb.getvalue()).status_code in (413, 422)


def test_headers_outside_their_limits(http: Any, started: dict[str, Any]) -> None:
    path = f"/tasks/{started['tasks'][0]['id']}"
    assert http.post(f"{path}/claim", "warga", headers={"If-Match": "x" * 501}).status_code == 422
    for key in ("", "x" * 121, "a b", "\u00e9"):
        answer = http.post(f"{path}/complete", "warga", json={"data": {}}, headers={"Idempotency-Key": key})
        assert answer.status_code == 422


def test_refused_requests_write_nothing(
    http: Any, still_service: Context, started: dict[str, Any]
) -> None:
    def rows() -> tuple[int, int]:
        with still_service.database.read() as connection:
            return (
                connection.execute(select(func.count()).select_from(history)).scalar_one(),
                connection.execute(select(func.count()).select_from(instances)).scalar_one(),
            )

    http.token("warga")
    before = rows()
    task = f"/tasks/{started['tasks'][0]['id']}"
    for body in ({"data": {"asing": 1}}, {"data": 5}, {"lain": {}}, {"data": {"kelengkapan": "butir_1"}}):
        assert http.post(f"{task}/complete", "warga", json=body).status_code == 422
    assert http.post("/instances", "warga", json={"definition": KEY, "variables": {"x": 1}}).status_code == 422
    assert http.post("/instances", "warga", json={"definition": "tidak-ada"}).status_code == 404
    assert http.post(f"{task}/comments", "warga", json={"text": " "}).status_code == 422
    assert rows() == before
