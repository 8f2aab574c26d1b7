"""The words of the Waktu columns of the source SOPs, every one of them, and their likely relatives."""

import pytest

from engine.durations import parse_duration
from engine.waktu import Waktu, parse_waktu

FROM_THE_SOURCES = [
    ("10 menit", None, "PT10M", "kerja"),
    ("60 Menit", None, "PT60M", "kerja"),
    ("120 Menit", None, "PT120M", "kerja"),
    ("10 Manit", None, "PT10M", "kerja"),
    ("15 mnt", None, "PT15M", "kerja"),
    ("± 25 Menit", None, "PT25M", "kerja"),
    ("5-20 Menit", "PT5M", "PT20M", "kerja"),
    ("2 menit /d disesuaikan", "PT2M", None, "kerja"),
    ("1 Jam", None, "PT1H", "kerja"),
    ("8 Jam", None, "PT8H", "kerja"),
    ("± 4 Jam", None, "PT4H", "kerja"),
    ("<p>2 Jam</p>", None, "PT2H", "kerja"),
    ("30 menit - 1 jam", "PT30M", "PT1H", "kerja"),
    ("1 jam - selesai", "PT1H", None, "kerja"),
    ("1 x 24 jam", None, "PT24H", "kalender"),
    ("Piket 24 Jam", None, None, "kalender"),
    ("Dapat melapor 24 Jam", None, None, "kalender"),
    ("1 hari", None, "P1D", "kerja"),
    ("1 Hari Kerja", None, "P1D", "kerja"),
    ("3 hari kerja", None, "P3D", "kerja"),
    ("<p>1 Hari Dokumen</p>", None, "P1D", "kerja"),
    ("7 Hari Pemeriksaan", None, "P7D", "kerja"),
    ("± 12 Hari", None, "P12D", "kerja"),
    ("Maksimal 1 Hari", None, "P1D", "kerja"),
    ("7-14 hari", "P7D", "P14D", "kerja"),
    ("14 s d 30 Hari", "P14D", "P30D", "kerja"),
    ("6 hari 2 jam 25 menit", None, "P6DT2H25M", "kerja"),
    ("Masyarakat menunggu proses pengaktifan ± 7 Hari", None, "P7D", "kerja"),
    ("petugas sampai di lokasi kebakaran dalam waktu 15 menit", None, "PT15M", "kerja"),
    ("Dalam Hari Kerja yang sama", None, "P1D", "kerja"),
    ("2 minggu", None, "P2W", "kalender"),
    ("1 bulan", None, "P1M", "kalender"),
    ("1 - 3 bulan", "P1M", "P3M", "kalender"),
    ("1 bulan - 12 bulan", "P1M", "P12M", "kalender"),
    ("Menyesuaikan", None, None, "kerja"),
    ("Menyesuaikan waktu layanan online yang tersedia.", None, None, "kerja"),
    ("Menyesuaikan waktu SOP layanan PD", None, None, "kerja"),
    ("Menyesuaikan Jadwal Tim Penilai Kinerja", None, None, "kerja"),
    ("Disesuaikan dengan lokasi", None, None, "kerja"),
    ("Hari Pemeriksaan kondisional.", None, None, "kerja"),
    ("Dilakukan pada jam kerja", None, None, "kerja"),
    ("Sesuai dengan SPK", None, None, "kerja"),
    ("Tentatif", None, None, "kerja"),
    ("Tentative - Setelah mendapatkan Hasil Pertimbangan", None, None, "kerja"),
    ("Tidak Ditetapkan", None, None, "kerja"),
    ("Relatif tergantung Lokasi", None, None, "kerja"),
    ("Berkala", None, None, "kerja"),
    ("-", None, None, "kerja"),
    ("", None, None, "kerja"),
]

RELATIVES = [
    ("3 (tiga) hari kerja", None, "P3D", "kerja"),
    ("paling lama 14 hari kalender", None, "P14D", "kalender"),
    ("≤ 30 hari kerja", None, "P30D", "kerja"),
    ("≤ 24 jam", None, "PT24H", "kalender"),
    ("24 jam kerja", None, "PT24H", "kerja"),
    ("3–7 hari", "P3D", "P7D", "kerja"),
    ("1 s.d. 3 hari", "P1D", "P3D", "kerja"),
    ("1 s/d 3 hari", "P1D", "P3D", "kerja"),
    ("1 sampai dengan 3 hari", "P1D", "P3D", "kerja"),
    ("5 menit s.d.10 menit", "PT5M", "PT10M", "kerja"),
    ("1 hari s/d 1 minggu", "P1D", "P1W", "kerja"),  # the day counts working days, the week passes by the calendar
    ("2x24 jam", None, "PT48H", "kalender"),
    ("3 kali 24 jam", None, "PT72H", "kalender"),
    ("minimal 2 hari", "P2D", None, "kerja"),
    ("> 3 hari", "P3D", None, "kerja"),
    ("1,5 jam", None, "PT1H30M", "kerja"),
    ("½ jam", None, "PT30M", "kerja"),
    ("setengah hari", None, "P0.5D", "kerja"),
    ("satu minggu", None, "P1W", "kalender"),
    ("1 tahun", None, "P1Y", "kalender"),
    ("1,5 tahun", None, "P1Y6M", "kalender"),
    ("30 detik", None, "PT30S", "kerja"),
    ("2 HK", None, "P2D", "kerja"),
    ("15 menit/dokumen", None, "PT15M", "kerja"),
    ("Hubungi 112, maks. 5 menit", None, "PT5M", "kerja"),
]


@pytest.mark.parametrize(("words", "at_least", "at_most", "kalender"), FROM_THE_SOURCES + RELATIVES)
def test_words_become_durations(words: str, at_least: str | None, at_most: str | None, kalender: str) -> None:
    waktu = parse_waktu(words)
    assert (waktu.min, waktu.max, waktu.kalender, waktu.readable) == (at_least, at_most, kalender, True)
    for limit in (waktu.min, waktu.max):
        assert limit is None or str(parse_duration(limit)) == limit


@pytest.mark.parametrize(
    "words", ["60", "xyz", "1.000 hari", "0 menit", "Surat Permohonan", "20 Mei 2026", "Nomor 19 Tahun 2026"]
)
def test_what_nobody_can_read_gives_no_limit_and_says_so(words: str) -> None:
    assert parse_waktu(words) == Waktu(words, readable=False)


def test_the_words_are_kept_without_tags_and_surplus_blanks() -> None:
    assert parse_waktu(" <p>1  Hari</p>\n").words == "1 Hari"
