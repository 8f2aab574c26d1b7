import json

import pytest

from engine.office_hours import (
    PERPRES_RAMADAN_WEEK,
    PERPRES_WEEK,
    WEEKDAYS,
    OfficeHours,
    OfficeHoursRefused,
    Week,
    sessions,
)


def minutes(week: Week) -> list[int]:
    return [sum(end - start for start, end in day) for day in week]


def test_the_defaults_are_those_of_perpres_21_2023() -> None:
    assert minutes(PERPRES_WEEK) == [450, 450, 450, 450, 450, 0, 0]
    assert sum(minutes(PERPRES_WEEK)) == 37 * 60 + 30
    assert minutes(PERPRES_RAMADAN_WEEK) == [390, 390, 390, 390, 390, 0, 0]
    assert sum(minutes(PERPRES_RAMADAN_WEEK)) == 32 * 60 + 30


def test_json_round_trip() -> None:
    six_days = OfficeHours(
        (*PERPRES_WEEK[:5], sessions("08:00-13:00"), ()), (*PERPRES_WEEK[:5], sessions("22:00-24:00"), ()), True
    )
    for hours in (OfficeHours(), six_days):
        assert OfficeHours.from_json(json.loads(json.dumps(hours.to_json()))) == hours
    assert OfficeHours().to_json()["week"]["friday"] == ["07:30-11:30", "13:00-16:30"]


def test_what_is_left_out_has_the_default() -> None:
    assert OfficeHours.from_json({}) == OfficeHours()
    assert OfficeHours.from_json({"count_first_day": True}) == OfficeHours(count_first_day=True)
    later = {day: ["08:00-12:00", "12:30-16:00"] for day in WEEKDAYS[:5]}
    assert OfficeHours.from_json({"week": later}).ramadan_week == PERPRES_RAMADAN_WEEK


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"week": {}, "ramadan": {"monday": ["08:00-12:00"]}}, "at least one working day in 'week'"),
        ({"ramadan": {}}, "at least one working day in 'ramadan'"),
        ({"week": {"saturday": ["08:00-13:00"]}}, "'ramadan', too"),
        ({"weeks": {}}, "keys week, ramadan"),
        ([], "keys week, ramadan"),
        ({"week": []}, "map weekdays"),
        ({"week": {"senin": ["08:00-13:00"]}}, "map weekdays"),
        ({"week": {"monday": "08:00-13:00"}}, "week.monday to be a list"),
        ({"week": {"monday": [480]}}, "week.monday to be a list"),
        ({"week": {"monday": ["8-13"]}}, "week.monday: Expected a span such as"),
        ({"week": {"monday": ["08:60-13:00"]}}, "a span such as"),
        ({"week": {"monday": ["22:00-24:01"]}}, "in order and without overlap"),
        ({"week": {"monday": ["13:00-08:00"]}}, "in order and without overlap"),
        ({"week": {"monday": ["08:00-08:00"]}}, "in order and without overlap"),
        ({"week": {"monday": ["08:00-13:00", "12:00-16:00"]}}, "08:00-13:00, 12:00-16:00"),
        ({"count_first_day": 1}, "count_first_day"),
    ],
)
def test_hours_without_sense_are_refused(data: dict[str, object], said: str) -> None:
    with pytest.raises(OfficeHoursRefused) as refused:
        OfficeHours.from_json(data)
    assert said in refused.value.detail


def test_hours_built_in_code_are_checked_too() -> None:
    free: Week = ((), (), (), (), (), (), ())
    with pytest.raises(OfficeHoursRefused, match="at least one working day"):
        OfficeHours(week=free)
    with pytest.raises(OfficeHoursRefused, match="overlap"):
        OfficeHours(week=(((600, 300),), *free[1:]))
