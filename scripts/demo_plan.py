"""What demo requests are like: which SOPs, how often, how fast and how carefully. Invented, and only for demo mode."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from engine.satisfaction import ELEMENTS, HIGHEST, LOWEST
from engine.working_calendar import WorkingCalendar

CITIZENS = tuple(f"warga-{number}" for number in range(2, 8))
SOPS = {  # how often each is asked for; long ones, secret ones, and those of many agencies among them
    "prosedur-pembuatan-akun-splp": 14, "sop-izin-terhadap-instalatur-kabel-rumah-gedung-ikr-g": 10,
    "pelayanan-cuti-di-luar-tanggungan-negara-cltn": 6, "layanan-informasi-data-kajian": 8,
    "pelayanan-cetak-salinan-pbb": 10, "pelayanan-persetujuan-bangunan-gedung-pbg": 8,
    "layanan-pengaduan-dinas-lingkungan-hidup": 6, "penanganan-kasus-dan-pengaduan-masyarakat": 3,
    "pelayanan-izin-praktik-perawat": 10, "pelayanan-izin-praktik-bidan": 6, "pelayanan-tera-tera-ulang": 7,
    "pemasangan-sambungan-baru": 9, "pinjam-pakai-gedung": 5, "pelayanan-pendaftaran-ormas": 4,
    "pelayanan-surat-izin-rekomendasi-penelitian": 6, "permohonan-bantuan-kebakaran": 5,
}  # fmt: skip
SUBJECTS = ("Permohonan baru", "Perpanjangan", "Perbaikan data", "Permohonan ulang", "Pelengkapan berkas")
REASONS = {
    "cancel": "Pemohon menarik permohonannya (data demo)",
    "modify": "Langkah dilewati atas perintah lisan kepala dinas (data demo)",
    "suspend": "Menunggu keputusan instansi lain (data demo)",
    "resume": "Keputusan instansi lain sudah ada (data demo)",
}
_UNUSUAL = (("cancel", 0.025), ("modify", 0.03), ("suspend", 0.02))
_SHORTEST = timedelta(minutes=2)
_WITHOUT_LIMIT = (20, 300)  # working minutes
_USUAL_SHARE, _SPREAD = -0.75, 0.55  # of the time allowed, as a logarithm: the median is about half of it
_STALLED = 0.005  # of all tasks: nobody ever does them


@dataclass(frozen=True, slots=True)
class Task:
    """An open task as planning sees it; moments are aware."""

    opened_at: datetime
    due_at: datetime | None
    role: str
    in_office: bool


def start_moment(random: Random, first: datetime, last: datetime, calendar: WorkingCalendar, at_home: bool) -> datetime:
    """When a request comes in; more towards the end. In office hours, unless it is made at home."""
    at = first + (last - first) * random.random() ** 0.85
    return at if at_home and random.random() < 0.4 else calendar.next_opening(at) + timedelta(
        minutes=random.randint(3, 240)
    )


def unusual(random: Random) -> str | None:
    """What an administrator will do to a request by hand: mostly nothing."""
    draw = random.random()
    for act, share in _UNUSUAL:
        draw -= share
        if draw < 0:
            return act
    return None


def end_of(random: Random, task: Task, calendar: WorkingCalendar) -> datetime | None:
    """When a task will be done; None for one that is forgotten."""
    if random.random() < _STALLED:
        return None
    allowed = timedelta(minutes=random.randint(*_WITHOUT_LIMIT))
    if task.due_at is not None:
        between = calendar.working_time_between if task.in_office else lambda start, end: end - start
        allowed = between(task.opened_at, task.due_at)
    share = random.lognormvariate(_USUAL_SHARE, _SPREAD) * _pace(task.role)
    length = max(_SHORTEST, allowed * share)
    return calendar.add_working_time(task.opened_at, length) if task.in_office else task.opened_at + length


def _pace(role: str) -> float:
    """Some posts are slower than others, always the same ones."""
    return (0.8, 0.9, 1.0, 1.1, 1.45)[sum(role.encode()) % 5]


def decision(random: Random, options: list[str]) -> str:
    """A branch: mostly the one that goes on (the last or "ya"), sometimes a return."""
    onward = [option for option in options if not option.lower().startswith(("tidak", "belum", "ditolak", "kurang"))]
    return random.choice(onward if onward and random.random() < 0.82 else options)


def answers(random: Random) -> dict[str, int]:
    """The nine answers of a satisfaction survey: mostly content, with a mood of its own."""
    mood = random.gauss(3.45, 0.4)
    return {code: min(HIGHEST, max(LOWEST, round(random.gauss(mood, 0.5)))) for code in ELEMENTS}
