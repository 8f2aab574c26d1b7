"""Stable codes of the engine as words for people (Indonesian; english/*.json translate them)."""

STATUS_WORDS = {
    "running": "Berjalan", "suspended": "Tertahan", "incident": "Terkendala", "completed": "Selesai",
    "cancelled": "Batal", "open": "Sedang dikerjakan",
}  # fmt: skip
EVENT_WORDS = {
    "instance_started": "Permohonan dimulai", "instance_completed": "Permohonan selesai",
    "instance_cancelled": "Permohonan dibatalkan", "instance_suspended": "Permohonan ditahan",
    "instance_resumed": "Permohonan dilanjutkan", "instance_migrated": "Dipindahkan ke versi lain",
    "instance_modified": "Diubah oleh administrator", "element_entered": "Langkah dimulai",
    "element_completed": "Langkah selesai", "element_cancelled": "Langkah dibatalkan", "flow_taken": "Berlanjut",
    "element_activated": "Langkah diaktifkan", "task_claimed": "Tugas diambil", "task_unclaimed": "Tugas dilepas",
    "task_assigned": "Tugas ditugaskan", "task_delegated": "Tugas didisposisikan", "task_completed": "Tugas selesai",
    "task_commented": "Komentar", "task_attached": "Berkas dilampirkan", "task_overdue": "Tenggat terlampaui",
    "task_reminded": "Pengingat dikirim", "task_escalated": "Dieskalasi ke atasan",
    "task_rescheduled": "Tenggat dihitung ulang", "timer_armed": "Pewaktu dipasang", "timer_fired": "Pewaktu berbunyi",
    "timer_cancelled": "Pewaktu dihentikan", "timer_rescheduled": "Pewaktu dihitung ulang",
    "incident_raised": "Terjadi kendala", "incident_retried": "Kendala dicoba ulang",
    "incident_resolved": "Kendala teratasi", "variables_changed": "Data berubah", "message_sent": "Pesan dikirim",
    "message_received": "Pesan diterima", "escalation_raised": "Mutu baku terlampaui",
    "survey_submitted": "Survei kepuasan diisi",
}  # fmt: skip
TASK_LIST_WORDS = {
    "done": "Tugas selesai", "on_time": "Tugas tepat waktu", "late": "Tugas terlambat", "open": "Tugas terbuka",
    "open_late": "Tugas lewat tenggat",
}  # fmt: skip
REQUEST_LIST_WORDS = {
    "running": "Permohonan berjalan", "ended": "Permohonan berakhir", "conformant": "Permohonan sesuai SOP",
    "deviating": "Permohonan menyimpang", "late": "Permohonan dengan tugas terlambat",
    "cancelled": "Permohonan dibatalkan",
}  # fmt: skip
STORY = frozenset({
    "instance_started", "instance_completed", "instance_cancelled", "instance_suspended", "instance_resumed",
    "instance_migrated", "instance_modified", "task_claimed", "task_unclaimed", "task_assigned", "task_delegated",
    "task_completed", "task_commented", "task_attached", "task_overdue", "task_escalated", "incident_raised",
    "incident_resolved",
})  # fmt: skip
"""What people who work on a request want to read of its history; the rest is for auditors."""

PROBLEM_WORDS = {
    "changed": "Catatan diubah, ditukar atau disisipkan", "missing": "Catatan hilang",
    "inserted": "Ada catatan yang disisipkan",
    "head": "Catatan terakhir bukan kepala rantai yang tersimpan",
    "anchor": "Tidak sesuai dengan jangkar", "state": "Keadaan tersimpan tidak mengikuti riwayat",
    "row": "Data permohonan tersimpan tidak mengikuti riwayat",
    "task": "Tugas terbuka yang tersimpan tidak mengikuti riwayat",
    "definition": "Diagram tersimpan berubah sejak ditetapkan", "signature": "Tanda tangan tidak cocok",
}  # fmt: skip
REFUSALS = {
    "not_found": ("Tidak ditemukan", "Yang Anda cari tidak ada, atau Anda tidak berhak melihatnya."),
    "forbidden": ("Tidak berhak", "Anda dikenal, tetapi tidak berhak melakukan ini."),
    "unauthenticated": ("Sesi berakhir", "Silakan masuk lagi. Isian Anda masih ada di halaman ini."),
    "too_many_attempts": ("Terlalu banyak percobaan", "Tunggu 15 menit, lalu coba lagi."),
    "wrong_state": ("Sudah berubah", "Tugas ini sudah diselesaikan atau ditutup orang lain. Isian Anda tidak hilang."),
    "conflict": ("Didahului orang lain", "Orang lain lebih dahulu mengubahnya. Isian Anda tidak hilang."),
    "precondition_failed": ("Didahului orang lain", "Tugas ini berubah sejak Anda buka. Isian Anda tidak hilang."),
    "draft_changed": (
        "Didahului orang lain", "Orang lain menyimpan rancangan ini sejak Anda buka. Muat ulang untuk melihat isinya."
    ),
    "form_invalid": ("Isian belum lengkap", "Periksa isian yang ditandai."),
    "invalid_input": ("Isian tidak sesuai", "Periksa isian Anda."),
    "too_large": ("Berkas terlalu besar", "Kirim berkas yang lebih kecil."),
    "upload_refused": ("Berkas ditolak", "Jenis berkas ini tidak diterima, atau isinya tidak sesuai namanya."),
    "storage_unavailable": ("Layanan sibuk", "Belum ada yang tersimpan. Coba lagi sebentar."),
    "not_a_table": ("Bukan tabel", "Diagram ini memuat lebih dari yang dapat ditulis sebagai lembar."),
    "form_refused": ("Formulir belum dapat dipakai", "Perbaiki dahulu kesalahan formulir ini."),
    "decision_file_refused": ("Keputusan tidak terbaca", "Berkas ini bukan DMN yang dapat dibaca."),
    "decision_failed": ("Keputusan tidak dapat dihitung", "Perbaiki dahulu kesalahan keputusan ini."),
    "csrf": ("Halaman kedaluwarsa", "Muat ulang halaman, lalu kirim lagi."),
}  # fmt: skip
OTHERWISE = ("Tidak dapat diproses", "Permintaan ini tidak dapat diproses.")
