"""What breaks, in an order that a seed repeats."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.support.system import System


@dataclass(frozen=True)
class Fault:
    """One breakdown and its repair."""

    name: str
    strike: Callable[[], object]
    repair: Callable[[], object]


def kinds(system: System, postgres: PostgreSQL, broker: RabbitMQ) -> list[Fault]:
    """Return every kind of fault: each service killed (its relay with it), broker, database."""
    services = [
        Fault(f"kill {name}", process.kill, lambda p=process: p.start(wait=False))  # type: ignore[misc]
        for name, process in system.processes.items()
        if name not in {"directory", "gateway"}
    ]
    return [
        *services,
        Fault(
            "kill the gateway", system.processes["gateway"].kill, system.processes["gateway"].start
        ),
        Fault("kill the broker", broker.kill, broker.start),
        Fault("kill the database", postgres.kill, postgres.start),
    ]


def plan(faults: list[Fault], seed: int) -> Iterator[tuple[Fault, float]]:
    """Yield each fault once, shuffled, with the seconds that it lasts."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    order = list(faults)
    chance.shuffle(order)
    for fault in order:
        yield fault, 0.2 + 1.5 * chance.random()
