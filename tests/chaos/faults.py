"""What breaks, in an order that a seed repeats."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
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
    """Return every kind of fault: each process killed (a service's relay with it), the servers."""

    def kill_both() -> None:
        broker.kill()
        postgres.kill()

    def start_both() -> None:
        postgres.start()
        broker.start()

    processes = [
        Fault(f"kill {name}", process.kill, partial(process.start, wait=name == "gateway"))
        for name, process in system.processes.items()
    ]
    return [
        *processes,
        Fault("kill the broker", broker.kill, broker.start),
        Fault("kill the database", postgres.kill, postgres.start),
        Fault("kill broker and database together", kill_both, start_both),
    ]


def plan(faults: list[Fault], seed: int) -> Iterator[tuple[Fault, float]]:
    """Yield each fault once, shuffled, with the seconds that it lasts."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    order = list(faults)
    chance.shuffle(order)
    for fault in order:
        yield fault, 0.2 + 1.5 * chance.random()


def supervise(system: System) -> None:
    """Start again what ended by itself, as a supervisor does.

    A process that starts while its database is away says so and ends.
    """
    for process in system.processes.values():
        if process.ended:
            process.start(wait=False)
