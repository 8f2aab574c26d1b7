"""Two requests beside each other: paths, durations, deviations, data; and nobody compares what is hidden."""

from datetime import timedelta
from typing import Any

import pytest

from engine.assignment import ADMIN, AUDITOR, Actor
from engine.clock import TestClock
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.errors import NotFound
from engine.history.comparison import align
from engine.queries.compare import compare
from tests_support import ACCOUNT, MakeActor, deploy_small, deploy_sop

HEAD, FIELD, STAFF = "trenggalek-kadis-kominfo", "trenggalek-kabid-aptika", "trenggalek-pejabat-fungsional-aptika"
DONE = {"kelengkapan": ["butir_1"]}
RETURN = {"keputusan_kegiatan_4": "tidak lengkap", "catatan_kegiatan_4": "KTP belum ada"}


def work(service: Context, who: Actor, view: dict[str, Any], **more: Any) -> dict[str, Any]:
    return complete_task(service, who, view["tasks"][0]["id"], DONE | more)


@pytest.fixture
def pair(service: Context, warga: Actor, actor: MakeActor, clock: TestClock) -> tuple[str, str]:
    """The first is returned once and late; the second stands at its second step, suspended."""
    deploy_sop(service, ACCOUNT)
    head, field, staff = actor("kadis", HEAD), actor("kabid", FIELD), actor("staf", STAFF)
    first = start_instance(service, warga, ACCOUNT, {"perihal": "Akun pajak"})
    view = work(service, warga, first)
    clock.advance(timedelta(days=4))
    view = work(service, head, view)
    clock.advance(timedelta(hours=1))
    view = work(service, field, view)
    returned = complete_task(service, staff, view["tasks"][0]["id"], RETURN)
    work(service, warga, returned)
    second = start_instance(service, warga, ACCOUNT, {"perihal": "Akun izin"})
    work(service, warga, second)
    suspend_instance(service, actor("admin", ADMIN), second["id"], "menunggu surat")
    return first["id"], second["id"]


def test_steps_paths_deviations_and_data(service: Context, auditor: Actor, pair: tuple[str, str]) -> None:
    found = compare(service, auditor, *pair)
    left, right = found["sides"]
    steps = {step["name"]: step for step in found["steps"]}
    first = steps["Membuat dan mengirim surat permohonan"]
    assert (first["left"]["visits"], first["right"]["visits"]) == (2, 1)
    assert first["left"]["took"] == ["seketika", "seketika"]
    assert left.repeated == ["Membuat dan mengirim surat permohonan", left.path[1]]
    head = left.steps["kegiatan_2"]
    assert (head["late"], head["took"][0], head["by"]) == (True, "2 hari kerja", ["Demo kadis"])
    assert list(right.steps) == ["kegiatan_1", "kegiatan_2"]
    assert (None, None) not in found["path"]
    assert [pair for pair in found["path"] if pair[1] is None] == [(name, None) for name in left.path[2:]]
    assert [(one["type"], one["reason"]) for one in right.interventions] == [("instance_suspended", "menunggu surat")]
    assert "kegiatan_2" in left.marks["late"]
    assert "kegiatan_4" in left.marks["done"]
    assert {"name": "perihal", "before": "Akun pajak", "after": "Akun izin"} in found["data"]
    assert found["same_sop"] is True


def test_different_sops_are_matched_by_name(
    service: Context, auditor: Actor, pair: tuple[str, str], actor: MakeActor
) -> None:
    deploy_small(service, """<bpmn:startEvent id="mulai"/>
        <bpmn:sequenceFlow id="f1" sourceRef="mulai" targetRef="lain"/>
        <bpmn:userTask id="lain" name="Membuat dan mengirim surat permohonan"/>
        <bpmn:sequenceFlow id="f2" sourceRef="lain" targetRef="akhir"/><bpmn:endEvent id="akhir"/>""")  # fmt: skip
    other = start_instance(service, actor("pegawai"), "kecil", {})["id"]
    found = compare(service, auditor, pair[0], other)
    assert found["same_sop"] is False
    assert found["steps"][0]["left"]["visits"] == 2
    assert found["steps"][0]["right"]["open"] is True


def test_alignment_keeps_both_orders() -> None:
    rows = align(["a", "b", "c", "b"], ["a", "c", "d"])
    assert [left for left, _ in rows if left] == ["a", "b", "c", "b"]
    assert [right for _, right in rows if right] == ["a", "c", "d"]
    assert ("a", "a") in rows
    assert ("c", "c") in rows


def test_both_must_be_visible(service: Context, pair: tuple[str, str], actor: MakeActor) -> None:
    with pytest.raises(NotFound):
        compare(service, actor("warga-lain", kind="warga"), *pair)
    with pytest.raises(NotFound):
        compare(service, actor("auditor2", AUDITOR), pair[0], "tidak-ada")
