"""Prepare an installation: `python -m deploy.setup`, on each `docker compose up`.

Makes databases and roles, the broker's users with their rights, migrates, declares the topology and
writes Alertmanager's configuration. Whatever is right already stays as it is. Its environment:
POSTGRES_URL, RABBITMQ_URL (management) and AMQP_URL of the administrators, a
<SERVICE>_DATABASE_PASSWORD and a <USER>_BROKER_PASSWORD each, and what alertmanager.yml names.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import psycopg
from amqp.exceptions import AMQPError

from chassis.migrate import upgrade
from contracts.events.registry import SERVICES
from deploy.setup import alerting
from deploy.setup.broker import BrokerAdministration
from deploy.setup.databases import ensure_database
from deploy.setup.rights import USERS, rights_of
from messaging import topology

ALERTING = Path("/var/lib/kipthoi")  # Alertmanager reads it there (docker-compose.yml)


def main() -> int:
    """Do it all; returns 0, or 1 when something refused, which is told in a sentence."""
    try:
        prepare(os.environ, ALERTING)
    except KeyError as missing:
        return _fail(f"{missing.args[0]} is not set")
    except alerting.AlertingError as wrong:
        return _fail(str(wrong))
    except psycopg.Error as error:
        return _fail(f"PostgreSQL: {error}")
    except (httpx.HTTPError, AMQPError, OSError) as error:
        return _fail(f"RabbitMQ: {error}")
    return 0


def prepare(environ: Mapping[str, str], target: Path) -> None:
    """Bring databases, broker and Alertmanager's folder `target` to what the services expect."""
    _databases(environ)
    _users_of_the_broker(environ)
    topology.apply(environ["AMQP_URL"])
    _tell("exchanges and queues are declared")
    alerting.write(target, environ)
    _tell("Alertmanager's configuration is written")


def _databases(environ: Mapping[str, str]) -> None:
    administrator = environ["POSTGRES_URL"]
    server = urlsplit(administrator)
    for service in SERVICES:
        password = environ[f"{service.upper()}_DATABASE_PASSWORD"]
        ensure_database(administrator, service, password=password)
        upgrade(
            service, f"postgresql://{service}:{password}@{server.hostname}:{server.port}/{service}"
        )
        _tell(f"database {service} is migrated")


def _users_of_the_broker(environ: Mapping[str, str]) -> None:
    management = urlsplit(environ["RABBITMQ_URL"])
    broker = BrokerAdministration(
        f"{management.scheme}://{management.hostname}:{management.port}/",
        unquote(management.username or ""),
        unquote(management.password or ""),
    )
    vhost = urlsplit(environ["AMQP_URL"]).path.removeprefix("/")
    broker.ensure_vhost(vhost)
    for user in USERS:
        broker.ensure_user(user, environ[f"{user.upper()}_BROKER_PASSWORD"], rights_of(user), vhost)
    _tell(f"users of the broker: {', '.join(USERS)}")


def _tell(line: str) -> None:
    print(f"· {line}", flush=True)


def _fail(line: str) -> int:
    print(f"setup: {line}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
