"""A completion over HTTP, full stack: against the naive way and against the floor, one client and eight.

Every server is gunicorn with 32 threads, in one process on SQLite and two on PostgreSQL, as `alur serve` has it, on
a fresh database with the same settings. The request is the SPLP account SOP with seven activities, sent back once:
eleven completions. A client is one connection, made by its first measured step: connections made one after the other
beforehand would lie with one of two processes. Rounds of the three systems alternate; the median of the rounds counts.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Any

from sqlalchemy import MetaData

from bench.alur import BACK, ON, Alur, AlurClients
from bench.client import Client
from bench.floor import metadata as floor_tables
from bench.load import Load, Step, drive
from bench.naive import metadata as naive_tables
from bench.places import Places, alur_serve, gunicorn, served
from bench.report import Row, at_least, at_most
from engine.storage.unit_of_work import open_engine

ROUNDS = 7
CLIENTS = 8
ALONE, TOGETHER = 40, 12  # requests per client and round
DECISIONS = [ON, ON, ON, BACK, ON, ON, ON, ON, ON, ON, ON]  # only the fourth activity asks
ROW = b'{"data": "' + b"x" * 600 + b'"}'

Maker = Callable[[int], list[Step]]


def measure(places: Places, kind: str) -> list[Row]:
    """The ratios on one kind of database."""
    alone: dict[str, list[Load]] = {}
    together: dict[str, list[Load]] = {}
    with ExitStack() as stack:
        makers = _servers(places, kind, stack)
        for _ in range(ROUNDS):
            for name, make in makers.items():
                alone.setdefault(name, []).append(drive([make(ALONE)]))
                together.setdefault(name, []).append(drive([make(TOGETHER) for _ in range(CLIENTS)]))
    latency = {name: median(load.median_ms for load in loads) for name, loads in alone.items()}
    rate = {name: median(load.per_second for load in loads) for name, loads in together.items()}
    facts = [Row("http", kind, f"{name}: median, 1 client", value, "ms") for name, value in latency.items()]
    facts += [Row("http", kind, f"{name}: {CLIENTS} clients", value, "per second") for name, value in rate.items()]
    return [
        *facts,
        at_least("http", kind, "naive / Alur, median", latency["naive"] / latency["Alur"], 1.5),
        at_least("http", kind, "Alur / naive, throughput", rate["Alur"] / rate["naive"], 2),
        at_least("http", kind, "Alur / floor, throughput", rate["Alur"] / rate["floor"], 0.35),
        at_most("http", kind, "Alur / floor, median", latency["Alur"] / latency["floor"], 2.5),
    ]


def _servers(places: Places, kind: str, stack: ExitStack) -> dict[str, Maker]:
    def start(name: str, command: Callable[[int], list[str]], environment: Mapping[str, str] | None = None) -> int:
        return stack.enter_context(served(command, places.directory / f"{name}.log", environment))[0]

    naive_url = _with_tables(places.fresh(kind), naive_tables)
    floor_url = _with_tables(places.fresh(kind), floor_tables)
    naive = start("naive", gunicorn(kind, f"bench.naive:create_app('{naive_url}', 7)"))
    floor = start("floor", gunicorn(kind, f"bench.floor:create_app('{floor_url}')"))
    alur = Alur(places.fresh(kind), places.directory / f"alur-{kind}")
    port = start("alur", alur_serve, alur.environment())
    return {
        "naive": lambda count: _naive(naive, count),
        "floor": lambda count: _floor(floor, count * len(DECISIONS)),
        "Alur": lambda count: _alur(port, alur.tokens, count),
    }


def _with_tables(url: str, tables: MetaData) -> str:
    engine = open_engine(url)
    tables.create_all(engine)
    engine.dispose()
    return url


def _naive(port: int, count: int) -> list[Step]:
    client = Client(port)

    def step(identity: str, decision: str) -> Step:
        body = {"data": {"lengkap": decision == ON, "catatan": "Sudah diperiksa."}}
        return lambda: client.json("POST", f"/instances/{identity}/complete", body)

    started = [client.json("POST", "/instances")["id"] for _ in range(count)]
    client.close()
    return [step(identity, decision) for identity in started for decision in DECISIONS]


def _floor(port: int, count: int) -> list[Step]:
    client = Client(port)
    return [lambda: client.json("POST", "/rows", ROW.decode())] * count


def _alur(port: int, tokens: dict[str, str], count: int) -> list[Step]:
    clients = AlurClients(port, tokens)
    steps = [step for _ in range(count) for step in request_steps(clients, DECISIONS)]
    clients.close()
    return steps


def request_steps(clients: AlurClients, decisions: Sequence[str]) -> list[Step]:
    """Starts a request now; the steps complete its tasks one after the other."""
    view: dict[str, Any] = clients.start()

    def step(decision: str) -> None:
        nonlocal view
        view = clients.complete(view, decision)

    return [lambda decision=decision: step(decision) for decision in decisions]  # type: ignore[misc]
