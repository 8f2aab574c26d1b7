"""Runs every diagram under this folder: `<feature>/<name>.bpmn` with what must happen in `<name>.json`.

Each is executed plain and with a restart before every step; both must do the same, event for event. The JSON holds
`variables`, `start` and `limit` (optional), `steps` (one action each, `open`: the open tasks after it), and what must
be true at the end: `visits` (flow nodes in the order entered), `open`, `status`, `data` (some variables), `incidents`;
or `refused`: the elements that compiling names.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.errors import DiagramRefused
from engine.spiff.compile import compile_process
from engine.spiff.program import Decided, Program
from engine.spiff.run import Execution
from tests.bpmn.driver import Run

FOLDER = Path(__file__).parent
FILES = {str(path.relative_to(FOLDER).with_suffix("")): path for path in sorted(FOLDER.glob("*/*.bpmn"))}
EXPECTED = {name: json.loads(path.with_suffix(".json").read_bytes()) for name, path in FILES.items()}
REFUSED = [name for name, expected in EXPECTED.items() if "refused" in expected]
RUNNING = [name for name, expected in EXPECTED.items() if "refused" not in expected]


def program(name: str) -> Program:
    diagram, _notes = prepare(parse_diagram(FILES[name].read_bytes()))
    return compile_process(diagram)


def at(instance: Run, element: str, work: bool = False) -> str:
    """The oldest token at an element, or the oldest one with open work there."""
    found = [key for key, token in instance.state.tokens.items() if token.element == element]
    return next(key for key in found if not work or key in instance.state.tasks())


def on_token(verb: Callable[[Execution, str, dict[str, Any]], Any], key: str) -> Callable[[Run, dict[str, Any]], Any]:
    return lambda instance, step: instance.do(
        lambda execution: verb(execution, at(instance, step[key], key != "retry"), step)
    )


ACTIONS: dict[str, Callable[[Run, dict[str, Any]], Any]] = {
    "complete": lambda instance, step: instance.complete(step["complete"], step.get("data")),
    "advance": lambda instance, step: instance.advance(step["advance"]),
    "message": lambda instance, step: instance.message(
        step["message"], step.get("correlation"), **step.get("data", {})
    ),
    "signal": lambda instance, step: instance.signal(step["signal"], **step.get("data", {})),
    "job": on_token(lambda execution, token, step: execution.complete_job(token, step.get("data", {})), "job"),
    "fail": on_token(lambda execution, token, step: execution.fail_job(token, "gagal", step.get("retries")), "fail"),
    "error": on_token(lambda execution, token, step: execution.throw_error(token, step["code"]), "error"),
    "retry": on_token(lambda execution, token, step: execution.retry(token), "retry"),
    "modify": lambda instance, step: instance.do(
        lambda execution: execution.modify(
            step["modify"].get("activate", ()),
            [at(instance, element) for element in step["modify"].get("cancel", ())],
            step["modify"].get("variables"),
        )
    ),
    "cancel": lambda instance, step: instance.do(lambda execution: execution.cancel(step["cancel"])),
}


def play(name: str, restart: bool) -> Run:
    expected = EXPECTED[name]
    limit = expected.get("limit", 10_000)
    instance = Run(program(name), restart=restart, limit=limit, decide=echo)
    instance.start(expected.get("variables"), expected.get("start"))
    for step in expected["steps"]:
        action = next(key for key in step if key in ACTIONS)
        answer = ACTIONS[action](instance, step)
        if "taken" in step:
            assert answer is step["taken"], step
        if "open" in step:
            assert instance.ready == sorted(step["open"]), step
    return instance


def echo(key: str, _variables: object) -> Decided:
    """A decision that answers with its own key."""
    return Decided({"keputusan": key})


@pytest.mark.parametrize("name", RUNNING)
def test_runs_as_drawn(name: str) -> None:
    expected, plain, restarted = EXPECTED[name], play(name, restart=False), play(name, restart=True)
    assert plain.events == restarted.events
    assert plain.state.to_json() == restarted.state.to_json()
    assert plain.visited == expected["visits"]
    assert plain.ready == sorted(expected.get("open", []))
    assert plain.incidents == [tuple(incident) for incident in expected.get("incidents", [])]
    assert plain.state.status == expected.get("status", "completed")
    variables = plain.state.variables
    assert {key: variables.get(key) for key in expected.get("data", {})} == expected.get("data", {})
    assert plain.trace == expected.get("trace", [])


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_the_element(name: str) -> None:
    with pytest.raises(DiagramRefused) as refusal:
        program(name)
    assert [error["element"] for error in refusal.value.errors] == EXPECTED[name]["refused"]
