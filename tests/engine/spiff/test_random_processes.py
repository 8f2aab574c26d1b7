"""Random processes with random decisions: against an independent token game, against themselves restored after every
step, and against SpiffWorkflow's own workflow where that one is right (acyclic and block-structured)."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.model import State
from engine.spiff import specs
from engine.spiff.compile import compile_process
from engine.spiff.script_env import Environment, parse
from engine.working_calendar import WorkingCalendar
from tests.bpmn.driver import START, Run
from tests.engine.spiff.blocks import Block, Drawn, Game, blocks, draw

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MAX_STEPS = 25


def decisions(drawn: Drawn, data: st.DataObject) -> tuple[dict[str, int], dict[str, Any]]:
    """A decision for every gateway, and the variables that say the same."""
    chosen: dict[str, int] = {}
    variables: dict[str, Any] = {}
    for key in drawn.deciding:
        ways = len(drawn.edges[key])
        if drawn.kinds[key] == "or":
            chosen[key] = data.draw(st.integers(1, 2**ways - 1), label=key)
            variables |= {f"b_{key}_{index}": bool(chosen[key] >> index & 1) for index in range(ways)}
        else:
            chosen[key] = data.draw(st.integers(0, ways - 1), label=key)
            variables[f"d_{key}"] = chosen[key]
    return chosen, variables


@SOME
@given(blocks(), st.data())
def test_agrees_with_the_token_game_at_every_step(block: Block, data: st.DataObject) -> None:
    drawn, diagram = draw(block)
    program = compile_process(diagram)
    chosen, variables = decisions(drawn, data)
    plain, restarted = Run(program).start(variables), Run(program, restart=True).start(variables)
    game = Game(drawn, lambda key: chosen[key])
    for _ in range(MAX_STEPS):
        assert plain.ready == game.tasks
        assert plain.completed == game.over
        assert plain.state.to_json() == restarted.state.to_json()
        if not game.tasks:
            break
        task = data.draw(st.sampled_from(game.tasks), label="completes")
        fresh, variables = decisions(drawn, data)
        chosen.update(fresh)
        plain.complete(task, variables)
        restarted.complete(task, variables)
        game.complete(task)
    assert plain.incidents == []
    assert plain.events == restarted.events


@SOME
@given(blocks(), st.data())
def test_every_visited_node_is_entered_and_left_once_per_visit(block: Block, data: st.DataObject) -> None:
    drawn, diagram = draw(block)
    _, variables = decisions(drawn, data)
    instance = Run(compile_process(diagram)).start(variables)
    for _ in range(MAX_STEPS):
        if not instance.ready:
            break
        instance.complete(data.draw(st.sampled_from(instance.ready)), decisions(drawn, data)[1])
    entered = [event.data["token"] for event in instance.events if event.type == "element_entered"]
    left = [event.data["token"] for event in instance.events if event.type == "element_completed"]
    assert len(set(entered)) == len(entered)
    assert set(left) <= set(entered)
    assert set(entered) - set(left) == {token for token, held in instance.state.tokens.items() if held.phase != "flow"}
    assert State.from_json(instance.state.to_json()) == instance.state


class FeelEngine(PythonScriptEngine):  # type: ignore[misc]
    """Gives SpiffWorkflow's workflow our FEEL, so that both read the same conditions."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        return Environment(START, WorkingCalendar(1, "Asia/Jakarta")).evaluate(parse(expression), task.data)


def spiff_ready(workflow: BpmnWorkflow) -> list[str]:
    workflow.do_engine_steps()
    return sorted(task.task_spec.bpmn_id for task in workflow.get_tasks(state=TaskState.READY, manual=True))


@SOME
@given(blocks(loops=False, inclusive=False, graphs=False), st.data())
def test_agrees_with_spiffworkflow_where_it_is_right(block: Block, data: st.DataObject) -> None:
    drawn, diagram = draw(block)
    _, variables = decisions(drawn, data)
    instance = Run(compile_process(diagram)).start(variables)
    root, inner, _tasks = specs.build(diagram.main)
    workflow = BpmnWorkflow(root, inner, script_engine=FeelEngine())
    workflow.get_next_task(spec_name="Start").data.update(variables)
    for _ in range(MAX_STEPS):
        assert spiff_ready(workflow) == instance.ready
        assert workflow.completed == instance.completed
        if instance.completed:
            break
        task = data.draw(st.sampled_from(instance.ready))
        next(t for t in workflow.get_tasks(state=TaskState.READY, manual=True) if t.task_spec.bpmn_id == task).run()
        instance.complete(task)
