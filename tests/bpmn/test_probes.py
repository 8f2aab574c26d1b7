"""All diagrams of ../shared/probes.json: each ends right or is refused naming the element.

Their Python scripts and conditions are rewritten in FEEL by the table below; what they log goes into `jejak`.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.diagram.lint import validate
from engine.diagram.parse import parse_diagram
from engine.diagram.prepare import prepare
from engine.errors import DiagramRefused
from engine.spiff.compile import compile_process
from tests.bpmn.driver import Run

PROBES = Path(__file__).parents[2].parent / "shared" / "probes.json"
ALL = {probe["name"]: probe for probe in json.loads(PROBES.read_bytes())} if PROBES.exists() else {}
pytestmark = pytest.mark.skipif(not ALL, reason="probes.json is not beside this tree")

SCRIPTS = {
    'n=n+1; log("j")': 'n = n + 1\njejak = append(jejak, "j")',
    "pass": "nihil = null",
    "xs=[0,None,2]": "xs = [0, null, 2]",
    "xs.append(1)": "xs = append(xs, 1)",
    "xs.append(2)": "xs = append(xs, 2)",
    "xs.remove(1)": "xs = xs[item != 1]",
    "xs.remove(3)": "xs = xs[item != 3]",
    "log(n)": "jejak = append(jejak, n)",
}


def in_feel(text: str) -> str:
    """The diagram with its Python in FEEL."""

    def script(match: re.Match[str]) -> str:
        code = match[2].replace("<![CDATA[", "").replace("]]>", "")
        logged = re.fullmatch(r"log\(['\"](\w+)['\"]\)", code)
        feel = f'jejak = append(jejak, "{logged[1]}")' if logged else SCRIPTS.get(code, code)
        return f"<script>{feel}</script>"

    text = re.sub(r"<script>((.*?))</script>", script, text, flags=re.DOTALL)
    return re.sub(r">(?:<!\[CDATA\[)?(True|False)(?:\]\]>)?</", lambda match: f">{match[1].lower()}</", text)


RECURSIVE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P" isExecutable="true">
<startEvent id="s"/><callActivity id="ca" calledElement="P"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="ca"/><sequenceFlow id="f2" sourceRef="ca" targetRef="e"/>
</process></definitions>"""  # the probe of this name is words only


def run(name: str, restart: bool) -> Run:
    """The engine alone: what validation finds suspicious (a livelock) must still do what it says."""
    diagram, _notes = prepare(parse_diagram(in_feel(ALL[name]["bpmn"][0]).encode()))
    return Run(compile_process(diagram), restart=restart, check_fold=not name.startswith("loop_"))


def ends_as(expected: Any) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert {"trace": instance.trace, "ready": instance.ready, "completed": instance.completed} == expected

    return check


def act(name: str) -> Callable[[Run], None]:
    """What happens to the instance after its start: by its name or by the group of names it belongs to."""
    if name in ACTIONS:
        return ACTIONS[name]
    return lambda instance: None


def pressed(*steps: tuple[str, ...]) -> Callable[[Run], None]:
    def play(instance: Run) -> None:
        for verb, *rest in steps:
            getattr(instance, verb)(*rest)

    return play


def later(seconds: int = 6) -> Callable[[Run], None]:
    return lambda instance: instance.advance(seconds)


def done(element: str, **values: Any) -> Callable[[Run], None]:
    return lambda instance: instance.complete(element, values)


def both(*steps: Callable[[Run], None]) -> Callable[[Run], None]:
    return lambda instance: [step(instance) for step in steps] and None


MESSAGE, SIGNAL = pressed(("message", "m1")), pressed(("signal", "s1"))
ACTIONS: dict[str, Callable[[Run], None]] = {
    "ebg_message": both(MESSAGE, later(11)), "ebg_timer": later(11), "ebg_receive": MESSAGE,
    "es_msg_int": MESSAGE, "es_msg_non": MESSAGE, "es_msg_non2": both(MESSAGE, MESSAGE),
    "es_msg_never": done("u"), "es_sig_int": SIGNAL, "es_timer_int": later(), "es_timer_non": later(),
    "es_timer_never": done("u"), "es_nested_msg": MESSAGE, "es_nested_sig": SIGNAL, "es_nested_timer": later(),
    "es_timer_after_end": both(done("u"), later()),
    "b_timer": later(), "b_timer_non": later(), "b_cycle": both(later(), later(), later(), later()),
    "b_timer_done": both(done("u"), later()), "b_msg": MESSAGE, "b_msg_non2": both(MESSAGE, MESSAGE),
    "b_sig_sub": SIGNAL, "b_cond_parallel": both(done("w", go=True)), "c_cond_parallel": both(done("w", go=True)),
    "sig_two": SIGNAL, "multi_catch": SIGNAL, "b_mi": later(), "timer_raw": later(),
    "b_mi_sub_timer": later(), "b_mi_sub_timer2": both(done("u"), later()), "b_sub_timer": later(),
    "b_no_out": later(), "timer_late": later(86_400), "cycle_late": later(86_400), "b_call_timer": later(),
    "b_two": both(MESSAGE, later()),
    "loop_user_300": lambda instance: [instance.complete("u") for _ in range(300)] and None,
}  # fmt: skip
STARTS = {"timer_past": "s", "correlation": "st", "ebg_instantiate": "c2", "receive_instantiate": "r",
          "timer_start_cycle": "s"}  # fmt: skip
STARTED_WITH: dict[str, dict[str, Any]] = {"mi_completion": {"done": False}, "correlation": {"oid": 1}}


@pytest.mark.parametrize("restart", [False, True], ids=["plain", "restarted"])
@pytest.mark.parametrize("name", [key for key, probe in ALL.items() if isinstance(probe["expected"], dict)
                                  and "trace" in probe["expected"] and key != "timer_start_cycle"])  # fmt: skip
def test_ends_as_bpmn_demands(name: str, restart: bool) -> None:
    instance = run(name, restart).start(start_event=STARTS.get(name))
    act(name)(instance)
    ends_as(ALL[name]["expected"])(instance)
    assert instance.incidents == []


REFUSED = {
    "start_cond": "f_s_a", "start_quantity": "a", "complex_gw": "g",
    "call_missing": "ca", "call_recursive": "ca",
    "mi_negative": "m", "loop_bare": "a", "adhoc": "ah", "adhoc_nocond": "ah", "adhoc_seq": "ah", "script_js": "a",
    "script_none": "a", "rule_none": "a", "script_os": "a", "cond_juel": "f_g_a", "cond_syntax": "f_g_a",
    "unreachable_complex": "g", "dangling_flow": "f_a_nowhere", "dup_id": "a", "b_orphan": "b",
    "msg_ref_missing": "c", "err_ref_missing": "ie", "timer_nonsense": "c",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_naming_the_element(name: str) -> None:
    assert REFUSED[name] in refused_elements(name)


def refused_elements(name: str) -> set[str]:
    """The elements that validation, or else compilation, finds fault with."""
    text = RECURSIVE if name == "call_recursive" else in_feel(ALL[name]["bpmn"][0])
    verdict = validate(text.encode(), "bpmn", known_processes=())
    found = {finding.element for finding in verdict.findings if finding.severity == "error"}
    if not found and verdict.diagram is not None:
        with pytest.raises(DiagramRefused) as refusal:
            compile_process(verdict.diagram)
        found = {error["element"] for error in refusal.value.errors}
    return found


def or_join(instance: Run) -> None:
    assert instance.ready == ["u1", "u2"]
    instance.complete("u1")
    assert instance.ready == ["u2"]
    instance.complete("u2")
    assert instance.ready == ["j"]


def and_join_excess(instance: Run) -> None:
    instance.complete("c")
    assert instance.trace == ["j"]
    assert [token.flow for token in instance.state.tokens.values()] == ["f_m_h"]


def mi_user(instance: Run) -> None:
    for left in (3, 2, 1):
        assert instance.ready == ["m"] * left
        instance.complete("m")
    assert instance.ready == ["n"]


def mi_completion(instance: Run) -> None:
    assert instance.ready == ["m"] * 3
    instance.complete("m", {"done": True})
    assert instance.ready == ["n"]


def mi_overwrite(instance: Run) -> None:
    instance.complete("m", {"x": 1})
    instance.complete("m", {"x": 2})
    assert instance.state.variables["x"] == 2
    assert [event.data["data"] for event in instance.events if event.type == "task_completed"] == [{"x": 1}, {"x": 2}]


def endless(instance: Run) -> None:
    assert [code for _, code in instance.incidents] == ["step_limit"]


def waits_at(*elements: str) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert instance.ready == sorted(elements)

    return check


def stops_at(element: str, code: str) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert instance.incidents == [(element, code)]
        assert instance.state.status == "incident"

    return check


def knows(**variables: Any) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert {name: instance.state.variables.get(name) for name in variables} == variables

    return check


def throws(type_: str) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert type_ in instance.types

    return check


def traces(*logged: Any) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert instance.trace == list(logged)

    return check


def msg_two(instance: Run) -> None:
    assert instance.message("m1")
    assert len(instance.trace) == 1
    assert not instance.completed


def msg_early(instance: Run) -> None:
    assert not instance.message("m1")
    instance.complete("u")
    assert instance.trace == []


def correlation(instance: Run) -> None:
    assert instance.message("m2", 2) is False
    assert instance.message("m2", 1) is True
    assert instance.completed


def in_lane(identifier: str, *elements: str) -> Callable[[Run], None]:
    def check(instance: Run) -> None:
        assert instance.ready == sorted(elements)
        assert {lane.id for key in elements if (lane := instance.program.process.lane_of(key))} == {identifier}

    return check


def b_data(instance: Run) -> None:
    instance.advance(6)
    assert instance.ready == ["h"]
    assert set(instance.state.variables) == {"jejak"}


def service_bare(instance: Run) -> None:
    assert [task.kind for task in instance.state.tasks().values()] == ["job"]
    instance.do(lambda execution: execution.complete_job(next(iter(instance.state.tasks())), {}))
    assert instance.trace == ["b"]


SPECIAL: dict[str, Callable[[Run], None]] = {
    "task_cond_single": stops_at("a", "no_flow_taken"), "two_none_starts": traces("a"),
    "xor_none": stops_at("g", "no_flow_taken"), "or_join": or_join, "or_join_unstructured": or_join,
    "or_join_deadpath": or_join, "and_join_excess": and_join_excess, "mi_parallel": knows(ys=[10, 20, 30]),
    "mi_seq": knows(ys=[10, 20, 30]), "mi_seq_none": knows(ys=[0, None, 2]), "mi_user": mi_user,
    "mi_completion": mi_completion, "mi_overwrite": mi_overwrite, "mi_sub": waits_at("u", "u", "u"),
    "mi_camunda": waits_at("m"), "endless": endless, "task_abstract": waits_at("t"),
    "task_manual": waits_at("t"), "b_err_other": stops_at("ie", "uncaught_error"),
    "b_err_nocode": stops_at("ie", "uncaught_error"), "top_err": stops_at("e", "uncaught_error"),
    "comp_throw_only": traces("a", "b"), "comp_end": traces("a"), "sig_end": throws("signal_thrown"),
    "sig_throw": throws("signal_thrown"), "sig_broadcast": both(done("u"), throws("signal_thrown"), traces("h")),
    "sig_noname": both(done("u"), traces()), "msg_noname": both(done("u"), traces()), "msg_two": msg_two,
    "msg_early": msg_early, "data_join": knows(x=1, y=2), "data_join_list": knows(xs=[0, 1, 2]),
    "data_join_remove": knows(xs=[2]), "data_scope": both(done("u"), knows(y=1)), "data_object": knows(got=5),
    "data_store": waits_at("a"), "data_store_js": waits_at("a"), "data_doc": waits_at("a"),
    "data_doc_out": both(done("a"), waits_at()), "pools": waits_at("u"), "service_bare": service_bare,
    "lane_simple": in_lane("l1", "u"), "lane_nested": in_lane("l2", "u"), "lane_ws": in_lane("l1", "u"),
    "lane_sub": in_lane("l1", "u"), "lane_mi": in_lane("l1", "u", "u"), "correlation": correlation,
    "cond_true": traces("a"), "ebg_instantiate": traces("a"), "receive_instantiate": traces("a"),
    "timer_start_cycle": traces("a"), "b_cycle_open": both(later(), later(), done("u"), waits_at("h", "h", "n")),
    "b_once_open": both(later(), done("u"), waits_at("h", "n")), "b_data": b_data,
    "unreachable": ends_as({"trace": ["a"], "ready": [], "completed": True}),
    "two_files_same_ids": traces("tP"),
}  # fmt: skip


@pytest.mark.parametrize("restart", [False, True], ids=["plain", "restarted"])
@pytest.mark.parametrize("name", SPECIAL)
def test_does_what_bpmn_demands(name: str, restart: bool) -> None:
    instance = run(name, restart).start(STARTED_WITH.get(name), STARTS.get(name))
    SPECIAL[name](instance)


@pytest.mark.parametrize("name", [name for name in ALL if re.fullmatch(r"(chain|diamonds)\d+", name)])
def test_large_diagrams_run_to_the_end(name: str) -> None:
    assert run(name, restart=False).start().completed
