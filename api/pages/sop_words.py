"""What differs between versions, and what was done with an SOP, as words for people (english/sops.json translates)."""

DIFFERENCE_WORDS = {
    "added": "Ditambahkan", "removed": "Dihapus", "moved": "Pindah pelaksana", "quality": "Mutu baku berubah",
    "condition": "Syarat alur berubah", "form": "Formulir berubah", "changed": "Diubah",
}  # fmt: skip
PART_WORDS = {
    "activity": "Kegiatan", "gateway": "Percabangan", "event": "Kejadian", "flow": "Alur (panah)", "lane": "Pelaksana",
    "identity": "Identitas SOP", "process": "SOP", "form": "Formulir isian", "decision": "Tabel keputusan",
}  # fmt: skip
FIELD_WORDS = {
    "name": "nama", "kind": "jenis", "documentation": "uraian", "remarks": "keterangan", "assignee": "penugasan",
    "script": "skrip", "called": "yang dipanggil", "result_variable": "variabel hasil", "assumption": "asumsi",
    "attached_to": "menempel pada", "interrupting": "memutus kegiatan", "inputs": "masukan", "outputs": "keluaran",
    "form_key": "formulir yang dipakai", "no": "nomor urut", "words": "waktu", "min": "waktu paling cepat",
    "max": "waktu paling lambat", "kalender": "kalender", "requirements": "kelengkapan", "deliverables": "output",
    "events": "pemicu", "multi": "pengulangan", "ends": "asal dan tujuan", "condition": "syarat",
    "default": "jalur bawaan", "lane": "pelaksana", "role": "peran", "performer_kind": "jenis pelaksana",
    "fields": "isian", "order": "urutan isian", "number": "nomor SOP", "created_on": "tanggal pembuatan",
    "revised_on": "tanggal revisi", "effective_on": "tanggal efektif", "approved_by": "disahkan oleh",
    "agency": "instansi", "unit": "unit", "confidentiality": "kerahasiaan", "legal_basis": "dasar hukum",
    "qualifications": "kualifikasi pelaksana", "related": "keterkaitan", "equipment": "peralatan",
    "warnings": "peringatan", "records": "pencatatan", "source_document": "dokumen sumber",
    "rule": "aturan", "rule_order": "urutan aturan", "hit_policy": "kebijakan hasil", "columns": "kolom tabel",
    "logic": "isi", "type": "tipe hasil",
    "source_lines": "baris sumber", "source_complete": "sumber lengkap", "source_note": "catatan sumber",
}  # fmt: skip
ACT_WORDS = {
    "draft_created": "Rancangan dibuat", "draft_submitted": "Diajukan untuk ditinjau",
    "draft_approved": "Rancangan disetujui", "draft_returned": "Rancangan dikembalikan",
    "draft_reopened": "Rancangan diubah lagi", "draft_deleted": "Rancangan dihapus",
    "definition_deployed": "Versi diterapkan",
}  # fmt: skip
DRAFT_WORDS = {"draft": "Dirancang", "in_review": "Menunggu tinjauan", "approved": "Disetujui"}
SEVERITY_WORDS = {"error": "Galat", "warning": "Peringatan", "info": "Catatan"}
EVERY = (DRAFT_WORDS, DIFFERENCE_WORDS, PART_WORDS, FIELD_WORDS, ACT_WORDS, SEVERITY_WORDS)
