"""Notifications leave: real mail and a real webhook, at least once under a stable id, dead letters can be resent."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.announce_tasks import announce_tasks
from engine.commands.assign_post import assign_post
from engine.commands.comment_task import comment_task
from engine.commands.complete_task import complete_task
from engine.commands.create_post import create_post
from engine.commands.create_role import create_role
from engine.commands.dispatch_outbox import dispatch_outbox
from engine.commands.fire_timers import fire_timers
from engine.commands.resend_message import resend_message
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.notifications.effects import Effect
from engine.notifications.retry import WAITS
from engine.notifications.settings import ChannelSettings, SmtpSettings, WebhookSettings
from engine.queries.outbox import list_outbox
from engine.storage.outbox import enqueue
from engine.storage.tables import instances, outbox, persons, roles
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

HEAD = "trenggalek-kadis-kominfo"


class Mailbox:
    """What the mail server received; refuses for a while when `refusing`."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.refusing = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.refusing:
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def hook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append({"body": json.loads(body), "id": self.headers["Alur-Delivery"]})
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/alur", received
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def mailing(service: Context, mailbox: tuple[Mailbox, int], warga: Actor) -> Context:
    """The service with a mail server; the citizen has an address."""
    deploy_sop(service, ACCOUNT)
    with service.database.write() as connection:
        connection.execute(update(persons).where(persons.c.id == warga.person_id).values(email="warga@contoh.id"))
    smtp = SmtpSettings("127.0.0.1", mailbox[1], "alur@contoh.id", security="none")
    settings = replace(service.settings, channels=ChannelSettings(smtp=smtp, clock=service.clock))
    return replace(service, settings=settings)


def subjects(box: Mailbox) -> list[str]:
    return [str(mail["Subject"]).strip() for mail in box.mails]


def test_applicant_hears_of_receipt_task_reminder_and_breach(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, clock: TestClock
) -> None:
    view = start_instance(mailing, warga, ACCOUNT, {})
    announce_tasks(mailing)
    dispatch_outbox(mailing)
    clock.advance(timedelta(days=7))
    fire_timers(mailing)
    dispatch_outbox(mailing)
    number = view["registration_number"]
    told = subjects(mailbox[0])
    assert f"Permohonan {number} telah diterima" in told
    assert any(subject.startswith("Tugas baru: ") and number in subject for subject in told)
    assert any(subject.startswith("Pengingat tenggat: ") for subject in told)
    assert any(subject.startswith("Tenggat terlampaui: ") for subject in told)
    assert announce_tasks(mailing) == 0
    assert dispatch_outbox(mailing) == 0


def test_a_refused_mail_is_tried_again_then_dead_then_resent(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, admin: Actor, clock: TestClock
) -> None:
    box = mailbox[0]
    box.refusing = True
    start_instance(mailing, warga, ACCOUNT, {})
    for wait in (timedelta(0), *WAITS):
        clock.advance(wait * 1.3)
        dispatch_outbox(mailing)
    (dead,) = list_outbox(mailing, admin, status="dead")["items"]
    assert dead["attempts"] == len(WAITS) + 1
    assert dead["last_error"]
    box.refusing = False
    resend_message(mailing, admin, dead["id"])
    dispatch_outbox(mailing)
    assert len(box.mails) == 1
    assert list_outbox(mailing, admin, status="dead")["items"] == []
    with pytest.raises(NotFound):
        resend_message(mailing, admin, dead["id"])


def test_a_comment_is_told_but_its_words_stay_here(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, admin: Actor, actor: MakeActor
) -> None:
    first, second = actor("kadis", HEAD), actor("plh", HEAD)
    post = create_post(mailing, admin, agency_code="kominfo", title="Kepala Dinas", roles=[HEAD])["id"]
    for who in (first, second):
        assign_post(mailing, admin, username=who.username, post_id=post)
    with mailing.database.write() as connection:
        for who in (first, second):
            mine = update(persons).where(persons.c.id == who.person_id)
            connection.execute(mine.values(email=f"{who.username}@contoh.id"))
    view = start_instance(mailing, warga, ACCOUNT, {})
    with pytest.raises(InvalidInput):
        comment_task(mailing, warga, view["tasks"][0]["id"], "Untuk saya", for_applicant=True)
    view = complete_task(mailing, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    dispatch_outbox(mailing)
    mailbox[0].mails.clear()
    comment_task(mailing, first, view["tasks"][0]["id"], "NIK 3503 salah", for_applicant=True)
    dispatch_outbox(mailing)
    told = {str(mail["To"]): str(mail["Subject"]).strip() for mail in mailbox[0].mails}
    assert told["warga@contoh.id"] == f"Pesan tentang permohonan {view['registration_number']}"
    assert told["plh@contoh.id"].startswith("Komentar pada tugas: ")
    assert len(told) == len(mailbox[0].mails) == 2
    with mailing.database.read() as connection:
        assert "NIK" not in str(connection.execute(select(outbox)).all())


def test_a_worker_killed_while_sending_sends_again_under_the_same_id(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, clock: TestClock
) -> None:
    start_instance(mailing, warga, ACCOUNT, {})
    dispatch_outbox(mailing)
    with mailing.database.write() as connection:  # as if killed between sending and marking
        row = connection.execute(select(outbox).where(outbox.c.channel == "email")).one()
        again = {"status": "pending", "next_attempt_at": clock.now()}
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(**again))
    dispatch_outbox(mailing)
    first, second = mailbox[0].mails
    assert first["Message-ID"] == second["Message-ID"]


def test_webhooks_hear_identifiers_but_never_form_data(service: Context, warga: Actor) -> None:
    deploy_sop(service, ACCOUNT)
    with hook() as (url, received):
        channels = ChannelSettings(webhook=WebhookSettings("s" * 32, allow_private=True), clock=service.clock)
        hooked = replace(service, settings=replace(service.settings, channels=channels, webhook_urls=(url,)))
        view = start_instance(hooked, warga, ACCOUNT, {"perihal": "rahasia sekali"})
        complete_task(hooked, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
        dispatch_outbox(hooked)
    assert [one["body"]["data"]["type"] for one in received] == ["instance_started"]
    assert received[0]["body"]["data"]["registration_number"] == view["registration_number"]
    assert "rahasia sekali" not in json.dumps(received)


ANNOUNCED = """<bpmn:startEvent id="mulai"/><bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="periksa"/>
<bpmn:userTask id="periksa" name="Memeriksa"/><bpmn:sequenceFlow id="f2" sourceRef="periksa" targetRef="kabar"/>
<bpmn:sendTask id="kabar" name="Notifikasi Rejected" messageRef="m"/>
<bpmn:sequenceFlow id="f3" sourceRef="kabar" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""
TAKING = """<bpmn:startEvent id="m1"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>
<bpmn:sequenceFlow id="f1" sourceRef="m1" targetRef="akhir"/><bpmn:endEvent id="akhir"/>"""
MESSAGE = '<bpmn:message id="m" name="hasil"/>'


def _end_announced(service: Context, staff: Actor, citizen: Actor, clock: TestClock) -> None:
    """A request of the citizen passes its send task."""
    view = start_instance(service, staff, "kecil", {})
    with service.database.write() as connection:
        mine = update(instances).where(instances.c.id == view["id"])
        connection.execute(mine.values(applicant_id=citizen.person_id))
    clock.advance(timedelta(seconds=1))
    complete_task(service, staff, view["tasks"][0]["id"], {})


def test_a_send_task_tells_the_applicant_unless_an_sop_takes_its_message(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, actor: MakeActor, clock: TestClock
) -> None:
    deploy_small(mailing, ANNOUNCED, root=MESSAGE)
    staff = actor("staf")
    _end_announced(mailing, staff, warga, clock)
    dispatch_outbox(mailing)
    told = [subject.rpartition(" ")[2] for subject in subjects(mailbox[0])]
    assert told == ["diterima", "ditolak", "selesai"]  # in the order in which it happened
    mailbox[0].mails.clear()
    deploy_small(mailing, TAKING, root=MESSAGE, key="penerima")
    _end_announced(mailing, staff, warga, clock)
    dispatch_outbox(mailing)
    assert [subject.rpartition(" ")[2] for subject in subjects(mailbox[0])] == ["diterima", "selesai"]


def test_one_effect_that_breaks_stops_no_other_and_is_a_dead_letter_in_the_end(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, admin: Actor, clock: TestClock
) -> None:
    view = start_instance(mailing, warga, ACCOUNT, {})
    with mailing.database.write() as connection:
        broken = Effect("internal", view["id"], {"type": "message_sent"})
        enqueue(connection, [broken], clock.now() - timedelta(hours=1))
    for wait in (timedelta(0), *WAITS):
        clock.advance(wait * 1.3)
        dispatch_outbox(mailing)
        assert subjects(mailbox[0]) == [f"Permohonan {view['registration_number']} telah diterima"]
    (dead,) = list_outbox(mailing, admin, status="dead")["items"]
    assert "KeyError" in dead["last_error"]


@pytest.mark.parametrize("secrecy", ["biasa", "rahasia"])
def test_an_escalation_goes_to_the_superior_by_the_names_of_roles_but_never_a_secret_one(
    mailing: Context, mailbox: tuple[Mailbox, int], warga: Actor, admin: Actor, actor: MakeActor, secrecy: str
) -> None:
    above = actor("atasan", "atasan-uji")
    create_role(mailing, admin, key="atasan-uji", name="Sekretaris Daerah")
    post = create_post(mailing, admin, agency_code="kominfo", title="Sekretaris Daerah", roles=["atasan-uji"])["id"]
    assign_post(mailing, admin, username=above.username, post_id=post)
    view = start_instance(mailing, warga, ACCOUNT, {})
    view = complete_task(mailing, warga, view["tasks"][0]["id"], {"kelengkapan": ["butir_1"]})
    task_id = view["tasks"][0]["id"]
    with mailing.database.write() as connection:
        mine = update(persons).where(persons.c.id == above.person_id)
        connection.execute(mine.values(email="atasan@contoh.id"))
        superior = update(roles).where(roles.c.key == view["tasks"][0]["role"])
        connection.execute(superior.values(superior_role="atasan-uji"))
        hidden = update(instances).where(instances.c.id == view["id"])
        connection.execute(hidden.values(confidentiality=secrecy))
        effect = {"type": "task_escalated", "element_id": "x", "token": int(task_id.rpartition("-")[2])}
        enqueue(connection, [Effect("notify", view["id"], effect)], mailing.clock.now())
    dispatch_outbox(mailing)
    parts: list[Any] = [mail.get_payload(0) for mail in mailbox[0].mails if mail["To"] == "atasan@contoh.id"]
    told = [part.get_content() for part in parts]
    listed = list_outbox(mailing, admin, status="sent")["items"]
    assert ("(rahasia)" in {one["recipient"] for one in listed}) == (secrecy == "rahasia")
    assert len(told) == (1 if secrecy == "biasa" else 0)
    assert all("kepada peran Sekretaris Daerah sebagai" in " ".join(one.split()) for one in told)
