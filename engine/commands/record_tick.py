"""Notes that a worker's job looked for work: how operators see that workers live. No event: nothing was done."""

from engine.context import Context
from engine.storage.ticks import put_tick

LONGEST_ERROR = 400


def record_tick(context: Context, job: str, worker: str, settled: int, error: str | None = None) -> None:
    """Writes when `job` of the process `worker` looked last, how much it settled, and what hindered it."""
    with context.database.write() as connection:
        put_tick(connection, job, worker, context.wall.now(), settled, error and error[:LONGEST_ERROR])
