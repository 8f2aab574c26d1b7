"""SQL statements and commits of one completion over the whole stack, login included, counted at the driver."""

from api.app import create_app
from api.config import read_config
from bench.alur import Alur, answer
from bench.driver import Count, watched
from bench.places import Places
from bench.report import Row, at_most


def measure(places: Places, kind: str) -> list[Row]:
    """The largest count over all seven completions of a request, the first request not counted (it compiles)."""
    alur = Alur(places.fresh(kind), places.directory / f"alur-statements-{kind}")
    client = create_app(read_config(alur.environment()), alur.context).test_client()
    statements, commits = 0, 0
    for turn in range(2):
        view = alur.start()
        while view["tasks"]:
            task = view["tasks"][0]
            count = Count()
            with watched(alur.context.database.engine, count.note):
                response = client.post(
                    f"/api/v1/tasks/{task['id']}/complete", json={"data": answer(task["element_id"], "lengkap")},
                    headers={"Authorization": f"Bearer {alur.tokens[task['role']]}"},
                )  # fmt: skip
            if response.status_code != 200:
                raise RuntimeError(f"Expected the completion to succeed, but got {response.text[:500]}")
            view = response.get_json()
            if turn:
                statements, commits = max(statements, len(count.statements)), max(commits, count.commits)
    return [
        at_most("statements", kind, "SQL statements per completion", statements, 6, ""),
        at_most("statements", kind, "commits per completion", commits, 1, ""),
    ]
