"""The figures of a report for spreadsheets: one line per group, UTF-8 with a mark so that Excel reads it right."""

import csv
import io
from collections.abc import Mapping
from typing import Any

GROUPS = {
    "definitions": "SOP", "agencies": "Instansi", "roles": "Jabatan", "elements": "Kegiatan", "months": "Bulan",
    "bottlenecks": "Titik macet",
}  # fmt: skip
_COLUMNS = {
    "done": "Tugas selesai", "limited": "Dengan batas waktu", "on_time": "Tepat waktu", "late": "Terlambat",
    "on_time_share": "Bagian tepat waktu", "open": "Terbuka", "open_late": "Terbuka lewat tenggat",
    "average_minutes": "Rata-rata lama tugas (menit kerja)", "longest": "Terlama (menit kerja)",
    "running": "Permohonan berjalan", "ended": "Permohonan berakhir", "conformant": "Sesuai SOP",
    "deviating": "Menyimpang", "cancelled": "Dibatalkan", "average_own_minutes": "Rata-rata waktu kantor (menit kerja)",
}  # fmt: skip


def report_csv(report: Mapping[str, Any]) -> bytes:
    """All groups of a report (`engine/queries/report.py`), the totals first."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["Kelompok", "Kunci", "Nama", *_COLUMNS.values()])
    period = f"{report['since']} s.d. {report['until']}"
    _write(writer, "Seluruhnya", {"key": period, "name": "", **report["totals"]})
    for group, words in GROUPS.items():
        for item in report[group]:
            _write(writer, words, item)
    return b"\xef\xbb\xbf" + lines.getvalue().encode()


def _write(writer: Any, group: str, item: Mapping[str, Any]) -> None:
    figures = ["" if item[name] is None else item[name] for name in _COLUMNS]
    writer.writerow([group, safe(item["key"]), safe(item["name"]), *figures])


def safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
