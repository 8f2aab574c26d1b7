"""Drafts of requests: kept with their uploads, the writer's alone, gone when sent, deleted or expired."""

from datetime import timedelta

import pytest

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.attach_file import attach_file
from engine.commands.delete_request_draft import delete_request_draft
from engine.commands.save_request_draft import KEPT, LARGEST_DRAFT, MOST_DRAFTS, save_request_draft
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import Forbidden, NotFound, TooLarge, WrongState
from engine.queries.attachments import upload_names
from engine.queries.request_drafts import list_request_drafts, request_draft
from forms.errors import FormInvalid
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop


@pytest.fixture(autouse=True)
def _deployed(service: Context) -> None:
    deploy_sop(service, ACCOUNT)


def test_a_draft_keeps_what_the_form_knows_and_goes_when_it_is_sent(service: Context, warga: Actor) -> None:
    letter = attach_file(service, warga, None, "surat.pdf", b"%PDF-1.7\n%%EOF\n")["id"]
    typed = {"perihal": "Akun", "berkas_permohonan": [letter], "asing": 1}
    first = save_request_draft(service, warga, ACCOUNT, typed)
    assert first["data"] == {"perihal": "Akun", "berkas_permohonan": [letter]}
    assert len(first["id"]) == 43
    again = save_request_draft(service, warga, ACCOUNT, {**typed, "perihal": "Akun SPLP"}, draft_id=first["id"])
    assert again["id"] == first["id"]
    found = request_draft(service, warga, first["id"])
    assert (found["data"]["perihal"], found["name"]) == ("Akun SPLP", "PROSEDUR PEMBUATAN AKUN SPLP")
    assert upload_names(service, warga, found["data"]["berkas_permohonan"]) == {letter: "surat.pdf"}
    with pytest.raises(FormInvalid):  # a refused request keeps its draft
        start_instance(service, warga, ACCOUNT, {"asing": 1}, draft_id=first["id"])
    assert [one["id"] for one in list_request_drafts(service, warga)] == [first["id"]]
    start_instance(service, warga, ACCOUNT, found["data"], draft_id=first["id"])
    assert list_request_drafts(service, warga) == []


def test_a_draft_is_its_writers_alone(service: Context, warga: Actor, admin: Actor, actor: MakeActor) -> None:
    mine = save_request_draft(service, warga, ACCOUNT, {"perihal": "Rahasia saya"})["id"]
    neighbour = actor("tetangga", kind="warga")
    for other in (neighbour, admin):
        with pytest.raises(NotFound):
            request_draft(service, other, mine)
        with pytest.raises(NotFound):
            delete_request_draft(service, other, mine)
        assert list_request_drafts(service, other) == []
    with pytest.raises(NotFound):
        save_request_draft(service, neighbour, ACCOUNT, {}, draft_id=mine)
    with pytest.raises(Forbidden):
        save_request_draft(service, admin, ACCOUNT, {})
    start_instance(service, neighbour, ACCOUNT, {}, draft_id=mine)
    assert request_draft(service, warga, mine)["data"] == {"perihal": "Rahasia saya"}


def test_a_draft_expires_and_is_then_deleted(service: Context, warga: Actor, clock: TestClock) -> None:
    old = save_request_draft(service, warga, ACCOUNT, {})["id"]
    clock.set(clock.now() + KEPT - timedelta(seconds=1))
    save_request_draft(service, warga, ACCOUNT, {}, draft_id=old)  # its time begins anew
    clock.set(clock.now() + KEPT)
    with pytest.raises(NotFound):
        request_draft(service, warga, old)
    with pytest.raises(NotFound):
        save_request_draft(service, warga, ACCOUNT, {}, draft_id=old)
    assert list_request_drafts(service, warga) == []


def test_drafts_are_few_and_small(service: Context, warga: Actor, actor: MakeActor) -> None:
    ids = [save_request_draft(service, warga, ACCOUNT, {})["id"] for _ in range(MOST_DRAFTS)]
    assert len(set(ids)) == MOST_DRAFTS
    with pytest.raises(WrongState):
        save_request_draft(service, warga, ACCOUNT, {})
    delete_request_draft(service, warga, ids[0])
    save_request_draft(service, warga, ACCOUNT, {})
    deploy_small(service, '<bpmn:startEvent id="mulai"/>')  # without a form everything is kept
    with pytest.raises(TooLarge):
        save_request_draft(service, actor("staf"), "kecil", {"isi": "a" * LARGEST_DRAFT})
