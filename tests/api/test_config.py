"""Settings: defaults, what the environment says, and complaints that name the variable."""

from pathlib import Path

import pytest

from api.config import read_config
from api.environment import BadSetting


def test_the_defaults_make_a_local_installation(tmp_path: Path) -> None:
    config = read_config({"ALUR_DATA_DIR": str(tmp_path / "var")})
    assert config.database_url == f"sqlite:///{tmp_path / 'var' / 'alur.db'}"
    assert (config.host, config.port, config.demo, config.test_clock) == ("127.0.0.1", 8000, False, False)
    assert (config.channels.smtp, config.channels.webhook, config.channels.sms) == (None, None, None)


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = read_config({"ALUR_DATA_DIR": str(tmp_path)})
    assert len(first.secret_key) >= 48
    assert read_config({"ALUR_DATA_DIR": str(tmp_path)}).secret_key == first.secret_key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert read_config({"ALUR_DATA_DIR": str(tmp_path), "ALUR_SECRET_KEY": "mine"}).secret_key == "mine"


def test_channels_are_configured_by_the_environment(tmp_path: Path) -> None:
    config = read_config({
        "ALUR_DATA_DIR": str(tmp_path), "ALUR_SMTP_HOST": "mail.example", "ALUR_SMTP_SENDER": "alur@example",
        "ALUR_SMTP_SECURITY": "tls", "ALUR_WEBHOOK_URLS": "https://a.example/x https://b.example/y",
        "ALUR_WEBHOOK_SECRET": "sixteen characters", "ALUR_SMS_URL": "https://sms.example/kirim",
        "ALUR_SMS_HEADERS": '{"Authorization": "Bearer x"}', "ALUR_SMS_BODY": "to={nomor}&text={pesan}",
    })  # fmt: skip
    assert config.channels.smtp is not None
    assert (config.channels.smtp.port, config.channels.smtp.security) == (465, "tls")
    assert config.webhook_urls == ("https://a.example/x", "https://b.example/y")
    assert config.channels.sms is not None
    assert config.channels.sms.headers == {"Authorization": "Bearer x"}
    assert "sixteen" not in repr(config.channels)


@pytest.mark.parametrize(
    ("name", "value", "more"),
    [
        ("ALUR_PORT", "0", {}), ("ALUR_PORT", "70000", {}), ("ALUR_PORT", "-1", {}), ("ALUR_THREADS", "x", {}),
        ("ALUR_DEMO", "mungkin", {}), ("ALUR_SMTP_SENDER", "", {"ALUR_SMTP_HOST": "mail.example"}),
        ("ALUR_SMTP_SECURITY", "ssl", {"ALUR_SMTP_HOST": "mail.example"}), ("ALUR_WEBHOOK_URLS", "ftp://x", {}),
        ("ALUR_WEBHOOK_SECRET", "pendek", {"ALUR_WEBHOOK_URLS": "https://a.example"}),
        ("ALUR_SMS_HEADERS", "{", {"ALUR_SMS_URL": "https://sms.example"}),
        ("ALUR_SMS_HEADERS", "[1]", {"ALUR_SMS_URL": "https://sms.example"}),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_understood_is_named(
    tmp_path: Path, name: str, value: str, more: dict[str, str]
) -> None:
    with pytest.raises(BadSetting, match=name):
        read_config({"ALUR_DATA_DIR": str(tmp_path), name: value, **more})
