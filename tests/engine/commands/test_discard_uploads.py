"""Uploads that belong to nothing are deleted after a week; whatever a request, a task or a draft has stays."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.assignment import Actor
from engine.clock import TestClock
from engine.commands.attach_file import attach_file
from engine.commands.discard_uploads import GRACE, discard_uploads
from engine.commands.save_draft import save_draft
from engine.commands.save_request_draft import save_request_draft
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.errors import NotFound
from engine.queries.attachments import attachment
from engine.storage.attachments import path_of
from tests_support import ACCOUNT, deploy_sop

LATER = GRACE + timedelta(hours=1)


@pytest.fixture
def upload(service: Context, warga: Actor) -> Any:
    """Uploads a text of the citizen's and makes its content on the disk look old; gives the id."""
    deploy_sop(service, ACCOUNT)

    def make(text: str, task_id: str | None = None) -> str:
        stored = attach_file(service, warga, task_id, "surat.txt", text.encode())
        os.utime(path_of(service.settings.data_dir, stored["sha256"]), (0, 0))
        return str(stored["id"])

    return make


def contents(service: Context) -> set[str]:
    return {path.read_text() for path in Path(service.settings.data_dir, "attachments").rglob("*") if path.is_file()}


def test_what_belongs_to_something_stays(
    service: Context, warga: Actor, clock: TestClock, upload: Any
) -> None:
    handed, drafted, typed, lost = (upload(text) for text in ("diajukan", "konsep", "tugas", "lupa"))
    view = start_instance(service, warga, ACCOUNT, {"berkas_permohonan": [handed]})
    task = view["tasks"][0]["id"]
    attached = upload("lampiran", task)
    save_request_draft(service, warga, ACCOUNT, {"berkas_permohonan": [drafted]})
    save_draft(service, warga, task, {"output_kegiatan_1": [typed]})
    assert discard_uploads(service) == 0  # not old enough
    clock.advance(LATER)
    assert discard_uploads(service) == 1
    assert contents(service) == {"diajukan", "konsep", "tugas", "lampiran"}
    for kept in (handed, drafted, typed, attached):
        assert attachment(service, warga, kept)[0] == "surat.txt"
    with pytest.raises(NotFound):
        attachment(service, warga, lost)


def test_a_draft_takes_its_uploads_along_when_its_time_is_over(
    service: Context, warga: Actor, clock: TestClock, upload: Any
) -> None:
    save_request_draft(service, warga, ACCOUNT, {"berkas_permohonan": [upload("konsep")]})
    clock.advance(timedelta(days=29))
    assert discard_uploads(service) == 0
    clock.advance(timedelta(days=2))
    assert (discard_uploads(service), contents(service)) == (1, set())


def test_a_content_that_is_in_use_stays_on_the_disk(
    service: Context, warga: Actor, clock: TestClock, upload: Any
) -> None:
    upload("sama")
    start_instance(service, warga, ACCOUNT, {"berkas_permohonan": [upload("sama")]})
    upload("dipakai lagi")
    clock.advance(LATER)
    attach_file(service, warga, None, "lagi.txt", b"lain")
    os.utime(next(path for path in Path(service.settings.data_dir, "attachments").rglob("*") if path.is_file()
                  and path.read_text() == "dipakai lagi"))  # as if somebody stored it again just now
    assert discard_uploads(service) == 2
    assert contents(service) == {"sama", "dipakai lagi", "lain"}
