"""The compliance report as a document to print: figures, the slowest activities, and the first deviations by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine.assignment import Actor
from engine.context import Context
from engine.documents.report_model import ReportDocument, Table
from engine.queries.remaining import DEFAULT_ZONE
from engine.queries.report import report
from engine.queries.report_filter import ReportFilter
from engine.queries.report_lists import report_requests
from engine.report_words import DEVIATIONS, day, month_name, number, percent, span
from engine.storage.tables import agencies, definitions, roles

MOST_DEVIATIONS = 100
MOST_ROLES = 40
_NOTES = (
    "Keterlambatan dan lama dihitung dalam jam kerja instansi; tugas yang ada pada pemohon tidak dihitung.",
    "Waktu kantor sebuah permohonan berhenti selama hanya pemohon yang ditunggu.",
    "Sesuai SOP berarti riwayat permohonan dapat diputar ulang pada diagramnya tanpa campur tangan administrator.",
    "Lewat: masih terbuka dan sudah lewat tenggatnya. Rata-rata: lama tugas terbuka; sehari kerja 7 jam 30 menit.",
    "Permohonan rahasia ikut dihitung, tetapi hanya disebut kepada auditor perkara rahasia.",
)
_GROUP_HEADS = ("Selesai", "Terlambat", "Terbuka", "Lewat", "Rata-rata", "Tepat waktu")


def report_document(context: Context, actor: Actor, wanted: ReportFilter) -> ReportDocument:
    """The report of a filter, to print.

    Raises:
        Forbidden, InvalidInput: see `engine.queries.report_filter.checked`.
    """
    found = report(context, actor, wanted)
    listed = report_requests(context, actor, wanted, "deviating", limit=MOST_DEVIATIONS)
    activities = [_group("Per kegiatan", "Kegiatan", found["elements"])] if found["elements"] else []
    groups = [
        _months(found["months"]), *activities,
        _group("Per SOP", "SOP", found["definitions"]), _group("Per instansi", "Instansi", found["agencies"]),
        _group("Per jabatan", "Jabatan", sorted(found["roles"], key=lambda one: -one["late"])[:MOST_ROLES]),
        _bottlenecks(found["bottlenecks"]), _deviations(listed),
    ]  # fmt: skip
    return ReportDocument(
        _scope(context, wanted, found), _summary(found["totals"]), tuple(groups), _NOTES, context.clock.now(),
        DEFAULT_ZONE, actor.name, context.settings.demo,
    )  # fmt: skip


def _scope(context: Context, wanted: ReportFilter, found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    asked = [
        ("Instansi", wanted.agency, select(agencies.c.name).where(agencies.c.code == wanted.agency)),
        ("SOP", wanted.definition, select(definitions.c.name).where(definitions.c.key == wanted.definition)
         .order_by(definitions.c.version.desc()).limit(1)),
        ("Jabatan", wanted.role, select(roles.c.name).where(roles.c.key == wanted.role)),
    ]  # fmt: skip
    lines = [("Rentang", f"{day(found['since'])} sampai dengan {day(found['until'])}")]
    with context.database.read() as connection:
        for label, key, query in asked:
            name = "seluruhnya" if key is None else connection.execute(query).scalar() or key
            lines.append((label, str(name)))
    return tuple(lines)


def _summary(all_: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    waiting = all_["applicant_minutes"] // all_["ended"] if all_["ended"] else None
    return (
        ("Tugas tepat waktu", percent(all_["on_time_share"]),
         f"{number(all_['on_time'])} dari {number(all_['limited'])} tugas dengan batas waktu"),
        ("Tugas terlambat", number(all_["late"]), "diselesaikan setelah tenggat"),
        ("Lewat tenggat sekarang", number(all_["open_late"]), f"dari {number(all_['open'])} tugas terbuka"),
        ("Permohonan berjalan", number(all_["running"]), "saat laporan dibuat"),
        ("Sesuai SOP", percent(all_["conformant_share"]),
         f"{number(all_['conformant'])} dari {number(all_['ended'])} permohonan yang berakhir"),
        ("Menyimpang", number(all_["deviating"]), "termasuk campur tangan administrator"),
        ("Waktu kantor", span(all_["average_own_minutes"]), "rata-rata per permohonan"),
        ("Di tangan pemohon", span(waiting), "rata-rata per permohonan"),
    )  # fmt: skip


def _months(items: Sequence[Mapping[str, Any]]) -> Table:
    heads = ("Bulan", "Tepat waktu", "Terlambat", "Permohonan berakhir", "Sesuai SOP", "Tepat waktu (%)")
    rows = tuple(
        (month_name(one["key"]), number(one["on_time"]), number(one["late"]), number(one["ended"]),
         percent(one["conformant_share"]), percent(one["on_time_share"]))
        for one in items
    )  # fmt: skip
    return Table("Per bulan", heads, rows, tuple(one["on_time_share"] for one in items))


def _group(title: str, head: str, items: Sequence[Mapping[str, Any]]) -> Table:
    rows = tuple(
        (_name(one), number(one["done"]), number(one["late"]), number(one["open"]), number(one["open_late"]),
         span(one["average_minutes"]), percent(one["on_time_share"]))
        for one in items
    )  # fmt: skip
    return Table(title, (head, *_GROUP_HEADS), rows, tuple(one["on_time_share"] for one in items))


def _name(item: Mapping[str, Any]) -> str:
    return f"{item['name']} ({item['agency']})" if item.get("agency") else str(item["name"])


def _bottlenecks(items: Sequence[Mapping[str, Any]]) -> Table:
    heads = ("Kegiatan", "Jabatan", "Rata-rata", "Terlama", "Selesai", "Terlambat")
    rows = tuple(
        (f"{one['name']} ({one['definition_name']})", one["role"], span(one["average_minutes"]), span(one["longest"]),
         number(one["done"]), number(one["late"]))
        for one in items
    )  # fmt: skip
    return Table("Titik macet: kegiatan yang paling lama terbuka", heads, rows, widths=(1.5, 1, 0, 0, 0, 0))


def _deviations(listed: Mapping[str, Any]) -> Table:
    rows = tuple(
        (one["registration_number"], one["definition_name"],
         "; ".join(DEVIATIONS[each["kind"]] + (f": {each['reason']}" if each["reason"] else "")
                   for each in one["deviations"]))
        for one in listed["items"]
    )  # fmt: skip
    more = f" ({MOST_DEVIATIONS} terbaru)" if listed["next_cursor"] else ""
    return Table(f"Permohonan yang menyimpang dari SOP{more}", ("Nomor registrasi", "SOP", "Simpangan"), rows,
                 widths=(0, 1, 1.2))  # fmt: skip
