"""The promised time: the longest way without ways back and without the applicant's own time, in days people know."""

from dataclasses import replace
from datetime import UTC, datetime

from engine.diagram.model import Lane, Process
from engine.diagram.parse import parse_diagram
from engine.promise import promise
from small_nets import OFFICE, limited, net
from tests_support import ACCOUNT, ROOT

NOW = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)  # Thursday 08.00 WIB


def _task(words: str, kalender: str = "kerja") -> dict[str, object]:
    return {"kind": "userTask", "quality": limited(words, kalender)}


def test_a_row_of_steps_adds_up_and_a_part_of_a_day_counts_as_one() -> None:
    process = net({"s": "startEvent", "a": _task("P1D"), "b": _task("PT2H"), "e": "endEvent"},
                  ["s -> a", "a -> b", "b -> e"])  # fmt: skip
    found = promise(process)
    assert (found.working_days, found.working_minutes, found.untimed) == (2, 0, 0)
    assert found.by(NOW, OFFICE) == datetime(2026, 3, 30, 2, 30, tzinfo=UTC)  # Friday's close, then two office hours


def test_less_than_a_day_is_said_in_minutes() -> None:
    process = net({"s": "startEvent", "a": _task("PT45M"), "b": _task("PT2H"), "e": "endEvent"},
                  ["s -> a", "a -> b", "b -> e"])  # fmt: skip
    assert (promise(process).working_days, promise(process).working_minutes) == (0, 165)


def test_the_longest_branch_counts_and_a_way_back_does_not() -> None:
    process = net(
        {"s": "startEvent", "a": _task("P1D"), "g": "exclusiveGateway", "b": _task("P2D"),
         "c": _task("P30D", "kalender"), "e": "endEvent"},
        ["s -> a", "a -> g", "g -> a", "g -> b", "g -> c", "b -> e", "c -> e"],
    )  # fmt: skip
    found = promise(process)
    assert (found.working_days, found.calendar_days, len(found.path)) == (1, 30, 2)


def test_a_subprocess_counts_with_what_is_in_it() -> None:
    process = net(
        {"s": "startEvent", "u": "subProcess", "s2": "startEvent", "b": _task("P2D"), "e2": "endEvent",
         "c": {"kind": "userTask"}, "e": "endEvent"},
        ["s -> u", "u -> c", "c -> e", "s2 -> b", "b -> e2"], {"s2": "u", "b": "u", "e2": "u"},
    )  # fmt: skip
    assert (promise(process).working_days, promise(process).untimed) == (2, 1)


def test_the_applicants_own_time_is_not_promised() -> None:
    process: Process = net({"s": "startEvent", "a": _task("P5D"), "e": "endEvent"}, ["s -> a", "a -> e"])
    own = replace(process, lanes=(Lane("lane", "Pemohon", "pemohon", "pemohon"),))
    found = promise(own)
    assert (found.working_days, found.path, found.own_steps) == (0, (), True)


def test_the_account_sop_promises_seven_working_days() -> None:
    found = promise(parse_diagram((ROOT / "bpmn" / f"{ACCOUNT}.bpmn").read_bytes()).main)
    assert (found.working_days, found.calendar_days, found.untimed, found.own_steps) == (7, 0, 0, True)
