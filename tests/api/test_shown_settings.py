"""What administrators see of the environment: everything, and no secret."""

from pathlib import Path

import pytest

from api.config import Config, read_config
from api.shown_settings import place, shown_settings


def test_no_secret_is_shown(tmp_path: Path) -> None:
    config = read_config({
        "ALUR_DATA_DIR": str(tmp_path), "ALUR_DATABASE_URL": "postgresql://alur:rahasia-satu@db:5432/alur",
        "ALUR_SECRET_KEY": "rahasia-dua", "ALUR_SMTP_HOST": "surat.contoh.id", "ALUR_SMTP_SENDER": "alur@contoh.id",
        "ALUR_SMTP_USERNAME": "alur", "ALUR_SMTP_PASSWORD": "rahasia-tiga",
        "ALUR_WEBHOOK_URLS": "https://kait.contoh.id/rahasia-empat?kunci=rahasia-lima",
        "ALUR_WEBHOOK_SECRET": "rahasia-enam-yang-panjang", "ALUR_SMS_URL": "https://sms.contoh.id/?k=rahasia-tujuh",
        "ALUR_SMS_HEADERS": '{"Authorization": "rahasia-delapan"}',
    })  # fmt: skip
    shown = dict(shown_settings(config))
    assert "rahasia" not in str(shown)
    assert shown["ALUR_DATABASE_URL"] == "postgresql://db:5432/alur"
    assert shown["ALUR_WEBHOOK_URLS"] == "https://kait.contoh.id/…"
    assert shown["ALUR_SMTP_HOST"] == "surat.contoh.id:587 (starttls)"


def test_what_is_not_configured_is_empty(tmp_path: Path) -> None:
    shown = dict(shown_settings(Config("sqlite:////var/alur.db", "k", tmp_path)))
    assert shown["ALUR_SMTP_HOST"] == shown["ALUR_SMS_URL"] == shown["ALUR_WEBHOOK_URLS"] == ""
    assert shown["ALUR_DATABASE_URL"] == "sqlite:////var/alur.db"


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://a:b@contoh.id", "https://contoh.id"), ("http://contoh.id/?x=1", "http://contoh.id"),
     ("sqlite:///a.db?mode=ro", "sqlite:///a.db")],
)  # fmt: skip
def test_places(url: str, expected: str) -> None:
    assert place(url) == expected
