from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from messaging import topology
from tests.component.messaging.running import Process, Store

MakeStore = Callable[[str], Store]


class Start:
    """Starts services: `start(store, amqp_url)`; `start.all(amqp_url, *stores)` until ready."""

    def __init__(self, folder: Path) -> None:
        self.started: list[Process] = []
        self._folder = folder

    def __call__(self, store: Store, amqp_url: str) -> Process:
        self.started.append(Process(store, amqp_url, self._folder))
        return self.started[-1]

    def all(self, amqp_url: str, *stores: Store) -> list[Process]:
        return [process.ready() for process in [self(store, amqp_url) for store in stores]]


@pytest.fixture
def make_store(postgres: PostgreSQL) -> Iterator[MakeStore]:
    """Makes the database of a service: `make_store("reports")`."""
    stores: list[Store] = []

    def make(service: str) -> Store:
        stores.append(Store(service, postgres.create_database(service)))
        return stores[-1]

    yield make
    for store in stores:
        store.engine.dispose()
        postgres.drop_database(store.database)


@pytest.fixture
def reports(make_store: MakeStore) -> Store:
    """The database of the consumer."""
    return make_store("reports")


@pytest.fixture
def surveys(make_store: MakeStore) -> Store:
    """The database of the producer of answers."""
    return make_store("surveys")


@pytest.fixture
def amqp(amqp_url: str) -> str:
    """The address of a broker on which the topology is declared."""
    topology.apply(amqp_url)
    return amqp_url


@pytest.fixture
def extra_amqp(extra_broker: RabbitMQ) -> str:
    """The same, on a broker that the test may stop and kill."""
    url = extra_broker.create_vhost()
    topology.apply(url)
    return url


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts services and ends them after the test."""
    starter = Start(tmp_path)
    yield starter
    for process in starter.started:
        process.kill()
