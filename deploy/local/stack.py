"""Start, stop and erase the stack of this clone."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.local import environment, preparing, processes, servers
from deploy.local.disk import require_space
from deploy.local.environment import Addresses
from deploy.local.folder import REPOSITORY
from deploy.local.parts import DASHBOARD, GATEWAY, PARTS, SERVICES, Part
from deploy.local.passwords import Passwords
from deploy.local.ports import Ports
from deploy.local.rabbitmq import RabbitMQ
from deploy.local.readiness import wait_ready
from deploy.local.steps import step
from deploy.local.supervision import STILL_GOING, Supervisor


def run(folder: Path, *, servers_only: bool = False, play: bool = True) -> int:
    """Bring everything up, then play the main job; returns the exit status.

    What runs already is left running, what died is started, what changed is started anew.
    """
    with alone(folder) as lock:
        _link(folder)
        require_space(folder)
        passwords = Passwords(folder / "passwords.json")
        private = servers.start(folder, passwords)
        if servers_only:
            return 0
        supervisor = Supervisor(folder / "supervisor")
        supervisor.end_orphans()
        states = supervisor.states()
        running = {name for name, state in states.items() if state in STILL_GOING}
        ports = Ports(folder / "ports.json")
        addresses = Addresses(
            amqp=private.amqp,
            broker_users=private.broker_users,
            databases=private.databases,
            ports={
                part.name: ports.claim(part.name, part.port, ours=part.name in running)
                for part in PARTS
            },
            folder=folder,
            operator_password=passwords.get("operator"),
        )
        operator = _inherited() | environment.of_operator(addresses)
        preparing.migrate(SERVICES, operator, folder)
        preparing.declare_topology(operator)
        if private.broker:
            _refill(private.broker, private.databases)
        _start(PARTS, addresses, supervisor)
        status = _play(operator, lock) if play else 0
        _print_links(addresses, private, folder)
        return status


def stop(folder: Path) -> None:
    """End every process of this stack and no other; data stay."""
    with alone(folder):
        if not processes.marked(f"{folder}/"):
            print("· nothing of this clone was running")
            return
        with step("stopped the services"):
            Supervisor(folder / "supervisor").stop()
        with step("stopped RabbitMQ and PostgreSQL"):
            for server in servers.private_servers(folder)[::-1]:
                server.stop()
        processes.end(f"{folder}/", grace=5)


def erase(folder: Path) -> None:
    """End it and remove its data, so that the next run begins anew."""
    with alone(folder), step("ended what was running"):
        Supervisor(folder / "supervisor").stop()
        processes.end(f"{folder}/", grace=0)
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        (REPOSITORY / ".run").unlink()


def _refill(broker: RabbitMQ, databases: Mapping[str, str]) -> None:
    """Let the services tell again what queues that began empty lack; done again if killed here."""
    if broker.refilled.exists():
        return
    from deploy.local import settling  # noqa: PLC0415 - it takes long to load and is seldom needed

    count = settling.republish(databases)
    broker.refilled.touch()
    if count:
        said = f"· {count} events are sent again to the empty queues: who had one drops it"
        print(said, flush=True)


def _start(parts: Sequence[Part], addresses: Addresses, supervisor: Supervisor) -> None:
    programs = {part.name: (part.command, environment.of_part(part, addresses)) for part in parts}
    with step("services ready") as line:
        started = supervisor.apply(programs)
        wait_ready(parts, addresses, supervisor)
        line.text += f": {', '.join(started)} started" if started else ", all running already"


def _play(operator: dict[str, str], lock: int) -> int:
    """Play the main job through the public interface (deploy/local/play).

    It holds the lock too: when this process is killed, the next run waits until its play has ended.
    """
    command = [sys.executable, "-m", "deploy.local.play"]
    return subprocess.run(  # noqa: S603 - our own module
        command, env=operator, cwd=REPOSITORY, pass_fds=[lock], check=False
    ).returncode


def _print_links(addresses: Addresses, private: servers.Servers, folder: Path) -> None:
    gateway = addresses.http(GATEWAY)
    links = {
        "dashboard": addresses.http(DASHBOARD),
        "API documentation": f"{gateway}/docs",
        "metrics": f"{gateway}/metrics, "
        + ", ".join(f"{addresses.http(part)}/metrics" for part in SERVICES),
        "logs": f"{folder}/supervisor/logs",
        "stop": "make stop (data stay); make erase (data go)",
    }
    if private.broker:
        links["broker"] = (
            f"{private.broker.management_url} (kipthoi, password in {private.broker.home}/password)"
        )
    print()
    for name, where in links.items():
        print(f"  {name:<18} {where}")


def _inherited() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def _link(folder: Path) -> None:
    """Make `.run` in the clone lead to the folder, for people; nothing of ours depends on it."""
    link = REPOSITORY / ".run"
    with suppress(OSError):  # a clone may be read-only
        if link.is_symlink() and link.readlink() == folder:
            return
        if link.is_symlink():
            link.unlink()
        link.symlink_to(folder)


@contextmanager
def alone(folder: Path) -> Iterator[int]:
    """Let one command at a time work on a stack; a killed one loses its lock by itself.

    Yields the lock, a file descriptor.
    """
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("· another run of this clone is at work; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()
