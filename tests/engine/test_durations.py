from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.durations import (
    Cycle,
    Duration,
    Moment,
    MomentOutOfRange,
    TimeExpressionRefused,
    parse_cycle,
    parse_duration,
    parse_moment,
    parse_timer,
)

WIB = "Asia/Jakarta"


@pytest.mark.parametrize(
    "text",
    [
        "PT30M",
        "PT90M",
        "PT36H",
        "P14D",
        "P2W",
        "P1M",
        "P1Y2M3W4DT5H6M7S",
        "PT1.5H",
        "P0.5D",
        "PT0.000001S",
        "P1DT12H",
        "PT0S",
    ],
)
def test_durations_are_written_as_they_were_read(text: str) -> None:
    assert str(parse_duration(text)) == text


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P1Y2M10DT2H30M", Duration(1, 2, days=Decimal(10), hours=Decimal(2), minutes=Decimal(30))),
        ("PT1,5H", Duration(hours=Decimal("1.5"))),
        ("P1.5Y", Duration(years=1, months=6)),
        (" P1W\n", Duration(weeks=Decimal(1))),
        ("P0D", Duration()),
        ("PT007M", Duration(minutes=Decimal(7))),
    ],
)
def test_durations_are_read(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "clock"),
    [("PT1.5H", timedelta(minutes=90)), ("PT0.000001S", timedelta(microseconds=1)), ("P1DT2H", timedelta(hours=2))],
)
def test_the_clock_part_is_exact(text: str, clock: timedelta) -> None:
    assert parse_duration(text).clock == clock


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ISO 8601 duration"),
        ("P", "ISO 8601 duration"),
        ("PT", "ISO 8601 duration"),
        ("P1DT", "ISO 8601 duration"),
        ("five days", "ISO 8601 duration"),
        ("1H", "ISO 8601 duration"),
        ("P1H", "ISO 8601 duration"),
        ("PT1M1H", "ISO 8601 duration"),
        ("P٣D", "ISO 8601 duration"),
        ("P0003-06-04T12:30:05", "ISO 8601 duration"),
        ("pt1h", "Write PT1H, in capitals"),
        ("-PT1H", "time only runs forward"),
        ("=waktu", "evaluate it first"),
        ("P1.5DT1H", "smallest part"),
        ("P0.1M", "write it in days"),
        ("P1001Y", "thousand years"),
        ("P999999999W", "thousand years"),
        ("P999999999D", "thousand years"),
        ("0 8 * * *", "R/2026-01-01T08:00:00/P1D"),
        ("P" + "1" * 100_000 + "D", "ISO 8601 duration"),
    ],
)
def test_other_durations_are_refused_with_the_cure(text: str, said: str) -> None:
    with pytest.raises(TimeExpressionRefused, match=r"Expected .*, but got") as refused:
        parse_duration(text)
    assert said in refused.value.detail
    assert len(refused.value.detail) < 400
    assert (refused.value.code, refused.value.status) == ("invalid_time_expression", 422)


_numbers = st.integers(0, 500)


@given(st.tuples(_numbers, _numbers, *[_numbers.map(Decimal)] * 5))
def test_writing_and_reading_are_inverse(parts: tuple[int, int, Decimal, Decimal, Decimal, Decimal, Decimal]) -> None:
    duration = Duration(*parts)
    assert parse_duration(str(duration)) == duration


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(8000, 1, 1)), st.integers(0, 2000), st.integers(0, 2000))  # noqa: DTZ001
def test_months_keep_the_day_or_take_the_last_of_the_month(start: datetime, one: int, more: int) -> None:
    first = Duration(months=one).add_to(start)
    both = Duration(months=one + more).add_to(start)
    assert first.day <= start.day
    assert (first.year * 12 + first.month) - (start.year * 12 + start.month) == one
    assert first.day == start.day or (first + timedelta(days=1)).day == 1
    assert both >= first


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-03-05T08:00:00+07:00", "2026-03-05T01:00:00+00:00"),
        ("2026-03-05T08:00:00Z", "2026-03-05T08:00:00+00:00"),
        ("2026-03-05T08:00:00.5-0330", "2026-03-05T11:30:00.500000+00:00"),
        ("2026-03-05T08:00", "2026-03-05T01:00:00+00:00"),  # local time of the agency
        ("2026-03-05T08:00:00+09:00[Asia/Jayapura]", "2026-03-04T23:00:00+00:00"),
        ("2026-03-05T08:00:00@Asia/Makassar", "2026-03-05T00:00:00+00:00"),
        ("2026-03-05", "2026-03-04T17:00:00+00:00"),  # the start of the local day
        ("2026-03-05T24:00:00", "2026-03-05T17:00:00+00:00"),  # the end of it
    ],
)
def test_moments(text: str, utc: str) -> None:
    moment = parse_moment(text, WIB)
    assert moment.isoformat() == utc
    assert moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30T08:00:00", "does not exist"),
        ("2026-03-05T25:00:00", "does not exist"),
        ("2026-03-05T24:00:01", "does not exist"),
        ("2026-03-05 08:00", "date and time"),
        ("05-03-2026", "date and time"),
        ("20260305T080000Z", "date and time"),
        ("tomorrow", "date and time"),
        ("", "date and time"),
        ("2026-03-05T08:00:00[Mars/Base]", "known time zone"),
        ("2026-03-05T08:00:00[../../etc]", "date and time"),
        ("2026-03-05T08:00:00+07:00[Asia/Jayapura]", "offset that Asia/Jayapura has"),
        ("9999-12-31T24:00:00", "does not exist"),
    ],
)
def test_other_moments_are_refused(text: str, said: str) -> None:
    with pytest.raises(TimeExpressionRefused, match=said):
        parse_moment(text, WIB)


def test_a_moment_before_the_year_1_in_utc_is_refused() -> None:
    with pytest.raises(MomentOutOfRange):
        parse_moment("0001-01-01T00:00:00", WIB)


@pytest.mark.parametrize(
    ("text", "repetitions", "written"),
    [
        ("R3/PT1H", 3, "R3/PT1H"),
        ("R/PT1H", None, "R/PT1H"),
        ("R-1/PT1H", None, "R/PT1H"),
        ("R/2026-03-05T08:00:00+07:00/P1D", None, "R/2026-03-05T08:00:00+07:00/P1D"),
        ("R5/2026-03-05T08:00[Asia/Jayapura]/P1M", 5, "R5/2026-03-05T08:00:00+09:00/P1M"),
        ("R2/2026-03-05T08:00/P1W", 2, "R2/2026-03-05T08:00:00/P1W"),
    ],
)
def test_cycles(text: str, repetitions: int | None, written: str) -> None:
    cycle = parse_cycle(text)
    assert cycle.repetitions == repetitions
    assert str(cycle) == written
    assert parse_cycle(written) == cycle


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PT1H", "Write R/PT1H"),
        ("R", "repeating interval"),
        ("R/", "repeating interval"),
        ("R3", "repeating interval"),
        ("R3/", "repeating interval"),
        ("R-2/PT1H", "repeating interval"),
        ("R1.5/PT1H", "repeating interval"),
        ("R3/P", "ISO 8601 duration"),
        ("R0/PT1H", "at least one repetition"),
        ("R/PT0S", "without a pause"),
        ("R3/2026-01-01T00:00:00Z/2026-01-02T00:00:00Z", "last part is the period"),
        ("R3/PT1H/2026-01-02T00:00:00Z", "last part is the period"),
        ("R3/soon/PT1H", "date and time"),
        ("*/5 * * * *", "write R/PT5M"),
        ("0 0 8 ? * MON-FRI", "one timer per moment"),
    ],
)
def test_other_cycles_are_refused_with_the_cure(text: str, said: str) -> None:
    with pytest.raises(TimeExpressionRefused) as refused:
        parse_cycle(text)
    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("kind", "text", "parsed"),
    [
        ("duration", "PT5S", Duration(seconds=Decimal(5))),
        ("duration", '"PT5S"', Duration(seconds=Decimal(5))),  # a quoted literal, as FEEL writes it
        ("date", "2026-03-05T08:00:00Z", Moment(datetime(2026, 3, 5, 8, tzinfo=UTC))),
        ("cycle", "R3/PT5S", Cycle(3, Duration(seconds=Decimal(5)))),
    ],
)
def test_timers(kind: str, text: str, parsed: object) -> None:
    assert parse_timer(kind, text) == parsed


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("duration", "R3/PT1H", "Write it in timeCycle"),
        ("duration", "2026-03-05", "Write it in timeDate"),
        ("date", "PT1H", "Write it in timeDuration"),
        ("date", "R/PT1H", "Write it in timeCycle"),
        ("cycle", "PT1H", "Write R/PT1H"),
        ("cycle", "2026-03-05T08:00:00Z", "Write it in timeDate"),
        ("duration", '"five days"', "ISO 8601 duration"),
    ],
)
def test_a_timer_of_the_wrong_kind_is_refused(kind: str, text: str, said: str) -> None:
    with pytest.raises(TimeExpressionRefused, match=said):
        parse_timer(kind, text)


def test_the_kind_of_a_timer_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="duration, date or cycle"):
        parse_timer("moment", "PT1H")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in ("duration", "date", "cycle"):
        try:
            parsed = parse_timer(kind, text)
        except TimeExpressionRefused as refused:
            assert refused.detail
        else:
            assert parse_timer(kind, str(parsed)) == parsed
