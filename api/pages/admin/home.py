"""The first page of administration: what waits for an administrator, and where everything is."""

from werkzeug.wrappers import Response

from api.extensions import context
from api.pages.admin.common import admin_page, for_administrators
from api.pages.blueprint import pages
from engine.queries.backlog import backlog

LINKS = (
    ("pages.admin_people", "Orang", "Cari, buat, ubah, nonaktifkan; kata sandi sekali pakai."),
    ("pages.admin_posts", "Jabatan", "Jabatan, peran yang diberikannya, atasan dan pemegangnya."),
    ("pages.admin_assignments", "Penugasan", "Pemegang jabatan, Plt. dan Plh.; yang tumpang tindih atau berakhir."),
    ("pages.admin_agencies", "Instansi", "Nama, zona waktu, jam kantor dan jam Ramadan."),
    ("pages.admin_roles", "Peran", "Peran yang diminta lajur SOP, dan peran atasan untuk eskalasi."),
    ("pages.admin_calendar", "Kalender", "Hari libur dan keputusan; tenggat yang bergeser terlihat sebelum disimpan."),
    ("pages.operations_page", "Kendala", "Permohonan yang berhenti; coba ulang, ubah, tahan, batalkan."),
    ("pages.admin_queues", "Antrean", "Pesan keluar, pewaktu, pekerjaan, dan kapan pekerja terakhir memeriksa."),
    ("pages.admin_tokens", "Token", "Token API dan sesi: buat, lihat, cabut."),
    ("pages.admin_settings", "Pengaturan", "Nama daerah, kontak, pengumuman; apa yang ditentukan lingkungan."),
    ("pages.admin_record", "Riwayat", "Siapa mengubah apa, nilai lama dan baru, dan keutuhan rantainya."),
)  # fmt: skip


@pages.get("/admin")
@for_administrators
def admin_home() -> Response:
    """What waits, and links to everything."""
    return admin_page("home.html", waiting=backlog(context()), links=LINKS)
