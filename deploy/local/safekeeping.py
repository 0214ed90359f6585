"""The two commands: keep a stack in a file, bring a stack back from one."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.local import backup, restore, servers, settling, stack
from deploy.local.errors import StackError
from deploy.local.parts import SERVICES
from deploy.local.passwords import Passwords
from deploy.local.postgres import Database, PostgreSQL
from deploy.local.steps import step
from deploy.local.supervision import STILL_GOING, Supervisor


def keep(folder: Path, target: Path | None, given: Mapping[str, str] = os.environ) -> Path:
    """Back the stack up, running or not; returns the archive's path."""
    target = (target or backup.default_target()).absolute()
    with stack.alone(folder), _databases(folder, given) as databases:
        manifest = backup.make(databases, folder, target)
    backup.tell(manifest, target)
    return target


def bring_back(folder: Path, source: Path, given: Mapping[str, str] = os.environ) -> None:
    """Restore the archive into a stopped or fresh stack, start it, and wait until it is settled."""
    foreign = [name for name in ("AMQP_URL", *_variables()) if name in given]
    if foreign:
        raise StackError(
            f"{', '.join(foreign)}: these servers are yours, so `make restore` touches nothing "
            "there. docs/backup.md says how to do it by hand."
        )
    with restore.opened(source) as archive, stack.alone(folder):
        if STILL_GOING & set(Supervisor(folder / "supervisor").states().values()):
            raise StackError("The stack is running: `make stop` first, its data are replaced.")
        print(f"· backup of {archive.manifest.made_at}, whole")
        passwords = Passwords(folder / "passwords.json")
        private = servers.start(folder, passwords)
        assert private.postgres is not None
        assert private.broker is not None
        private.broker.refilled.unlink(missing_ok=True)  # the run below sends everything again
        restore.load(archive, private.postgres, passwords)
        restore.empty_broker(private.broker.url())
        restore.put_files(archive, folder)
    stack.run(folder, play=False)
    with _databases(folder, {}) as databases:
        with step("everything has arrived where it belongs"):
            settling.wait_settled(databases)
        for service, number in settling.stuck(databases).items():
            print(f"  {service}: {number} reactions are not done; `kipthoi events list` shows them")


def _variables() -> list[str]:
    return [part.database_variable for part in SERVICES]


@contextmanager
def _databases(folder: Path, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The addresses of all databases; a private PostgreSQL that is stopped runs meanwhile."""
    found = {
        part.name: given[part.database_variable]
        for part in SERVICES
        if part.database_variable in given
    }
    if len(found) == len(SERVICES):
        yield found
        return
    if not (folder / "postgres" / "data").exists():
        raise StackError("There is nothing to back up yet: `make run` makes a stack.")
    postgres, _ = servers.private_servers(folder)
    own = Passwords(folder / "passwords.json")
    with _running(postgres):
        for part in SERVICES:
            if part.name not in found:
                secret = own.get(f"database {part.name}")
                found[part.name] = Database(part.name, part.name, secret, postgres.port).url
        yield found


@contextmanager
def _running(postgres: PostgreSQL) -> Iterator[None]:
    was_running = postgres.running
    postgres.start()
    try:
        yield
    finally:
        if not was_running:
            postgres.stop()
