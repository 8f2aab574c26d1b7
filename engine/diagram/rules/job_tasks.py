"""A service task says which kind of job it is; a send task says what it sends.

`<sop:pekerjaan jenis="…"/>` (or Zeebe's task type, or Camunda's external topic) names the jobs that a worker fetches.
A send task needs a message or a job type.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Service tasks without job type, send tasks without message."""
    for node in context.run_nodes():
        if node.kind == "serviceTask" and not node.called:
            yield problem(
                node.id,
                f"Tugas layanan {label(node)} tidak menyebut jenis pekerjaan; menunggu dengan jenis sesuai id-nya.",
                f"The service task {label(node)} names no job type; it waits under its id as the type.",
                'Tambahkan <sop:pekerjaan jenis="…"/>, atau pakai tugas pengguna.',
                'Add <sop:pekerjaan jenis="…"/>, or use a user task.',
                "warning",
            )
        elif node.kind == "sendTask" and not node.events:
            yield problem(
                node.id,
                f"Tugas kirim {label(node)} tidak menyebut pesan; dicatat terkirim dengan namanya.",
                f"The send task {label(node)} names no message; it is recorded as sent under its name.",
                "Pilih pesan (messageRef) bila ada yang menunggunya.",
                "Choose a message (messageRef) if something waits for it.",
                "info",
            )
