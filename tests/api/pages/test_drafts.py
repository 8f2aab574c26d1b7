"""Drafts as the editors of the browser keep them: JSON with ETags, forms and decisions, the verdict, who may."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from pages_support import Visitor

KEY = "prosedur-pembuatan-akun-splp"
Visit = Callable[[], Visitor]


def send(somebody: Visitor, method: str, path: str, body: dict[str, Any] | None = None, **headers: str) -> TestResponse:
    """A request as a script of the page sends it."""
    answer = somebody.client.open(
        path, method=method, json=body if body is not None else {},
        headers={"X-CSRF-Token": somebody.token(), "Accept": "application/json", **headers},
    )  # fmt: skip
    assert answer.status_code < 500, answer.text
    return answer


@pytest.fixture
def analyst(visitor: Visit) -> Visitor:
    return visitor().log_in("analis")


@pytest.fixture
def draft(analyst: Visitor) -> dict[str, Any]:
    """A draft of the deployed SOP, as the editor reads it."""
    assert send(analyst, "POST", f"/sop/{KEY}/konsep").status_code == 201
    found: dict[str, Any] = send(analyst, "GET", f"/sop/{KEY}/konsep").json
    return found


def test_a_draft_begins_with_what_is_deployed(draft: dict[str, Any], analyst: Visitor) -> None:
    assert draft["name"] == "PROSEDUR PEMBUATAN AKUN SPLP"
    assert (draft["status"], draft["version"], draft["profile"]) == ("draft", 1, "sop")
    assert draft["xml"].startswith("<?xml")
    assert f"{KEY}.kegiatan_1" in draft["forms"]
    assert draft["decisions"] == {}
    again = send(analyst, "POST", f"/sop/{KEY}/konsep")
    assert (again.status_code, again.json["etag"]) == (200, draft["etag"])
    form = analyst.post(f"/sop/{KEY}/konsep")
    assert (form.status_code, form.location) == (303, f"/sop/{KEY}/rancang")


def test_nobody_overwrites_a_colleague_unawares(draft: dict[str, Any], analyst: Visitor) -> None:
    body, path = {"xml": draft["xml"].replace("AKUN SPLP", "AKUN")}, f"/sop/{KEY}/konsep"
    assert send(analyst, "PUT", path, body).status_code == 422
    saved = send(analyst, "PUT", path, body, **{"If-Match": draft["etag"]})
    assert (saved.status_code, saved.json["version"]) == (200, 2)
    stale = send(analyst, "PUT", path, body, **{"If-Match": draft["etag"]})
    assert stale.status_code == 412
    assert "Orang lain menyimpan rancangan ini" in stale.json["message"]
    assert send(analyst, "PUT", path, body, **{"If-None-Match": "*"}).status_code == 412
    assert send(analyst, "GET", path).json["name"] == "PROSEDUR PEMBUATAN AKUN"


def test_a_new_drawing_is_kept_whatever_its_problems(analyst: Visitor) -> None:
    path = "/sop/sop-baru/konsep"
    assert send(analyst, "GET", path).status_code == 404
    assert send(analyst, "PUT", path, {"xml": "<bpmn:process"}, **{"If-Match": '"1-1"'}).status_code == 412
    assert send(analyst, "PUT", path, {"xml": "<bpmn:process"}, **{"If-None-Match": "*"}).status_code == 200
    assert send(analyst, "GET", path).json["xml"] == "<bpmn:process"
    assert send(analyst, "POST", "/sop/sop-lain/konsep").status_code == 422  # a new SOP needs a name


def test_a_new_sop_from_nothing_is_valid_at_once(analyst: Visitor) -> None:
    made = send(analyst, "POST", "/sop/izin-baru/konsep", {"name": "IZIN BARU"})
    assert (made.status_code, made.json["location"]) == (201, "/sop/izin-baru/rancang")
    drawn = send(analyst, "GET", "/sop/izin-baru/konsep").json
    verdict = send(analyst, "POST", "/sop/periksa", {"xml": drawn["xml"], "profile": "sop", "key": "izin-baru"}).json
    assert verdict["valid"], verdict["findings"]
    assert sorted(drawn["forms"]) == ["izin-baru.kegiatan_1", "izin-baru.kegiatan_2", "izin-baru.kegiatan_3",
                                      "izin-baru.mulai"]  # fmt: skip


def test_a_new_sop_after_the_pattern_of_another(analyst: Visitor) -> None:
    assert send(analyst, "POST", "/sop/akun-baru/konsep", {"name": "AKUN BARU", "template": KEY}).status_code == 201
    drawn = send(analyst, "GET", "/sop/akun-baru/konsep").json
    assert "akun-baru.kegiatan_1" in drawn["forms"]
    assert KEY not in drawn["xml"]
    verdict = send(analyst, "POST", "/sop/periksa", {"xml": drawn["xml"], "key": "akun-baru"}).json
    assert verdict["valid"], verdict["findings"]


def test_forms_and_decisions_of_a_draft(draft: dict[str, Any], analyst: Visitor) -> None:
    path, schema = f"/sop/{KEY}/konsep", {"type": "default", "components": []}
    first = send(analyst, "PUT", f"{path}/formulir/uji", {"schema": schema}, **{"If-Match": draft["etag"]})
    assert first.status_code == 200
    stale = send(analyst, "PUT", f"{path}/keputusan/uji", {"xml": "<x/>"}, **{"If-Match": draft["etag"]})
    assert stale.status_code == 412
    second = send(analyst, "PUT", f"{path}/keputusan/uji", {"xml": "<x/>"}, **{"If-Match": first.json["etag"]})
    found = send(analyst, "GET", path).json
    assert (found["forms"]["uji"], found["decisions"]) == (schema, {"uji": "<x/>"})
    refused = send(analyst, "POST", "/sop/periksa", {"xml": found["xml"], "key": KEY}).json
    assert [one["element"] for one in refused["findings"] if one["rule"] == "decision"] == ["uji"]
    gone = send(analyst, "DELETE", f"{path}/keputusan/uji", **{"If-Match": second.json["etag"]})
    assert gone.status_code == 200
    assert send(analyst, "DELETE", f"{path}/keputusan/uji", **{"If-Match": gone.json["etag"]}).status_code == 404
    assert send(analyst, "PUT", f"{path}/formulir/uji", {"schema": 1}, **{"If-Match": "*"}).status_code == 422
    assert send(analyst, "PUT", f"{path}/formulir/..x%20", {"schema": {}}, **{"If-Match": "*"}).status_code == 422


@pytest.mark.parametrize("who", ["warga", "admin", "auditor", "pimpinan", "trenggalek-kabid-aptika"])
def test_drafts_are_the_analysts_own(draft: dict[str, Any], visitor: Visit, who: str) -> None:
    somebody, path = visitor().log_in(who), f"/sop/{KEY}/konsep"
    assert send(somebody, "GET", path).status_code == 403
    assert send(somebody, "POST", "/sop/lain/konsep", {"name": "LAIN"}).status_code == 403
    assert send(somebody, "PUT", path, {"xml": "<x/>"}, **{"If-Match": draft["etag"]}).status_code == 403
    assert send(somebody, "DELETE", f"{path}/formulir/{KEY}.mulai", **{"If-Match": "*"}).status_code == 403
    assert send(somebody, "POST", "/sop/periksa", {"xml": "<x/>", "key": KEY}).status_code == 403


@pytest.mark.parametrize(
    ("who", "expected"),
    [("analis", 200), ("pimpinan", 200), ("auditor", 200), ("admin", 200), ("warga", 403),
     ("trenggalek-kabid-aptika", 403)],
)  # fmt: skip
def test_who_reads_the_register(draft: dict[str, Any], visitor: Visit, who: str, expected: int) -> None:
    somebody = visitor().log_in(who)
    assert [somebody.get(path).status_code for path in ("/sop", f"/sop/{KEY}")] == [expected, expected]
    assert ("Terakhir disimpan oleh" in somebody.body) == (who == "analis")


def test_the_register_lists_and_finds(draft: dict[str, Any], analyst: Visitor) -> None:
    assert "Dirancang" in analyst.get("/sop?q=akun+splp").text
    assert "Tidak ada SOP yang cocok" in analyst.get("/sop?q=tidak-ada").text
    assert "Tidak ada SOP yang cocok" in analyst.get("/sop?keadaan=approved").text
    assert KEY in analyst.get("/sop?keadaan=draft").text
    assert analyst.get("/sop?kursor=salah").status_code == 422
    assert analyst.get("/sop/tidak-ada").status_code == 404
    assert analyst.client.get("/sop", headers={"HX-Request": "true"}).text.lstrip().startswith("<div")


def test_strangers_are_sent_to_the_login(visitor: Visit) -> None:
    assert visitor().get("/sop").location.startswith("/masuk")
    assert send(visitor(), "GET", f"/sop/{KEY}/konsep").status_code == 401
