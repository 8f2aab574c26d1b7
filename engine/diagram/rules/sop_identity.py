"""An SOP carries its identity: number, dates, who approved it, confidentiality.

Profile sop: without `sop:identitas` the official document has no head (warning). Dates are ISO dates and
`kerahasiaan` is biasa, terbatas or rahasia; a wrong word there would show a confidential request to everybody.
"""

import re
from collections.abc import Iterator

from engine.diagram.model import Identity, Process
from engine.diagram.rule import Context, Problem, problem

_CONFIDENTIALITY = frozenset({"biasa", "terbatas", "rahasia"})
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check(context: Context) -> Iterator[Problem]:
    """Missing identity, wrong dates, wrong confidentiality, more than one process."""
    for process in context.runnable:
        if process.identity is not None:
            yield from _judge(process, process.identity)
        elif context.profile == "sop":
            yield problem(
                process.id,
                "Proses tidak memuat identitas SOP.",
                "The process carries no identity of the SOP.",
                'Tambahkan <sop:identitas nomor="…" tanggalPembuatan="…" disahkanOleh="…"/>.',
                'Add <sop:identitas nomor="…" tanggalPembuatan="…" disahkanOleh="…"/>.',
                "warning",
            )
    if context.profile == "sop" and len(context.runnable) > 1:
        yield problem(
            context.runnable[1].id,
            "Satu berkas SOP memuat lebih dari satu proses yang dapat dijalankan.",
            "One SOP file holds more than one executable process.",
            'Pisahkan berkasnya, atau setel isExecutable="false" pada proses lain.',
            'Split the file, or set isExecutable="false" on the other process.',
            "warning",
        )


def _judge(process: Process, identity: Identity) -> Iterator[Problem]:
    if identity.confidentiality not in _CONFIDENTIALITY:
        yield problem(
            process.id,
            f'Kerahasiaan "{identity.confidentiality}" tidak dikenal.',
            f'The confidentiality "{identity.confidentiality}" is unknown.',
            "Pakai biasa, terbatas atau rahasia.",
            "Use biasa, terbatas or rahasia.",
        )
    for name, text in (
        ("tanggalPembuatan", identity.created_on),
        ("tanggalRevisi", identity.revised_on),
        ("tanggalEfektif", identity.effective_on),
    ):
        if text and not _DATE.fullmatch(text):
            yield problem(
                process.id,
                f'{name} "{text}" bukan tanggal.',
                f'{name} "{text}" is no date.',
                "Tulis tahun-bulan-hari, misalnya 2026-08-17.",
                "Write year-month-day, such as 2026-08-17.",
            )
