import pytest

from engine.cron_cure import cure_for_cron, looks_like_cron
from engine.durations import parse_cycle


@pytest.mark.parametrize(
    ("cron", "interval"),
    [
        ("*/5 * * * *", "R/PT5M"),
        ("0 0/15 * * * ?", "R/PT15M"),
        ("*/10 * * * * *", "R/PT10S"),
        ("* * * * *", "R/PT1M"),
        ("0 */2 * * *", "R/PT2H"),
        ("@hourly", "R/2026-01-01T00:00:00/PT1H"),
        ("15 * * * *", "R/2026-01-01T00:15:00/PT1H"),
        ("@daily", "R/2026-01-01T00:00:00/P1D"),
        ("30 7 * * *", "R/2026-01-01T07:30:00/P1D"),
        ("0 0 8 * * ? *", "R/2026-01-01T08:00:00/P1D"),
        ("0 8 * * 1", "R/2026-01-05T08:00:00/P1W"),  # 5 January 2026 is a Monday
        ("0 8 * * MON", "R/2026-01-05T08:00:00/P1W"),
        ("0 0 8 ? * 2", "R/2026-01-05T08:00:00/P1W"),  # six fields: Sunday is 1
        ("0 8 * * 7", "R/2026-01-04T08:00:00/P1W"),
        ("@weekly", "R/2026-01-04T00:00:00/P1W"),
        ("0 9 1 * *", "R/2026-01-01T09:00:00/P1M"),
        ("@monthly", "R/2026-01-01T00:00:00/P1M"),
        ("30 8 17 8 *", "R/2026-08-17T08:30:00/P1Y"),
        ("30 8 17 AUG *", "R/2026-08-17T08:30:00/P1Y"),
        ("@yearly", "R/2026-01-01T00:00:00/P1Y"),
    ],
)
def test_the_cure_is_the_equivalent_interval(cron: str, interval: str) -> None:
    assert looks_like_cron(cron)
    assert f"write {interval} " in cure_for_cron(cron)
    assert str(parse_cycle(interval)) == interval


@pytest.mark.parametrize(
    "cron",
    [
        "0 8 * * 1-5",
        "0 8,16 * * *",
        "*/7 * * * *",  # 60 is no multiple of 7: cron starts anew every hour
        "0 8 31 * *",  # cron skips short months, P1M takes their last day
        "0 8 L * *",
        "0 0 8 1 1 ? 2027",
        "0 25 * * *",
        "0 8 1 1 1",
        "0 0 8 ? * MON#1",
        "@every 5m",
        "99 8 * * *",
        "0 8 * * 9",
    ],
)
def test_without_an_equivalent_the_cure_is_several_timers(cron: str) -> None:
    assert looks_like_cron(cron)
    assert "one timer per moment" in cure_for_cron(cron)


@pytest.mark.parametrize("text", ["PT1H", "R/PT1H", "one two three four five", "", "1 hari kerja", "8 * * *"])
def test_what_is_not_cron(text: str) -> None:
    assert not looks_like_cron(text)
