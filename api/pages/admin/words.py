"""What administration's pages say for stable codes and fields (Indonesian; english/admin.json translates them)."""

FIELD_WORDS = {
    "username": "Nama pengguna: 3 sampai 80 karakter dari huruf kecil, angka, titik, strip atau garis bawah; diawali "
    "dan diakhiri huruf atau angka.",
    "name": "Nama wajib diisi: satu baris, paling banyak 200 karakter.",
    "title": "Nama jabatan wajib diisi: satu baris, paling banyak 200 karakter.",
    "unit": "Unit: satu baris, paling banyak 200 karakter.",
    "email": "Surel: paling banyak 254 karakter.",
    "phone": "Telepon: paling banyak 30 karakter.",
    "code": "Kode: huruf kecil, angka, titik, strip atau garis bawah, paling banyak 119 karakter.",
    "key": "Kunci: huruf kecil, angka, titik, strip atau garis bawah, paling banyak 119 karakter.",
    "roles": "Peran ditulis dengan kuncinya, misalnya dari daftar pilihan.",
    "zone": "Pilih salah satu zona waktu Indonesia.",
    "reason": "Alasan wajib diisi: satu baris, paling banyak 500 karakter. Alasan dicatat dalam riwayat.",
    "superior_id": "Atasan harus jabatan lain, bukan bawahan jabatan ini.",
    "superior_role": "Peran atasan harus peran lain yang sudah ada.",
    "letter_number": "Nomor surat perintah wajib diisi untuk Plt. dan Plh.",
    "valid_until": "Hari terakhir wajib diisi untuk Plt. dan Plh., dan tidak boleh sebelum hari pertama.",
    "valid_from": "Hari pertama: pilih tanggal.",
    "kind": "Pilih salah satu jenis.",
    "active": "Anda tidak dapat menonaktifkan akun sendiri; minta administrator lain.",
    "password": "Kata sandi 10 sampai 200 karakter.",
    "region": "Nama pemerintah daerah: satu baris, paling banyak 120 karakter.",
    "contact": "Kontak bantuan: satu baris, paling banyak 300 karakter.",
    "announcement": "Pengumuman: satu baris, paling banyak 500 karakter.",
    "changes": "Pilih paling sedikit satu langkah atau data yang diubah.",
    "activate": "Langkah yang dimulai harus ada dalam SOP ini.",
    "cancel": "Langkah yang dibatalkan sudah tidak terbuka; muat ulang halaman.",
    "ttl": "Masa berlaku token paling lama 366 hari.",
}  # fmt: skip
KINDS = {"pegawai": "Pegawai", "warga": "Warga", "eksternal": "Eksternal"}
ASSIGNMENT_KINDS = {"definitif": "Definitif", "plt": "Plt.", "plh": "Plh."}
WHEN = {"now": "berlaku", "future": "akan berlaku", "past": "berakhir", "withdrawn": "dibatalkan"}
ZONES = {
    "Asia/Jakarta": "WIB (Jakarta)", "Asia/Pontianak": "WIB (Pontianak)", "Asia/Makassar": "WITA (Makassar)",
    "Asia/Jayapura": "WIT (Jayapura)",
}  # fmt: skip
SHOW = {
    "acting": "Plt./Plh. yang berjalan atau akan datang", "overlapping": "Tumpang tindih",
    "ending": "Berakhir dalam 14 hari", "all": "Semua penugasan",
}  # fmt: skip
CATEGORIES = {
    "cuti_bersama": "Cuti bersama", "nasional": "Libur nasional", "daerah": "Libur daerah",
    "dicabut": "Hari kerja kembali", "ramadan": "Ramadan",
}  # fmt: skip
DAY_KINDS = {
    "kerja": "Hari kerja", "akhir_pekan": "Akhir pekan", "nasional": "Libur nasional", "cuti_bersama": "Cuti bersama",
    "daerah": "Libur daerah",
}  # fmt: skip
ACTS = {
    "agency_changed": "Instansi diubah", "agency_created": "Instansi dibuat", "assignment_ended": "Penugasan diakhiri",
    "calendar_changed": "Kalender diubah", "calendar_seeded": "Kalender diisi",
    "decision_deployed": "Tabel keputusan dipasang",
    "definition_deployed": "SOP dipasang", "demo_seeded": "Data demo dibuat", "draft_approved": "Rancangan disetujui",
    "draft_created": "Rancangan dibuat", "draft_deleted": "Rancangan dihapus",
    "draft_reopened": "Rancangan dibuka kembali", "draft_returned": "Rancangan dikembalikan",
    "draft_submitted": "Rancangan diajukan", "message_resent": "Pesan dikirim lagi",
    "password_changed": "Kata sandi diganti", "password_reset": "Kata sandi sekali pakai dibuat",
    "person_changed": "Orang diubah", "person_created": "Orang dibuat",
    "person_registered": "Warga mendaftar", "post_assigned": "Jabatan diberikan",
    "post_changed": "Jabatan diubah", "post_created": "Jabatan dibuat", "role_changed": "Peran diubah",
    "role_created": "Peran dibuat", "setting_changed": "Pengaturan diubah", "token_issued": "Token dibuat",
    "token_revoked": "Token dicabut", "tokens_revoked": "Semua token dicabut",
}  # fmt: skip
JOBS = {
    "fire_timers": "Pewaktu", "announce_tasks": "Pengumuman tugas", "dispatch_outbox": "Pengiriman pesan",
    "anchor_history": "Jangkar riwayat", "discard_uploads": "Pembersihan unggahan",
    "forget_answers": "Pembersihan jawaban berulang",
    "recompute_deadlines": "Tenggat menurut kalender", "summarise": "Ringkasan laporan",
}  # fmt: skip
OUTBOX = {"dead": "Gagal", "pending": "Menunggu", "sent": "Terkirim"}
INTERVENTIONS = {
    "retry": "Coba ulang", "modify": "Ubah data dan posisi", "suspend": "Tahan", "resume": "Lanjutkan",
    "cancel": "Batalkan permohonan", "migrate": "Pindahkan ke versi lain",
}  # fmt: skip
PHASES = {
    "flow": "di jalur", "run": "berjalan", "task": "tugas terbuka", "job": "pekerjaan sistem", "wait": "menunggu",
    "host": "memuat langkah lain", "undo": "menunggu kompensasi", "leave": "selesai, hendak lanjut",
}  # fmt: skip
SETTINGS = {
    "region": ("Nama pemerintah daerah", "Tampil di kaki setiap halaman."),
    "contact": ("Kontak bantuan", "Tampil di kaki setiap halaman, misalnya nomor telepon dan jam layanan."),
    "announcement": ("Pengumuman", "Tampil di atas setiap halaman sampai dikosongkan."),
    "registration": (
        "Pendaftaran warga",
        "Apakah warga dapat membuat akun sendiri. Tanpa server surel, alamatnya tidak dikonfirmasi.",
    ),
}
SETTING_CHOICES = {
    "registration": {"": "bawaan (hanya dalam mode demo)", "open": "dibuka", "closed": "ditutup"},
}
EVERY = (
    FIELD_WORDS, KINDS, ASSIGNMENT_KINDS, WHEN, ZONES, SHOW, CATEGORIES, DAY_KINDS, ACTS, JOBS, OUTBOX, INTERVENTIONS,
    PHASES, SETTING_CHOICES["registration"], dict(enumerate(one for pair in SETTINGS.values() for one in pair)),
)
"""All of them, for the test that each has its English."""
