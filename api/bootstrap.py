"""The composition root: settings become a `Context`. Nothing else builds engines and clocks for production."""

from datetime import UTC, datetime

from api.config import Config
from engine.attachments import UploadLimits
from engine.clock import Clock, SystemClock, TestClock
from engine.context import Context, Settings
from engine.storage.migrate import upgrade
from engine.storage.unit_of_work import Database, open_engine

BUSY_THREADS = 10  # more at once gain nothing in one Python process; others wait for a connection


def build_context(config: Config, *, migrate: bool = False) -> Context:
    """The service over the configured database; `migrate` first brings its schema up to date.

    Raises:
        StorageUnavailable: the database cannot be reached.
    """
    engine = open_engine(config.database_url, pool_size=min(config.threads, BUSY_THREADS) + 2)
    if migrate:
        upgrade(engine)
    clock: Clock = TestClock(datetime.now(UTC)) if config.test_clock else SystemClock()
    settings = Settings(
        data_dir=config.data_dir,
        public_url=config.public_url,
        attachment_limits=UploadLimits(config.attachment_bytes),
        demo=config.demo,
        channels=config.channels,
        webhook_urls=config.webhook_urls,
    )
    return Context(Database(engine), clock, settings)
