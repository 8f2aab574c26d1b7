"""Two, then fifty clients complete the same task at the same moment: one wins, every other one gets 409."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.app import create_app
from api.config import read_config
from bench.alur import ON, Alur, answer
from drill import judge


@pytest.mark.parametrize(
    ("clients", "rounds"),
    [(2, 3), (50, 1), pytest.param(2, 200, marks=pytest.mark.soak), pytest.param(50, 20, marks=pytest.mark.soak)],
)
def test_one_client_wins_and_the_others_are_told(alur: Alur, clients: int, rounds: int, figures: list[str]) -> None:
    app = create_app(read_config(alur.environment()), alur.context)
    won: list[str] = []
    with ThreadPoolExecutor(clients) as pool:
        for _ in range(rounds):
            task = alur.start()["tasks"][0]
            gate = threading.Barrier(clients)

            def complete(_number: int, task: dict[str, str] = task, gate: threading.Barrier = gate) -> int:
                client = app.test_client()
                gate.wait(30)
                answered = client.post(
                    f"/api/v1/tasks/{task['id']}/complete", json={"data": answer(task["element_id"], ON)},
                    headers={"Authorization": f"Bearer {alur.tokens[task['role']]}"},
                )  # fmt: skip
                return answered.status_code

            statuses = Counter(pool.map(complete, range(clients)))
            assert statuses == {200: 1, 409: clients - 1}
            won.append(task["id"])
    verdict = judge(alur.context, won)
    kind = alur.context.database.engine.dialect.name
    figures.append(f"| {clients} clients on one task, {rounds} times | {kind} | each time one 200, the others 409 |")
    assert verdict.clean(), verdict
    assert verdict.completions == rounds
