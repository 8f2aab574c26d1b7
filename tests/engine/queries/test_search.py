"""The auditors' search: each wish alone and together, pages in order, bounded stretches, nothing of secret requests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.assignment import ADMIN, AUDITOR, CONFIDENTIAL_AUDITOR, LEADER, Actor
from engine.clock import TestClock
from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_task import complete_task
from engine.commands.deploy_definition import deploy_definition
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.data_conditions import parse_conditions
from engine.errors import InvalidInput
from engine.queries import search as module
from engine.queries.search import RequestFilter, every_match, search
from engine.storage.tables import agencies
from tests_support import ACCOUNT, ROOT, MakeActor, deploy_sop, forms_of_sop

HEAD = "trenggalek-kadis-kominfo"


@pytest.fixture
def office(service: Context, warga: Actor, actor: MakeActor, clock: TestClock) -> dict[str, Any]:
    """Three requests, each a day later: the first late and handled by its head, the second cancelled, the third new."""
    deploy_sop(service, ACCOUNT)
    head, other = actor("kadis", HEAD), actor("lain", kind="warga")
    first = start_instance(service, warga, ACCOUNT, {"perihal": "Akun perizinan"})
    view = complete_task(service, warga, first["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    complete_task(service, head, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    clock.advance(timedelta(days=1))
    second = start_instance(service, other, ACCOUNT, {"perihal": "Akun pajak"})
    cancel_instance(service, actor("admin", ADMIN), second["id"], "salah alamat")
    clock.advance(timedelta(days=60))
    third = start_instance(service, warga, ACCOUNT, {"perihal": "Akun baru"})
    return {"ids": [first["id"], second["id"], third["id"]], "auditor": actor("auditor", AUDITOR)}


def found(service: Context, office: dict[str, Any], **wishes: Any) -> list[int]:
    """The places of the requests found, newest first."""
    page = search(service, office["auditor"], RequestFilter(**wishes))
    return [office["ids"].index(item["id"]) for item in page["items"]]


def test_each_wish_alone(service: Context, office: dict[str, Any], clock: TestClock) -> None:
    day = clock.now() - timedelta(days=30)
    for wishes, expected in [
        ({}, [2, 1, 0]), ({"q": "kominfo-2026-000002"}, [1]), ({"q": "3"}, [2]), ({"q": "000001"}, [0]),
        ({"q": "pembuatan akun"}, [2, 1, 0]), ({"q": "tidak ada"}, []), ({"q": "KOMINFO"}, [2, 1, 0]),
        ({"q": "999999999"}, []), ({"q": "%"}, []),
        ({"person": "lain", "part": "asked"}, [1]), ({"person": "demo war", "part": "asked"}, [2, 0]),
        ({"person": "kadis"}, [0]), ({"person": "kadis", "part": "asked"}, []),
        ({"person": "admin", "part": "acted"}, [1]),
        ({"person": "tidak ada orangnya"}, []),
        ({"post": "jabatan kadis"}, [0]), ({"post": "Jabatan"}, [1, 0]), ({"post": "%"}, []),
        ({"definition": ACCOUNT}, [2, 1, 0]), ({"definition": "lain"}, []),
        ({"agency": "kominfo"}, [2, 1, 0]), ({"agency": "lain"}, []),
        ({"status": "cancelled"}, [1]), ({"since": day}, [2]), ({"until": day}, [1, 0]),
        ({"late": True}, [0]),
        ({"data": parse_conditions("perihal ~ perizinan")}, [0]), ({"data": parse_conditions("tiada = 1")}, []),
    ]:  # fmt: skip
        assert found(service, office, **wishes) == expected, wishes


def test_wishes_together_must_all_hold(service: Context, office: dict[str, Any]) -> None:
    assert found(service, office, person="kadis", post="jabatan kadis", status="running", late=True) == [0]
    assert found(service, office, person="warga", post="jabatan kadis") == []  # it was not that person's post
    assert found(service, office, person="warga", part="asked", post="jabatan kadis") == [0]
    assert found(service, office, definition=ACCOUNT, status="cancelled", q="akun splp") == [1]
    assert found(service, office, data=parse_conditions("perihal ~ akun; perihal != Akun baru")) == [1, 0]


def test_pages_follow_each_other_without_gap_or_repetition(service: Context, office: dict[str, Any]) -> None:
    for wishes in (
        RequestFilter(),
        RequestFilter(q="pembuatan akun"),
        RequestFilter(data=parse_conditions("perihal ~ a")),
    ):
        cursor, seen = None, []
        for _ in range(3):
            page = search(service, office["auditor"], wishes, limit=1, cursor=cursor)
            assert page["looked_until"] is None
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert (seen, cursor) == (office["ids"][::-1], None)


def test_a_search_stops_after_its_stretch_and_says_how_far_it_looked(
    service: Context, office: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STRETCHES", (1, 1))
    wishes = RequestFilter(late=True)
    page = search(service, office["auditor"], wishes, limit=5)
    assert page["items"] == []
    assert page["looked_until"] == "2026-03-06T01:00:00.000000Z"
    rest = search(service, office["auditor"], wishes, limit=5, cursor=page["next_cursor"])
    assert [item["id"] for item in rest["items"]] == office["ids"][:1]
    assert [item["id"] for item in every_match(service, office["auditor"], wishes)] == office["ids"][:1]


def test_versions_of_an_sop_are_merged_in_order(
    service: Context, office: dict[str, Any], warga: Actor, clock: TestClock
) -> None:
    xml = (ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes().replace(b"PROSEDUR PEMBUATAN", b"Prosedur Pembuatan")
    deploy_definition(service, None, xml, forms=forms_of_sop(ACCOUNT))
    clock.advance(timedelta(days=1))
    office["ids"].append(start_instance(service, warga, ACCOUNT, {})["id"])
    assert found(service, office, definition=ACCOUNT) == [3, 2, 1, 0]
    assert found(service, office, q="pembuatan akun") == [3, 2, 1, 0]


def test_secret_requests_are_found_by_named_auditors_only(service: Context, warga: Actor, actor: MakeActor) -> None:
    xml = (ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes().replace(b'kerahasiaan="biasa"', b'kerahasiaan="rahasia"')
    deploy_definition(service, None, xml, forms=forms_of_sop(ACCOUNT))
    secret = start_instance(service, warga, ACCOUNT, {"perihal": "Rahasia"})
    by_number = RequestFilter(q=secret["registration_number"])
    by_data = replace(by_number, data=parse_conditions("perihal = rahasia"))
    for who, sees in [
        (actor("auditor", AUDITOR), False), (actor("pimpinan", LEADER), False), (actor("admin", ADMIN), False),
        (actor("inspektur", AUDITOR, CONFIDENTIAL_AUDITOR), True), (warga, True),
    ]:  # fmt: skip
        for wishes in (by_number, by_data, RequestFilter(person="warga"), RequestFilter(definition=ACCOUNT)):
            assert bool(search(service, who, wishes)["items"]) is sees, (who.username, wishes)


def test_what_cannot_be_searched_is_refused_with_a_sentence(
    service: Context, office: dict[str, Any], actor: MakeActor
) -> None:
    for number in range(21):
        actor(f"kembar{number}", kind="warga")
    for wishes in ({"status": "ngawur"}, {"person": "Demo kembar"}, {"person": "kadis", "part": "ngawur"}):
        with pytest.raises(InvalidInput) as refused:
            found(service, office, **wishes)
        assert refused.value.errors[0]["message"]
    with pytest.raises(InvalidInput):
        search(service, office["auditor"], RequestFilter(), cursor="bukan kursor")


def test_an_ordinal_is_looked_for_in_every_agency(service: Context, office: dict[str, Any]) -> None:
    with service.database.write() as connection:
        connection.execute(insert(agencies).values(id=2, code="kosong", name="Dinas Kosong", zone="Asia/Jakarta"))
    assert found(service, office, q="2") == [1]
