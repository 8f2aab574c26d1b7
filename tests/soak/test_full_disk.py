"""The disk is full under SQLite: a clear 503, nothing half-written, and work goes on when there is room again."""

from pathlib import Path

import pytest

from api.app import create_app
from api.config import read_config
from bench.alur import BACK, Alur, answer
from drill import judge


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_a_full_disk_is_a_503_and_leaves_nothing_behind(
    small_disk: Path, tmp_path: Path, rounds: int, figures: list[str]
) -> None:
    alur = Alur(f"sqlite:///{small_disk / 'alur.db'}", tmp_path)
    client = create_app(read_config(alur.environment()), alur.context).test_client()
    view, acknowledged = alur.start(), []

    def complete() -> int:
        nonlocal view
        task = view["tasks"][0]
        answered = client.post(
            f"/api/v1/tasks/{task['id']}/complete", json={"data": answer(task["element_id"], BACK)},
            headers={"Authorization": f"Bearer {alur.tokens[task['role']]}"},
        )  # fmt: skip
        if answered.status_code == 200:
            acknowledged.append(task["id"])
            view = answered.get_json()
        else:
            assert answered.status_code == 503, answered.text
            assert answered.mimetype == "application/problem+json"
        return int(answered.status_code)

    for _ in range(rounds):
        filler = small_disk / "filler"
        fill(filler)
        while complete() != 503:
            pass
        assert complete() == 503
        filler.unlink()
        assert [complete() for _ in range(8)] == [200] * 8
    verdict = judge(alur.context, acknowledged)
    alur.context.database.engine.dispose()
    figures.append(
        f"| disk full, {rounds} times | sqlite | 503 while full, 200 again afterwards; {verdict.completions:,} "
        "completions, all chains verify |"
    )
    assert verdict.clean(), verdict
    assert verdict.completions == len(acknowledged)


def fill(filler: Path) -> None:
    """Takes all the room there is."""
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return
