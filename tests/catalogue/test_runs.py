"""Every SOP of the catalogue runs: through every branch, loops twice, every time limit exceeded once, to its end."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.diagram.lint import validate
from engine.diagram.model import Process
from engine.documents.sheet import Sheet
from engine.documents.sheet_csv import read_csv
from engine.documents.to_diagram import task_id
from engine.events import Event
from engine.history.apply import fold
from engine.model import State
from engine.spiff.compile import compile_process
from engine.spiff.program import Program
from engine.spiff.run import Execution
from engine.spiff.timing import CalendarTiming
from engine.working_calendar import WorkingCalendar
from forms.load import parse_form
from forms.sample import attachment_lookup, valid_data
from forms.validate import validate as validate_form

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "bpmn").glob("*.bpmn"))
START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # Thursday 08.00 WIB
TIMING = CalendarTiming(WorkingCalendar(1, "Asia/Jakarta"))
MOST_STEPS = 400


class Drive:
    """Runs instances of one program and counts what was taken; always takes the branch taken least so far."""

    def __init__(self, program: Program, process: Process, sheet: Sheet) -> None:
        self.program = program
        self.process = process
        roles = {performer.name: performer.role for performer in sheet.performers}
        self.roles = {task_id(row): roles[row.performer] for row in sheet.rows}
        self.history: list[Event] = []
        self.taken: Counter[str] = Counter()
        self.fired: set[str] = set()

    def run(self) -> str:
        """One instance from start to end; the status it ends in."""
        state, now, self.history = State(), START, []
        execution = Execution(self.program, state, now=now, timing=TIMING)
        execution.start({})
        for _ in range(MOST_STEPS):
            self._count(execution)
            if state.status != "running":
                break
            (token, task), *others = state.tasks().items()
            assert others == []
            lane = self.process.lane_of(task.element_id)
            assert lane is not None
            assert lane.role == self.roles[task.element_id]
            self._let_timers_expire(state, now)
            now += timedelta(minutes=10)
            execution = Execution(self.program, state, now=now, timing=TIMING)
            execution.complete_task(token, self._data(task.element_id, now))
        assert state.timers == {}
        assert fold(self.history).to_json() == state.to_json()
        return state.status

    def _count(self, execution: Execution) -> None:
        self.history += execution.events
        self.taken.update(event.element_id for event in execution.events if event.type == "flow_taken")

    def _let_timers_expire(self, state: State, now: datetime) -> None:
        for timer in [timer for timer in state.timers.values() if timer.kind == "boundary"]:
            assert datetime.fromisoformat(timer.due_at) > now
            if timer.element_id not in self.fired:
                execution = Execution(self.program, state, now=datetime.fromisoformat(timer.due_at), timing=TIMING)
                assert execution.fire_timer(timer.id)
                self.fired.add(timer.element_id)
                self._count(execution)

    def _data(self, element: str, now: datetime) -> dict[str, object]:
        node = self.process.nodes[element]
        form = parse_form((ROOT / "forms" / f"{node.form_key}.json").read_bytes())
        decision = None
        if form.decision is not None:
            gateway = self.process.nodes[self.process.flows[node.outgoing[0]].target]
            flow = min(gateway.outgoing, key=lambda name: self.taken[name])
            decision = self.process.flows[flow].name
        data = valid_data(form, decision, seed=1, now=now)
        return validate_form(form, data, attachments=attachment_lookup, now=now)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_runs_through_every_branch_and_timer(path: Path) -> None:
    checked = validate(path.read_bytes())
    assert checked.diagram is not None
    process = checked.diagram.main
    sheet = read_csv((ROOT / "bpmn" / "sheets" / f"{path.stem}.csv").read_bytes())
    drive = Drive(compile_process(checked.diagram), process, sheet)
    for _ in range(2 + 2 * len(process.flows)):
        assert drive.run() == "completed"
        timers = {node.id for node in process.nodes.values() if node.kind == "boundaryEvent"}
        limits = {flow for timer in timers for flow in process.nodes[timer].outgoing}
        if all(drive.taken[flow] >= 2 for flow in process.flows if flow not in limits):
            break
    assert [flow for flow in process.flows if drive.taken[flow] < (1 if flow in limits else 2)] == []
    assert drive.fired == timers


def test_decisions_lead_where_their_label_says() -> None:
    path = ROOT / "bpmn" / "prosedur-pembuatan-akun-splp.bpmn"
    checked = validate(path.read_bytes())
    assert checked.diagram is not None
    process = checked.diagram.main
    for label, expected in (("lengkap", "kegiatan_5"), ("tidak lengkap", "kegiatan_1")):
        state = State()
        execution = Execution(compile_process(checked.diagram), state, now=START, timing=TIMING)
        execution.start({})
        for element in ("kegiatan_1", "kegiatan_2", "kegiatan_3", "kegiatan_4"):
            (token, task), *_ = state.tasks().items()
            assert task.element_id == element
            assert process.lane_of(element) is not None
            execution.complete_task(token, {"keputusan_kegiatan_4": label})
        assert [task.element_id for task in state.tasks().values()] == [expected]
