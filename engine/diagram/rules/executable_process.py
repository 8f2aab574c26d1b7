"""A file has a process that can be executed.

There must be a process, with something in it, that is not marked `isExecutable="false"`. Without the attribute a
process counts as executable (information). Other processes of the file marked not executable are drawing only.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """No process, no executable one, or nothing inside."""
    processes = context.diagram.processes
    if not processes:
        yield problem(
            "",
            "Berkas tidak memuat satu proses pun.",
            "The file has no process.",
            "Gambar sebuah proses, atau ekspor ulang dengan prosesnya.",
            "Draw a process, or export the file again with its process.",
        )
    elif not any(process.executable for process in processes):
        for process in processes:
            yield problem(
                process.id,
                'Proses ditandai tidak dapat dijalankan (isExecutable="false").',
                'The process is marked as not executable (isExecutable="false").',
                'Setel isExecutable="true" pada proses yang harus dijalankan.',
                'Set isExecutable="true" on the process that is to run.',
            )
    for process in processes:
        if process.executable and not process.nodes:
            yield problem(
                process.id,
                "Proses ini kosong.",
                "The process is empty.",
                "Gambar setidaknya satu kegiatan, atau hapus prosesnya.",
                "Draw at least one activity, or delete the process.",
                "error" if len(processes) == 1 else "warning",
            )
        if not context.source.attribute(process.id, "isExecutable"):
            yield problem(
                process.id,
                "Proses tidak menyebut isExecutable; dianggap dapat dijalankan.",
                "The process does not say isExecutable; it is taken as executable.",
                'Setel isExecutable="true" agar jelas.',
                'Set isExecutable="true" to be clear.',
                "info",
            )
