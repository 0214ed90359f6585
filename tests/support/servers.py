"""Private servers for tests, started when the first test asks, shared by all tests of this clone.

Every process that uses a server holds a shared lock on it; whoever leaves last ends it. The kernel
drops the locks of a test run that was killed, so the next run finds things in order.
"""

import fcntl
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from deploy.local.folder import make_folder, stack_folder
from deploy.local.ports import Ports
from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import BrokerPorts, RabbitMQ
from deploy.local.server import Server

S = TypeVar("S", bound=Server)
Make = Callable[[Path], S]


def make_postgres(home: Path) -> PostgreSQL:
    """A PostgreSQL in this folder, not started, without fsync."""
    return PostgreSQL(home, _claim(home, "sql"), durable=False)


def make_durable_postgres(home: Path) -> PostgreSQL:
    """A PostgreSQL in this folder, not started, that writes to disk as in production."""
    return PostgreSQL(home, _claim(home, "sql"))


def make_broker(home: Path) -> RabbitMQ:
    """A RabbitMQ in this folder, not started."""
    names = ("amqp", "management", "distribution", "epmd")
    return RabbitMQ(home, BrokerPorts(**{name: _claim(home, name) for name in names}))


@contextmanager
def shared(name: str, make: Make[S]) -> Iterator[S]:
    """The server of this name that all test processes of this clone use, running."""
    folder = _folder()
    home = folder / name
    with (folder / f"{name}.users").open("w") as users:
        with _alone(folder / f"{name}.lock"):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = make(home)
            if not server.running:
                server.kill()
                shutil.rmtree(home, ignore_errors=True)
                server = make(home)
            server.start()
        try:
            yield server
        finally:
            with _alone(folder / f"{name}.lock"):
                fcntl.flock(users, fcntl.LOCK_UN)
                if _last(users.fileno()):
                    server.kill()
                    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def extra(name: str, make: Make[S]) -> Iterator[S]:
    """A server of one's own, running, which a test may stop, kill and start again."""
    folder = make_folder(_folder() / f"extra-{secrets.token_hex(4)}")
    server = make(folder / name)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    """Beside the folder of the stack that `make run` starts, so that `make stop` spares tests."""
    stack = stack_folder()
    return make_folder(stack.with_name(f"{stack.name}-test"))


def _claim(home: Path, name: str) -> int:
    # below the range from which the kernel takes ports for clients, which would block a restart
    somewhere = 20_000 + secrets.randbelow(11_000)
    ports = Ports(home.parent / f"{home.name}.ports")
    return ports.claim(name, somewhere, ours=home.exists())


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
