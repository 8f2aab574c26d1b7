"""Every SOP of the catalogue, run by its people through the commands: ends complete, verifies, re-executes the same."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from engine.assignment import ADMIN, Actor
from engine.change import newest_deployed
from engine.clock import TestClock
from engine.commands.complete_task import complete_task
from engine.commands.fire_timers import fire_timers
from engine.commands.seed_calendar import seed_calendar
from engine.commands.start_instance import start_instance
from engine.commands.verify_execution import verify_execution
from engine.context import Context, Settings
from engine.deployed import Deployed
from engine.storage.schema import create_all
from engine.storage.tables import persons
from engine.storage.unit_of_work import Database, open_engine
from forms.model import FormDefinition
from forms.sample import valid_data
from tests_support import ROOT, deploy_sop

SLUGS = sorted(path.stem for path in (ROOT / "bpmn").glob("*.bpmn"))
START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
MOST_STEPS = 300


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """One SQLite database for all SOPs of this process."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    engine = open_engine(f"sqlite:///{folder / 'alur.db'}")
    create_all(engine)
    context = Context(Database(engine), TestClock(START), Settings(data_dir=folder))
    seed_calendar(context)
    with context.database.write() as connection:
        connection.execute(insert(persons).values(id=1, username="semua", name="Demo Semua", kind="pegawai"))
    yield context
    engine.dispose()


def data_for(form: FormDefinition | None, choice: str | None) -> dict[str, object]:
    """Valid data without uploads (nobody uploaded anything here)."""
    if form is None:
        return {}
    data = valid_data(form, choice, seed=1, now=START)
    return {key: value for key, value in data.items() if not key.startswith(("berkas", "output"))}


def choice_for(deployed: Deployed, element: str, taken: Counter[str]) -> str | None:
    """The branch taken least so far out of the gateway behind a task."""
    form = deployed.form_of(element)
    if form is None or form.decision is None:
        return None
    process = deployed.diagram.main
    gateway = process.nodes[process.flows[process.nodes[element].outgoing[0]].target]
    flow = min(gateway.outgoing, key=lambda key: (taken[key], key))
    taken[flow] += 1
    return process.flows[flow].name


@pytest.mark.parametrize("slug", SLUGS)
def test_is_run_by_its_people_and_re_executes(service: Context, slug: str) -> None:
    clock = service.clock
    assert isinstance(clock, TestClock)
    deploy_sop(service, slug)
    with service.database.read() as connection:
        deployed = newest_deployed(service, connection, slug)
    roles = {facts.role for facts in deployed.tasks.values()}
    somebody = Actor(1, "semua", "Demo Semua", "pegawai", (), frozenset(roles | {"pegawai", ADMIN}))
    taken: Counter[str] = Counter()
    view = start_instance(service, somebody, slug, data_for(deployed.start_form, None))
    for step in range(MOST_STEPS):
        if not view["tasks"]:
            break
        task = view["tasks"][0]
        assert task["role"] == deployed.tasks[task["element_id"]].role
        clock.advance(timedelta(hours=6 if step % 3 else 200))
        fire_timers(service)
        data = data_for(deployed.form_of(task["element_id"]), choice_for(deployed, task["element_id"], taken))
        view = complete_task(service, somebody, task["id"], data)
    assert view["status"] == "completed"
    verdict = verify_execution(service, somebody, view["id"])
    assert (verdict["problems"], verdict["execution"]) == ([], "agrees")
