"""Bring services' databases to their newest migrations: `python -m chassis.migrate surveys …`.

Runs in its own process, unpatched by eventlet, under an advisory lock, so that replicas that start
together migrate once.
"""

import importlib.util
import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from chassis.database import lock_key, make_engine


def migrations_of(service: str) -> Path:
    """Return the folder of a service's migrations, inside its package."""
    spec = importlib.util.find_spec(service)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no service is called {service}")
    return Path(spec.origin).parent / "migrations"


def upgrade(service: str, url: str, revision: str = "head") -> None:
    """Upgrade the database at `url`; does nothing when it is up to date."""
    engine = make_engine(url, pool_size=1)
    config = Config()
    config.set_main_option("script_location", str(migrations_of(service)).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": lock_key("migrate")})
        connection.commit()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": lock_key("migrate")})
        connection.commit()
    engine.dispose()


def main() -> None:
    """Migrate the services that the command line names, their URLs from the environment."""
    services = sys.argv[1:]
    if not services:
        raise SystemExit("usage: python -m chassis.migrate SERVICE …")
    for service in services:
        variable = f"KIPTHOI_{service.upper()}_DATABASE_URL"
        if variable not in os.environ:
            raise SystemExit(f"{variable} is not set")
        upgrade(service, os.environ[variable])


if __name__ == "__main__":
    main()
