import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from deploy.local.postgres import Database, PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.support.counted import counts
from tests.support.servers import extra, make_broker, make_postgres, shared

ROOT = Path(__file__).parent
# What one process runs in one go: these, which share a system that takes long to start or the
# ports of the machine, and otherwise the tests of a file. The longest begin first.
TOGETHER = ("stack", "real", "site", "extra servers", "gateway")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Don't look for garbage among thousands of tests while they are collected, nor later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)  # pytest-xdist looks at the marks after this
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a fixture of a file be made once, whatever number of processes runs the tests."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            # A broker that tests end and start again is one for all of them: it starts for long.
            ends_it = isinstance(item, pytest.Function) and "own_broker" in item.fixturenames
            group = "extra servers" if ends_it else str(item.path.relative_to(ROOT))
            item.add_marker(pytest.mark.xdist_group(group))

    def turn(item: pytest.Item) -> int:
        marker = item.get_closest_marker("xdist_group")
        group = marker.args[0] if marker else ""
        return TOGETHER.index(group) if group in TOGETHER else len(TOGETHER)

    items.sort(key=turn)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the tests counted, also what passed and in whichever process it ran."""
    for line in counts(terminalreporter.stats):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A running PostgreSQL; `create_database("surveys")` gives a fresh database each time."""
    with shared("postgres", make_postgres) as server:
        yield server


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A fresh, empty database for one test: `.url`, `.psycopg`, `.psycopg2`."""
    fresh = postgres.create_database()
    yield fresh
    postgres.drop_database(fresh)


@pytest.fixture(scope="session")
def broker() -> Iterator[RabbitMQ]:
    """A running RabbitMQ; `create_vhost()` gives the AMQP address of a fresh virtual host."""
    with shared("rabbitmq", make_broker) as server:
        yield server


@pytest.fixture
def amqp_url(broker: RabbitMQ) -> Iterator[str]:
    """The AMQP address of a fresh virtual host for one test."""
    url = broker.create_vhost()
    yield url
    broker.delete_vhost(url.rpartition("/")[2])


@pytest.fixture(scope="session")
def own_postgres() -> Iterator[PostgreSQL]:
    """Behind `extra_postgres`: started once per worker."""
    with extra("postgres", make_postgres) as server:
        yield server


@pytest.fixture
def extra_postgres(own_postgres: PostgreSQL) -> PostgreSQL:
    """A PostgreSQL that the test may `.stop() .kill() .start() .restart()`; nobody else uses it."""
    own_postgres.start()
    return own_postgres


@pytest.fixture(scope="session")
def own_broker() -> Iterator[RabbitMQ]:
    """Behind `extra_broker`: started once per worker."""
    with extra("rabbitmq", make_broker) as server:
        yield server


@pytest.fixture
def extra_broker(own_broker: RabbitMQ) -> RabbitMQ:
    """A RabbitMQ that the test may `.stop() .kill() .start() .restart()`; nobody else uses it."""
    own_broker.start()
    return own_broker
