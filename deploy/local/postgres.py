import os
import pwd
import secrets
import shutil
import signal
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.local import processes
from deploy.local.errors import StackError
from deploy.local.server import Server, plain_environment
from deploy.setup.databases import ensure_database

ADMIN = "kipthoi"


@dataclass(frozen=True)
class Database:
    """A database and the role that owns it, as connection addresses."""

    name: str
    user: str
    password: str
    port: int
    host: str = "127.0.0.1"

    @property
    def url(self) -> str:
        """The address without a driver: each process chooses its own."""
        return f"postgresql://{self._rest}"

    @property
    def psycopg(self) -> str:
        """The address for SQLAlchemy on psycopg 3."""
        return f"postgresql+psycopg://{self._rest}"

    @property
    def psycopg2(self) -> str:
        """The address for SQLAlchemy on psycopg2, for processes under eventlet."""
        return f"postgresql+psycopg2://{self._rest}"

    @property
    def _rest(self) -> str:
        return f"{self.user}:{self.password}@{self.host}:{self.port}/{self.name}"


class PostgreSQL(Server):
    """The distribution's newest PostgreSQL, private.

    It refuses to run as root; then it runs as its package's user, who owns `home`.
    `durable=False` leaves out fsync: for tests, where only a power cut could tell.
    """

    quit_signal = signal.SIGINT  # "fast": don't wait for clients

    def __init__(self, home: Path, port: int, *, durable: bool = True) -> None:
        super().__init__(home)
        self.port = port
        self.durable = durable
        self.title = f"PostgreSQL on 127.0.0.1:{port}"

    @property
    def admin(self) -> Database:
        """The maintenance database, as the superuser."""
        password = (self.home / "password").read_text().strip()
        return Database("postgres", ADMIN, password, self.port)

    def ensure_database(self, name: str, *, password: str) -> Database:
        """Make the database and the role of the same name that owns it, unless they exist."""
        ensure_database(self.admin.url, name, password=password)
        return Database(name, name, password, self.port)

    def create_database(self, name: str = "test", *, template: str = "template1") -> Database:
        """A fresh database under a name that nobody uses, owned by the superuser.

        It is empty, or a copy of the database `template`, with which nobody is connected.
        """
        fresh = replace(self.admin, name=f"{name}_{secrets.token_hex(4)}")
        creating = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with psycopg.connect(self.admin.url, autocommit=True) as connection:
            connection.execute(
                creating.format(sql.Identifier(fresh.name), sql.Identifier(template))
            )
        return fresh

    def drop_database(self, database: Database) -> None:
        """Drop it, whoever is connected."""
        with psycopg.connect(self.admin.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(database.name)
                )
            )

    def _prepare(self) -> None:
        if (self.home / "data" / "PG_VERSION").exists():
            (self.home / "data" / "postmaster.pid").unlink(missing_ok=True)
            return
        making = self.home.with_name(f"{self.home.name}.new")
        shutil.rmtree(making, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)
        making.mkdir(mode=0o700)
        (making / "password").write_text(secrets.token_hex(16))
        user = _user()
        if user:
            shutil.chown(making, user, user)
            shutil.chown(making / "password", user, user)
        command = [
            f"{binaries()}/initdb",
            f"--pgdata={making}/data",
            f"--username={ADMIN}",
            f"--pwfile={making}/password",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            env=plain_environment(TZ="UTC"),
            cwd=making,
            user=user,
            group=user,
            extra_groups=() if user else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StackError(f"PostgreSQL could not make its data folder:\n{done.stderr.strip()}")
        making.rename(self.home)

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",  # paths of sockets are short; ours may not be
            "max_connections": "300",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if self.durable else {"fsync": "off", "full_page_writes": "off"}),
        }
        command = [f"{binaries()}/postgres", "-D", f"{self.home}/data"]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        processes.spawn(
            self.main,
            command,
            env=plain_environment(TZ="UTC"),
            log=self.log,
            cwd=self.home,
            user=_user(),
        )

    def _probe(self) -> None:
        psycopg.connect(self.admin.url, connect_timeout=5).close()


def binaries() -> Path:
    """The folder of the newest PostgreSQL that Debian's packages installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(found, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None:
        raise StackError("PostgreSQL is not installed: install the package postgresql")
    return newest.parent


def _user() -> str | None:
    """Whom PostgreSQL runs as: us, or its package's user when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise StackError("PostgreSQL's user is missing: install the package postgresql") from None
