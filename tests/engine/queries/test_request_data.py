"""The data of a request by the labels of its forms: options and files by their names, nothing that is empty."""

from engine.assignment import Actor
from engine.commands.attach_file import attach_file
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.context import Context
from engine.queries.request_data import request_data
from engine.queries.tasks import task
from tests_support import ACCOUNT, MakeActor, deploy_sop


def test_as_people_read_it(service: Context, warga: Actor, actor: MakeActor) -> None:
    deploy_sop(service, ACCOUNT)
    letter = attach_file(service, warga, None, "surat.txt", b"surat")["id"]
    view = start_instance(service, warga, ACCOUNT, {"perihal": "Akun pajak", "berkas_permohonan": [letter]})
    first = {"kelengkapan": ["butir_1"], "catatan_kegiatan_1": "Mohon segera"}
    view = complete_task(service, warga, view["tasks"][0]["id"], first)
    found = task(service, actor("kadis", "trenggalek-kadis-kominfo"), view["tasks"][0]["id"])
    found["variables"] |= {"keputusan_kegiatan_4": "tidak lengkap", "dari_sistem_lain": 7}
    assert request_data(service, found) == [
        {"step": "", "label": "Perihal permohonan", "value": "Akun pajak"},
        {"step": "", "label": "Berkas permohonan", "value": ["surat.txt"]},
        {"step": "Membuat dan mengirim surat permohonan", "label": "Catatan", "value": "Mohon segera"},
        {"step": "Mengecek kelengkapan surat permohonan", "label": "Surat permohonan lengkap?",
         "value": "tidak lengkap"},
        {"step": "", "label": "dari_sistem_lain", "value": 7},
    ]  # fmt: skip
