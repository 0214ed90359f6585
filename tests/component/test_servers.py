"""The private servers on which every other test stands."""

from pathlib import Path

import amqp
import psycopg
import pytest

from deploy.local.folder import REPOSITORY
from deploy.local.postgres import Database, PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.support.eventually import eventually


def can_connect(broker: RabbitMQ, url: str) -> bool:
    vhost = url.rpartition("/")[2]
    with amqp.Connection(
        f"127.0.0.1:{broker.ports.amqp}", "kipthoi", broker.password, virtual_host=vhost
    ) as connection:
        return bool(connection.connected)


def test_a_database_is_fresh_and_sorts_vietnamese(database: Database) -> None:
    with psycopg.connect(database.url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_stat_user_tables").fetchone()
        names = connection.execute(
            "SELECT name FROM (VALUES ('Đào'), ('Em'), ('Dung')) v(name) "
            'ORDER BY name COLLATE "vi-x-icu"'
        ).fetchall()
    assert tables == (0,)
    assert [name for (name,) in names] == ["Dung", "Đào", "Em"]


def test_a_role_reaches_its_own_database_only(postgres: PostgreSQL) -> None:
    mine = postgres.ensure_database("test_mine", password="one")
    other = postgres.ensure_database("test_other", password="two")
    again = postgres.ensure_database("test_mine", password="new")
    psycopg.connect(again.url).close()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(mine.url)
    foreign = Database(other.name, again.user, again.password, again.port)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(foreign.url)


def test_a_virtual_host_is_fresh(broker: RabbitMQ, amqp_url: str) -> None:
    assert can_connect(broker, amqp_url)


def test_a_database_server_keeps_its_data_when_killed(extra_postgres: PostgreSQL) -> None:
    fresh = extra_postgres.create_database()
    with psycopg.connect(fresh.url) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    extra_postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(fresh.url)
    extra_postgres.start()
    with psycopg.connect(fresh.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_broker_comes_back_on_its_port(extra_broker: RabbitMQ) -> None:
    url = extra_broker.create_vhost()
    extra_broker.kill()
    assert not extra_broker.running
    extra_broker.start()
    assert eventually(lambda: can_connect(extra_broker, url))


def test_what_queues_keep_in_memory_is_bounded_as_where_it_is_deployed(broker: RabbitMQ) -> None:
    def bound(configuration: Path) -> int:
        lines = configuration.read_text().splitlines()
        [told] = [line for line in lines if line.startswith("raft.wal_max_size_bytes = ")]
        return int(told.rpartition(" ")[2])

    deployed = REPOSITORY / "deploy" / "rabbitmq" / "kipthoi.conf"
    assert bound(broker.home / "rabbitmq.conf") == bound(deployed) <= 100_000_000
