"""File names of strangers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.file_names import MAX_BYTES, MAX_CHARACTERS, safe_name

PDF = (".pdf",)


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Surat Permohonan.pdf", "Surat Permohonan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\system32\\a.pdf", "a.pdf"),
        ("C:\\Users\\budi\\KTP.pdf", "KTP.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("faktur\u202efdp.exe", "fakturfdp.exe.pdf"),
        ("\u200b\u200e.pdf", "berkas.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("nul.pdf", "_nul.pdf"),
        ("COM1.txt.pdf", "_COM1.txt.pdf"),
        ('a"; filename="b.exe.pdf', "a__ filename=_b.exe.pdf"),
        ("KTP.PDF", "KTP.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
        ("$(rm -rf).pdf", "_(rm -rf).pdf"),
    ],
)
def test_known_attacks(given_name: str, safe: str) -> None:
    assert safe_name(given_name, PDF) == safe


@given(st.text(alphabet=st.characters(), max_size=400), st.sampled_from([PDF, (".jpg", ".jpeg"), (".docx",)]))
def test_any_name_becomes_safe(name: str, endings: tuple[str, ...]) -> None:
    made = safe_name(name, endings)
    assert made.endswith(endings)
    assert 4 < len(made) <= MAX_CHARACTERS
    assert len(made.encode()) <= MAX_BYTES
    assert not set(made) & set("/\\<>:\"|?*%;`$&'\r\n\x00")
    assert not made.startswith((".", " "))
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} for char in made)
    assert safe_name(made, endings) == made
