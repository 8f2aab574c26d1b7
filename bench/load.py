"""Drives a server with some clients at once, each working through its own list of steps, and takes the times."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Step = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Load:
    """What was measured: seconds per step, and steps per second over all clients."""

    latencies: tuple[float, ...]
    per_second: float

    @property
    def median_ms(self) -> float:
        """The median step in milliseconds."""
        return median(self.latencies) * 1000


def drive(clients: Sequence[Sequence[Step]]) -> Load:
    """Runs every client's steps one after the other, the clients side by side; all start together.

    Raises:
        RuntimeError: a step failed.
    """
    gate = threading.Barrier(len(clients) + 1)
    times: list[float] = []
    failures: list[Exception] = []

    def work(steps: Sequence[Step]) -> None:
        mine = []
        gate.wait()
        try:
            for step in steps:
                before = time.perf_counter()
                step()
                mine.append(time.perf_counter() - before)
        except (RuntimeError, OSError) as error:
            failures.append(error)
        times.extend(mine)

    threads = [threading.Thread(target=work, args=(steps,)) for steps in clients]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - began
    if failures:
        raise RuntimeError("Expected every step to succeed, but one failed.") from failures[0]
    return Load(tuple(times), len(times) / elapsed)
