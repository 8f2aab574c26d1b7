"""A boundary event sits on an activity of the same process or subprocess, and no flow leads to it.

`attachedToRef` must name a task, subprocess or call activity. Attached to anything else, or to nothing, it can never
occur. Only its host brings it to life: an incoming sequence flow is not allowed.
"""

from collections.abc import Iterator

from engine.diagram.names import ACTIVITIES
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Boundary events on nothing, on the wrong thing, or with incoming flows."""
    for node in context.all_nodes():
        if node.kind != "boundaryEvent":
            continue
        host = context.nodes.get(node.attached_to or "")
        what = _wrong_host(node.attached_to, host.kind if host else None, host is not None and host.scope != node.scope)
        if what is not None:
            yield problem(
                node.id,
                f"Peristiwa tepi {label(node)} {what[0]}.",
                f"The boundary event {label(node)} {what[1]}.",
                "Tempelkan pada tepi tugas, subproses atau aktivitas panggil di tingkat yang sama.",
                "Attach it to the border of a task, subprocess or call activity on the same level.",
            )
        elif host is not None and host.triggered_by_event:
            yield problem(
                node.id,
                f"Peristiwa tepi {label(node)} menempel pada subproses peristiwa, yang tidak boleh mempunyainya.",
                f"The boundary event {label(node)} is attached to an event subprocess, which must not have any.",
                "Pindahkan ke kegiatan biasa atau ke subproses di luarnya.",
                "Move it to an ordinary activity or to the enclosing subprocess.",
            )
        if node.incoming:
            yield problem(
                node.id,
                f"Peristiwa tepi {label(node)} mempunyai alur masuk.",
                f"The boundary event {label(node)} has an incoming flow.",
                "Hapus alur masuknya; peristiwa tepi hanya dipicu oleh kegiatannya.",
                "Delete the incoming flow; a boundary event is triggered by its activity alone.",
            )


def _wrong_host(attached_to: str | None, kind: str | None, elsewhere: bool) -> tuple[str, str] | None:
    if not attached_to:
        return "tidak menempel pada kegiatan apa pun", "is attached to no activity"
    if kind is None:
        return f'menempel pada "{attached_to}" yang tidak ada', f'is attached to "{attached_to}", which does not exist'
    if kind not in ACTIVITIES:
        return f"menempel pada {kind}, bukan pada kegiatan", f"is attached to a {kind}, not to an activity"
    if elsewhere:
        return "menempel pada kegiatan di tingkat lain", "is attached to an activity on another level"
    return None
