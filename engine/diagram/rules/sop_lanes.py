"""In an SOP every activity of a person stands in a lane, and the lane names the role that performs it.

Profile sop only. `<sop:pelaksana peran="…" jenis="pemohon|pegawai|eksternal"/>` on the lane says which role sees the
tasks. Without lane or role nobody could do the task.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem

_PERSONAL = frozenset({"userTask", "manualTask", "task"})
_KINDS = frozenset({"pemohon", "pegawai", "eksternal"})


def check(context: Context) -> Iterator[Problem]:
    """Tasks without lane, lanes without role, unknown kinds of performers."""
    for process in context.runnable:
        used = {node.lane for node in process.nodes.values() if node.kind in _PERSONAL}
        for lane in process.lanes:
            if lane.performer_kind is not None and lane.performer_kind not in _KINDS:
                yield problem(
                    lane.id,
                    f'Jenis pelaksana "{lane.performer_kind}" pada lajur "{lane.name}" tidak dikenal.',
                    f'The kind of performer "{lane.performer_kind}" of the lane "{lane.name}" is unknown.',
                    "Pakai pemohon, pegawai atau eksternal.",
                    "Use pemohon, pegawai or eksternal.",
                )
            if context.profile == "sop" and lane.id in used and not (lane.role or "").strip():
                yield problem(
                    lane.id,
                    f'Lajur "{lane.name}" tidak menyebut peran; tidak seorang pun melihat tugasnya.',
                    f'The lane "{lane.name}" names no role; nobody would see its tasks.',
                    'Tambahkan <sop:pelaksana peran="…" jenis="pegawai"/> pada lajur.',
                    'Add <sop:pelaksana peran="…" jenis="pegawai"/> to the lane.',
                )
        if context.profile != "sop":
            continue
        for node in process.nodes.values():
            if node.kind in _PERSONAL and node.lane is None:
                yield problem(
                    node.id,
                    f"Kegiatan {label(node)} tidak berada di lajur pelaksana.",
                    f"The activity {label(node)} stands in no performer's lane.",
                    "Letakkan di lajur pelaksananya.",
                    "Put it into the lane of its performer.",
                )
