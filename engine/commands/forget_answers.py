"""Forgets answers that were kept for repetitions (`Idempotency-Key`) when nobody repeats them any more."""

from datetime import timedelta

from engine.context import Context
from engine.storage.idempotency import forget

LIFE = timedelta(days=30)
MOST = 5_000


def forget_answers(context: Context) -> int:
    """Deletes up to 5,000 answers older than 30 days; returns how many."""
    with context.database.write() as connection:
        return forget(connection, context.clock.now() - LIFE, MOST)
