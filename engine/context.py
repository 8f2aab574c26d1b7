"""What every command and query is given: database, clock, settings and the memory of compiled versions and calendars.

Built once by `api/bootstrap.py` or the command line. Compiled versions and calendars never change once made, so the
memories need no invalidation; they are bounded.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from engine.attachments import UploadLimits
from engine.clock import Clock, SystemClock
from engine.decisions import DecisionModel
from engine.deployed import Deployed
from engine.notifications.settings import ChannelSettings
from engine.storage.unit_of_work import Database
from engine.working_calendar import WorkingCalendar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """A bounded, thread-safe memory of immutable values by key; the least recently used leaves first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of `key`, made on first use (perhaps twice by two threads at once; both are equal)."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides; read from the environment by `api/config.py`.

    Attributes:
        data_dir: where attachments and keys lie.
        public_url: the address in receipts, mails and QR codes, without a slash at the end.
        attachment_limits: how large uploads may be.
        channels: mail server, webhooks and SMS gateway; messages are made for those that are configured.
        webhook_urls: who hears of events.
        step_limit: automatic steps in one command before an instance gets an incident.
    """

    data_dir: Path
    public_url: str = "http://127.0.0.1:8000"
    attachment_limits: UploadLimits = field(default_factory=UploadLimits)
    step_limit: int = 10_000
    demo: bool = False
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    webhook_urls: tuple[str, ...] = ()

    @property
    def announces_tasks(self) -> bool:
        """Whether anybody outside the pages hears of a task that opens."""
        return self.channels.smtp is not None or (self.channels.webhook is not None and bool(self.webhook_urls))


@dataclass(frozen=True, slots=True)
class Context:
    """The service as commands and queries see it.

    `wall` is the clock by which tokens and failed logins age: the system's, also while a test clock stands still.
    """

    database: Database
    clock: Clock
    settings: Settings
    deployed: Memory[Deployed] = field(default_factory=lambda: Memory(500))
    decisions: Memory[DecisionModel] = field(default_factory=lambda: Memory(200))
    calendars: Memory[WorkingCalendar] = field(default_factory=lambda: Memory(200))
    wall: Clock = field(default_factory=SystemClock)
