"""The fold by itself: small histories written by hand, and what they leave behind."""

import json
import re
from pathlib import Path

import pytest

from engine.events import Event
from engine.history.apply import apply, fold
from engine.model import ROOT, ArmedTimer, State

ROOT_FOLDER = Path(__file__).parents[3]
STARTED = Event("instance_started", None, {"variables": {"n": 1}})
TASK = [
    STARTED,
    Event("flow_taken", "f1", {"token": "1", "target": "u"}),
    Event("element_entered", "u", {"token": "1", "phase": "task", "opened_at": "2026-03-05T01:00:00.000000Z",
                                   "due_at": "2026-03-06T01:00:00.000000Z"}),
    Event("timer_armed", "b", {"timer": "1:b", "token": "1", "kind": "boundary",
                               "due_at": "2026-03-06T01:00:00.000000Z", "calendar_version": 3}),
    Event("subscription_opened", "m", {"subscription": "1:m", "token": "1", "kind": "message", "name": "batal"}),
]  # fmt: skip


def after(*more: Event) -> State:
    return fold([*TASK, *more])


def test_a_task_is_open_with_its_timer_and_subscription() -> None:
    state = after()
    task = state.tasks()["1"]
    assert (task.element_id, task.kind, task.due_at) == ("u", "user", "2026-03-06T01:00:00.000000Z")
    assert state.timers == {
        "1:b": ArmedTimer("1:b", "1", "b", "boundary", "2026-03-06T01:00:00.000000Z", 3),
    }
    assert state.subscriptions() == [{"token": "1", "kind": "message", "name": "batal", "correlation": None}]
    assert state.next == 2
    first = state.next_due_at()
    assert first is not None
    assert first.isoformat() == "2026-03-06T01:00:00+00:00"


@pytest.mark.parametrize("type_", ["element_completed", "element_cancelled"])
def test_timers_and_subscriptions_vanish_with_their_token(type_: str) -> None:
    state = after(Event(type_, "u", {"token": "1"}))
    assert (state.tokens, state.timers, state.watching) == ({}, {}, {})
    assert state.scopes[ROOT].tokens == {}


def test_completion_writes_its_values_and_closes_the_task() -> None:
    state = after(Event("task_completed", "u", {"token": "1", "data": {"n": 2, "baik": True}}))
    assert state.variables == {"n": 2, "baik": True}
    assert state.tasks() == {}
    assert state.timers == {}


def test_claim_assign_delegate_unclaim() -> None:
    claimed = Event("task_claimed", "u", {"token": "1", "assignee": "p1"})
    delegated = Event("task_delegated", "u", {"token": "1", "assignee": "p2"})
    assert after(claimed).tasks()["1"].assignee == "p1"
    assert after(claimed, delegated).tasks()["1"].assignee == "p2"
    assert after(claimed, Event("task_unclaimed", "u", {"token": "1"})).tasks()["1"].assignee is None


def test_a_fired_timer_is_gone_or_armed_for_its_next_time() -> None:
    fired = {"timer": "1:b", "due_at": "2026-03-06T01:00:00.000000Z"}
    assert after(Event("timer_fired", "b", fired)).timers == {}
    again = after(Event("timer_fired", "b", {**fired, "next_due_at": "2026-03-07T01:00:00.000000Z"})).timers["1:b"]
    assert (again.due_at, again.fired) == ("2026-03-07T01:00:00.000000Z", 1)


def test_a_rescheduled_timer_and_task() -> None:
    moved = {"timer": "1:b", "due_at": "2026-03-09T01:00:00.000000Z", "calendar_version": 4}
    task = {"token": "1", "due_at": "2026-03-09T01:00:00.000000Z", "remind_at": None}
    state = after(Event("timer_rescheduled", "b", moved), Event("task_rescheduled", "u", task))
    assert (state.timers["1:b"].due_at, state.timers["1:b"].calendar_version) == (moved["due_at"], 4)
    assert state.tasks()["1"].due_at == task["due_at"]


def test_incidents_colour_the_status_until_all_are_resolved() -> None:
    broken = Event("incident_raised", "u", {"token": "1", "code": "c", "message": "m", "phase": "task"})
    solved = Event("incident_resolved", "u", {"token": "1"})
    assert after(broken).status == "incident"
    assert [(found.element_id, found.code) for found in after(broken).incidents()] == [("u", "c")]
    assert after(broken, solved).status == "running"
    assert after(broken, Event("element_cancelled", "u", {"token": "1"})).status == "running"
    assert after(broken, Event("instance_suspended"), Event("instance_resumed")).status == "incident"


def test_suspended_and_resumed() -> None:
    assert after(Event("instance_suspended")).status == "suspended"
    assert after(Event("instance_suspended"), Event("instance_resumed")).status == "running"


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_an_end_leaves_nothing_open_but_the_data(status: str) -> None:
    state = after(Event(f"instance_{status}"))
    assert (state.status, state.variables) == (status, {"n": 1})
    assert (state.tokens, state.timers, state.watching, list(state.scopes)) == ({}, {}, {}, [ROOT])


def test_variables_go_where_they_are_defined_else_to_the_next_container() -> None:
    state = after(
        Event("element_entered", "p", {"token": "2", "phase": "host",
                                       "opens": {"plan": "p", "variables": {"lokal": 1}}}),
        Event("element_entered", "q", {"token": "3", "scope": "2", "phase": "host",
                                       "opens": {"plan": "q", "container": True}}),
        Event("variables_changed", None, {"scope": "3", "variables": {"n": 5, "lokal": 6, "baru": 7}}),
    )  # fmt: skip
    assert state.variables == {"n": 5}
    assert (state.scopes["2"].variables, state.scopes["3"].variables) == ({"lokal": 6}, {"baru": 7})
    assert state.visible("3") == {"n": 5, "lokal": 6, "baru": 7}
    assert state.visible("2") == {"n": 5, "lokal": 6}


def test_facts_change_nothing() -> None:
    assert after(Event("task_commented", "u", {"token": "1", "text": "x"})).to_json() == after().to_json()


def test_the_text_of_a_state_is_whole_and_the_same_again() -> None:
    state = after(
        Event("task_claimed", "u", {"token": "1", "assignee": "p1"}),
        Event("element_entered", "p", {"token": "2", "phase": "host", "opens": {"plan": "p"}}),
        Event("element_entered", "a", {"token": "3", "scope": "2"}),
        Event("incident_raised", "a", {"token": "3", "code": "c", "message": "m", "phase": "run"}),
    )
    again = State.from_json(state.to_json())
    assert again == state
    assert again.to_json() == state.to_json()
    assert again.tokens["1"].watches == state.tokens["1"].watches
    assert again.scopes["2"].tokens == {"3": None}


def test_the_fold_keeps_no_hold_of_the_events() -> None:
    events = [*TASK, Event("element_entered", "m", {"token": "2", "phase": "host", "opens": {"loop": {"total": 2}}})]
    before = json.dumps([event.data for event in events])
    state = fold(events)
    apply(state, Event("element_entered", "m", {"token": "3", "scope": "2", "instance": 0, "opens": {}}))
    apply(state, Event("element_completed", "m", {"token": "3", "output": 1}))
    apply(state, Event("variables_changed", None, {"variables": {"n": 9}}))
    assert json.dumps([event.data for event in events]) == before


def test_the_history_page_lists_every_type() -> None:
    page = (ROOT_FOLDER / "docs" / "history.md").read_text()
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page))
    folded = set(re.findall(r"@_on\(([^)]*)\)", (ROOT_FOLDER / "engine" / "history" / "apply.py").read_text()))
    handled = {type_ for types in folded for type_ in re.findall(r'"(\w+)"', types)}
    emitted = {
        type_
        for path in (ROOT_FOLDER / "engine" / "spiff").glob("*.py")
        for type_ in re.findall(r'record\(\s*"(\w+)"', path.read_text())
    }
    assert handled - named == set()
    assert emitted - named == set()
