"""The questions of the satisfaction survey and their four answers, as Permenpan-RB 14/2017 asks them (Indonesian)."""

QUESTIONS = {
    "u1": ("Apakah persyaratan sesuai dengan jenis pelayanannya?",
           ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")),
    "u2": ("Apakah prosedurnya mudah?", ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah")),
    "u3": ("Apakah pelayanannya cepat?", ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat")),
    "u4": ("Apakah biaya/tarifnya wajar?", ("Sangat mahal", "Cukup mahal", "Murah", "Gratis")),
    "u5": ("Apakah hasilnya sesuai dengan yang dijanjikan?",
           ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai")),
    "u6": ("Apakah petugasnya mampu?", ("Tidak mampu", "Kurang mampu", "Mampu", "Sangat mampu")),
    "u7": ("Apakah petugasnya sopan dan ramah?",
           ("Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah")),
    "u8": ("Bagaimana pengaduan, saran, dan masukan ditangani?",
           ("Tidak ada penanganan", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik")),
    "u9": ("Bagaimana sarana dan prasarananya?", ("Buruk", "Cukup", "Baik", "Sangat baik")),
}  # fmt: skip
