"""What the fault drills share: processes that can be killed, visitors that insist, the verdict over what is stored."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from bench.alur import STAFF, Alur
from bench.client import Client
from bench.places import ROOT, free_port
from engine.clock import SystemClock
from engine.context import Context, Settings
from engine.queries.verify import check_instance
from engine.storage.due import count_due
from engine.storage.tables import history, instances
from engine.storage.unit_of_work import Database, open_engine


class Stack:
    """The web process (with its children) and a worker of one installation, each in a process group of its own."""

    def __init__(self, alur: Alur, directory: Path) -> None:
        self.port = free_port()
        self._directory = directory
        self._environment = os.environ | alur.environment() | {"ALUR_PORT": str(self.port), "ALUR_TICK_SECONDS": "1"}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Starts "web" (and waits until it answers) or "worker"."""
        verb = "serve" if name == "web" else "worker"
        with (self._directory / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", "scripts.alur", verb], cwd=ROOT, env=self._environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        if name == "web":
            self._await()

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if Client(self.port).request("GET", "/healthz")[0] == 200:
                    return
            except (OSError, ValueError):  # nobody there yet; or, by the kernel's whim, the client itself
                time.sleep(0.05)
        raise RuntimeError((self._directory / "web.log").read_text()[-2000:])

    def kill(self, name: str) -> None:
        """`kill -9` of the whole process group, in whatever it is doing."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Ends everything that still runs."""
        for name in list(self._running):
            self.kill(name)


class Visitor(threading.Thread):
    """Starts requests and completes their tasks; repeats until it is answered, `keyed` with the same Idempotency-Key.

    Without a key a completion takes no lock; its repetition may learn that the one before was stored after all.
    `acknowledged` holds the ids of the tasks whose completion was answered with 200; `wrong` every other answer than a
    success or 503.
    """

    def __init__(self, port: int, alur: Alur, key: str, *, keyed: bool) -> None:
        super().__init__(daemon=True)
        self._keyed = keyed
        self._client = Client(port, {"Authorization": f"Bearer {alur.tokens[STAFF]}"})
        self._key = key
        self._stop_asked = threading.Event()
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []

    def finish(self) -> None:
        """Asks the visitor to end and waits for it."""
        self._stop_asked.set()
        self.join(60)

    def run(self) -> None:
        """Visits until asked to stop."""
        view: dict[str, Any] | None = None
        while not self._stop_asked.is_set():
            if view is None or not view["tasks"]:
                view = self._insist("/api/v1/instances", {"definition": self._key, "variables": {}})
                continue
            task_id = view["tasks"][0]["id"]
            path = f"/api/v1/tasks/{task_id}/complete"
            view = self._insist(path, {"data": {"lengkap": True}}, keyed=self._keyed)
            if view is not None:
                self.acknowledged.append(task_id)

    def _insist(self, path: str, body: dict[str, Any], *, keyed: bool = True) -> dict[str, Any] | None:
        key = f"Idempotency-Key: {uuid4()}\r\n" if keyed else ""
        unanswered = False
        while not self._stop_asked.is_set():
            try:
                status, answer = self._client.request("POST", path, json.dumps(body).encode(), key)
            except (OSError, ValueError, IndexError):  # nobody there, or an answer cut off in the middle
                self._client.close()
                time.sleep(0.05)
                unanswered = True
                continue
            if status < 300:
                return dict(json.loads(answer))
            if status == 409 and unanswered and not keyed and b"completed by somebody" in answer:
                return {"tasks": []}  # it was stored before the server died; the next request, then
            if status != 503:
                self.wrong.append(f"{status} {answer[:300]!r}")
                return None
            time.sleep(0.05)
        return None


@dataclass(slots=True)
class Verdict:
    """What a drill must find empty, and how much there was to find it in."""

    instances: int = 0
    completions: int = 0
    fired: int = 0
    fired_in: set[str] = field(default_factory=set)  # instances in which a timer fired
    lost: list[str] = field(default_factory=list)  # acknowledged, but not in the history
    twice: list[str] = field(default_factory=list)  # tasks completed or timers fired more than once
    broken: list[str] = field(default_factory=list)  # chains, heads or states that do not verify
    left: int = 0  # instances with a due timer that did not fire

    def clean(self) -> bool:
        """Nothing lost, doubled, broken or left."""
        return not (self.lost or self.twice or self.broken or self.left)


def service(alur: Alur) -> Context:
    """A fresh service over the installation, as another process would have it."""
    return Context(Database(open_engine(alur.url)), SystemClock(), Settings(data_dir=alur.directory))


def judge(context: Context, acknowledged: list[str]) -> Verdict:
    """Reads everything stored and compares it with what clients were told."""
    verdict = Verdict()
    completed: Counter[str] = Counter()
    fired: Counter[str] = Counter()
    with context.database.read() as connection:
        wanted = select(history.c.instance_id, history.c.type, history.c.data).where(
            history.c.type.in_(["task_completed", "timer_fired"])
        )
        for row in connection.execute(wanted):
            data = json.loads(row.data)
            if row.type == "task_completed":
                completed[f"{row.instance_id}-{data['token']}"] += 1
            else:
                fired[f"{row.instance_id} {data['timer']}"] += 1
        for instance_id in connection.execute(select(instances.c.id)).scalars().all():
            verdict.instances += 1
            found = check_instance(connection, instance_id)
            if not found["valid"]:
                verdict.broken.append(f"{instance_id}: {found['problems']}")
        verdict.left = count_due(connection, context.clock.now())
    verdict.completions, verdict.fired = completed.total(), fired.total()
    verdict.fired_in = {name.split()[0] for name in fired}
    verdict.lost = [task for task in acknowledged if not completed[task]]
    verdict.twice = [name for name, count in (completed + fired).items() if count > 1]
    return verdict


def pause(shortest: float, longest: float) -> None:
    """Waits a random time, in seconds."""
    time.sleep(random.uniform(shortest, longest))
