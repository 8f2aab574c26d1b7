"""What people read in mails and short messages, in Bahasa Indonesia.

Owns the wording. A short message holds the registration number and nothing else about the person or the matter; a mail
about a confidential service does not name the service. HTML is made of escaped parts only.
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal
from zoneinfo import ZoneInfo

from engine.notifications.moments import written_moment

Kind = Literal[
    "task_opened",
    "task_reminded",
    "task_overdue",
    "task_escalated",
    "task_commented",
    "request_submitted",
    "request_approved",
    "request_rejected",
    "request_completed",
    "request_cancelled",
    "request_needs_completion",
    "request_commented",
    "request_informed",
]

SMS_LENGTH = 160
_LONGEST_PART = 200
_CONFIDENTIAL = "layanan rahasia"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message is about.

    Attributes:
        registration_number: of the request.
        service: name of the SOP.
        task: name of the task; empty for messages about the whole request.
        role: for whom the task waits, when it is offered to a role and not to one person.
        due_at: aware; None when nothing is due.
        reason: why something was rejected, cancelled or sent back, if people are to know.
        url: where to go on, or empty.
        confidential: the service is `rahasia`: neither it nor its tasks nor reasons are named.
    """

    kind: Kind
    registration_number: str
    service: str
    task: str = ""
    role: str = ""
    due_at: datetime | None = None
    reason: str = ""
    url: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail's subject and its two bodies."""

    subject: str
    text: str
    html: str


_SUBJECTS: dict[Kind, str] = {
    "task_opened": "Tugas baru: {task} ({number})",
    "task_reminded": "Pengingat tenggat: {task} ({number})",
    "task_overdue": "Tenggat terlampaui: {task} ({number})",
    "task_escalated": "Eskalasi: {task} ({number})",
    "task_commented": "Komentar pada tugas: {task} ({number})",
    "request_submitted": "Permohonan {number} telah diterima",
    "request_approved": "Permohonan {number} disetujui",
    "request_rejected": "Permohonan {number} ditolak",
    "request_completed": "Permohonan {number} selesai",
    "request_cancelled": "Permohonan {number} dibatalkan",
    "request_needs_completion": "Permohonan {number} perlu dilengkapi",
    "request_commented": "Pesan tentang permohonan {number}",
    "request_informed": "Pemberitahuan tentang permohonan {number}",
}

_OPENINGS: dict[Kind, str] = {
    "task_opened": "Ada tugas baru untuk {whom}.",
    "task_reminded": "Tugas berikut mendekati tenggat mutu baku.",
    "task_overdue": "Tugas berikut telah melampaui tenggat mutu baku.",
    "task_escalated": "Tugas berikut melampaui tenggat dan diteruskan kepada {whom} sebagai atasan.",
    "task_commented": "Ada komentar pada tugas untuk {whom}. Isinya ada di Alur.",
    "request_submitted": "Permohonan Anda telah kami terima dan akan diproses.",
    "request_approved": "Permohonan Anda telah disetujui.",
    "request_rejected": "Permohonan Anda ditolak.",
    "request_completed": "Permohonan Anda telah selesai diproses. Nilailah layanan ini lewat tautan di bawah.",
    "request_cancelled": "Permohonan Anda dibatalkan.",
    "request_needs_completion": "Berkas permohonan Anda belum lengkap. Mohon lengkapi agar dapat diproses kembali.",
    "request_commented": "Ada pesan bagi Anda tentang permohonan Anda. Masuklah untuk membacanya.",
    "request_informed": "Ada pemberitahuan tentang permohonan Anda.",
}

_SHORT: dict[Kind, str] = {
    "task_opened": "Tugas baru pada permohonan {number}.",
    "task_reminded": "Pengingat: tugas pada permohonan {number} mendekati tenggat.",
    "task_overdue": "Tugas pada permohonan {number} melampaui tenggat.",
    "task_escalated": "Eskalasi: tugas pada permohonan {number} melampaui tenggat.",
    "task_commented": "Komentar pada permohonan {number}.",
    "request_submitted": "Permohonan {number} telah diterima.",
    "request_approved": "Permohonan {number} disetujui.",
    "request_rejected": "Permohonan {number} ditolak.",
    "request_completed": "Permohonan {number} selesai.",
    "request_cancelled": "Permohonan {number} dibatalkan.",
    "request_needs_completion": "Permohonan {number} perlu dilengkapi.",
    "request_commented": "Ada pesan tentang permohonan {number}.",
    "request_informed": "Ada pemberitahuan tentang permohonan {number}.",
}
_SAID: tuple[tuple[Kind, tuple[str, ...]], ...] = (  # the first that is found; "tidak disetujui" holds "disetujui"
    ("request_rejected", ("tidak disetujui", "tolak", "reject")),
    ("request_needs_completion", ("lengkapi", "belum lengkap", "tidak lengkap", "perbaikan", "incomplete")),
    ("request_approved", ("setuju", "approve")),
    ("request_submitted", ("diterima", "submit")),
    ("request_completed", ("selesai", "complete")),
)

_CLOSING = "Pesan ini dikirim otomatis oleh Alur; mohon tidak membalas."


def kind_of_message(name: str) -> Kind:
    """What a notification of a diagram tells the applicant, by its name: "Notifikasi Approved", "Penolakan" …"""
    words = name.lower()
    return next((kind for kind, marks in _SAID if any(mark in words for mark in marks)), "request_informed")


def mail(notice: Notice, zone: ZoneInfo) -> Mail:
    """The mail for a notice.

    Args:
        notice: what it is about.
        zone: in which moments are written, that of the agency.
    """
    number = _part(notice.registration_number)
    task = _CONFIDENTIAL if notice.confidential else _part(notice.task)
    whom = f"peran {_part(notice.role)}" if notice.role else "Anda"
    subject = _SUBJECTS[notice.kind].format(task=task, number=number)
    opening = _OPENINGS[notice.kind].format(whom=whom)
    facts = _facts(notice, zone)
    return Mail(subject, _plain(opening, facts, notice.url), _html(subject, opening, facts, notice.url))


def registration_mail(username: str, password: str, until: datetime, url: str, zone: ZoneInfo) -> Mail:
    """The mail that confirms an address: with the one-time password in it the account can be opened."""
    subject = "Konfirmasi akun Alur"
    opening = (
        "Seseorang mendaftar dengan alamat surel ini. Bila itu Anda, masuklah dengan kata sandi sekali pakai di bawah "
        "dan pilih kata sandi Anda sendiri. Bila bukan, abaikan surel ini."
    )
    facts = [
        ("Nama pengguna", _part(username)), ("Kata sandi sekali pakai", password),
        ("Berlaku sampai", written_moment(until, zone)),
    ]  # fmt: skip
    return Mail(subject, _plain(opening, facts, url), _html(subject, opening, facts, url))


def sms(notice: Notice) -> str:
    """The short message for a notice: at most 160 characters of plain ASCII, so that it is one message everywhere.

    Names of people, services and tasks, reasons and dates are left out; the link is added when it fits.
    """
    number = "".join(char for char in _part(notice.registration_number) if char.isascii())[:60]
    text = _SHORT[notice.kind].format(number=number)
    linked = f"{text} Lihat: {notice.url}"
    fits = notice.url and len(linked) <= SMS_LENGTH and linked.isascii() and linked.isprintable()
    return linked if fits else text


def _facts(notice: Notice, zone: ZoneInfo) -> list[tuple[str, str]]:
    """What the mail lists, in order; empty ones are left out."""
    known = [("Nomor registrasi", _part(notice.registration_number))]
    if not notice.confidential:
        about = "Perihal" if notice.kind.startswith("request_") else "Tugas"
        known += [("Layanan", _part(notice.service)), (about, _part(notice.task)), ("Alasan", _part(notice.reason))]
    if notice.due_at is not None:
        known.append(("Tenggat", written_moment(notice.due_at, zone)))
    return [(name, value) for name, value in known if value]


def _plain(opening: str, facts: list[tuple[str, str]], url: str) -> str:
    lines = [opening, "", *(f"{name}: {value}" for name, value in facts)]
    if _is_link(url):
        lines += ["", f"Buka: {url}"]
    return "\n".join([*lines, "", _CLOSING, ""])


def _html(subject: str, opening: str, facts: list[tuple[str, str]], url: str) -> str:
    rows = "".join(f'<tr><th align="left">{escape(name)}</th><td>{escape(value)}</td></tr>' for name, value in facts)
    link = f'<p><a href="{escape(url)}">Buka di Alur</a></p>' if _is_link(url) else ""
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
        f"<body><p>{escape(opening)}</p><table>{rows}</table>{link}<p><small>{escape(_CLOSING)}</small></p></body></html>"
    )


def _is_link(url: str) -> bool:
    """Only web addresses become links: never `javascript:` or anything broken over lines."""
    return url.startswith(("http://", "https://")) and url.isprintable() and " " not in url


def _part(text: str) -> str:
    """A value on one line, not endless."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST_PART else line[: _LONGEST_PART - 1] + "…"
