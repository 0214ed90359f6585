"""`make restore FILE=…`: an archive back into a stack, checked before anything is changed."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from psycopg import sql

from chassis.migrate import migrations_of
from deploy.local import dumping
from deploy.local.backup import FILES, OPERATOR
from deploy.local.disk import require_space
from deploy.local.errors import StackError
from deploy.local.manifest import MEMBER, Manifest
from deploy.local.parts import SERVICES
from deploy.local.passwords import Passwords
from deploy.local.postgres import PostgreSQL
from deploy.local.steps import step
from messaging import topology
from messaging.broker import connect

ROOM = 500_000_000  # what two servers want beside the data


class Archive:
    """A backup that was opened and found whole."""

    def __init__(self, file: tarfile.TarFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    def into(self, service: str, url: str) -> None:
        """Fill the empty database at `url`; raises `StackError` unless every row is there."""
        kept = self.manifest.dumps[service]
        source = self._file.extractfile(kept.member)
        assert source is not None
        dumping.restore(url, source)
        with psycopg.connect(url) as connection:
            rows = dumping.count_rows(connection)
        if rows != kept.rows:
            raise StackError(f"{service} was restored with {rows} rows instead of {kept.rows}")

    def content(self, name: str) -> bytes:
        """Return a small member."""
        source = self._file.extractfile(name)
        assert source is not None
        return source.read()


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive; raises `StackError` unless it is whole and of this version or an older."""
    try:
        with tarfile.open(path) as file:
            manifest = _verified(file)
            for service, dump in manifest.dumps.items():
                _refuse_newer(service, dump.revision)
            yield Archive(file, manifest)
    except FileNotFoundError:
        raise StackError(f"There is no file {path}.") from None
    except (tarfile.TarError, ValueError) as wrong:
        raise StackError(f"{path} is no whole backup: {wrong}.") from None


def _verified(file: tarfile.TarFile) -> Manifest:
    """Return the manifest; raises `ValueError` for a member that is missing or was changed."""
    members = {member.name: member for member in file.getmembers()}
    sums: dict[str, str] = {}
    for name, member in members.items():
        source = file.extractfile(member)
        if source is None:
            raise ValueError(f"{name} is no file")
        if name != MEMBER:
            sums[name] = dumping.digest(source)
    if MEMBER not in members:
        raise ValueError(f"it holds no {MEMBER}")
    source = file.extractfile(MEMBER)
    assert source is not None
    manifest = Manifest.parse(source.read())
    told = dict(manifest.files) | {dump.member: dump.sha256 for dump in manifest.dumps.values()}
    if told != sums:
        wrong = sorted({name for name, _ in told.items() ^ sums.items()})
        raise ValueError(f"{', '.join(wrong)} is not as the manifest says")
    missing = {part.name for part in SERVICES} - manifest.dumps.keys()
    if missing:
        raise ValueError(f"it lacks {', '.join(sorted(missing))}")
    return manifest


def _refuse_newer(service: str, revision: str) -> None:
    known = ScriptDirectory(str(migrations_of(service)))
    try:
        known.get_revision(revision)
    except CommandError:
        raise StackError(
            f"The backup is of a newer version: {service}'s database stands at migration "
            f"{revision}, which this version does not know. Restore it with that version."
        ) from None


def load(archive: Archive, postgres: PostgreSQL, passwords: Passwords) -> None:
    """Put the databases in place of those that are there.

    Each is filled beside the old one; only when all are whole do they change places. What fails
    before that leaves everything as it was.
    """
    dumps = archive.manifest.dumps
    size = sum(dump.database_bytes for dump in dumps.values())
    require_space(postgres.home, needed=size + ROOM)
    with step(f"restored the databases of {', '.join(dumps)}"):
        try:
            for service in dumps:
                _drop(postgres, _beside(service))
                url = _make(postgres, service, passwords.get(f"database {service}"))
                archive.into(service, url)
            _change_places(postgres, list(dumps))
        finally:
            for service in dumps:
                _drop(postgres, _beside(service))


def _beside(service: str) -> str:
    return f"{service}_restored"


def _make(postgres: PostgreSQL, service: str, password: str) -> str:
    """Make the empty database beside the service's own, under its role; returns its address."""
    own = postgres.ensure_database(service, password=password)
    name, role = sql.Identifier(_beside(service)), sql.Identifier(service)
    with psycopg.connect(postgres.admin.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))
        connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(name))
    return own.url.removesuffix(f"/{service}") + f"/{_beside(service)}"


def _drop(postgres: PostgreSQL, name: str) -> None:
    with psycopg.connect(postgres.admin.url, autocommit=True) as connection:
        dropping = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        connection.execute(dropping.format(sql.Identifier(name)))


def _change_places(postgres: PostgreSQL, services: list[str]) -> None:
    """In one transaction: all the restored ones, or all the old ones."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with psycopg.connect(postgres.admin.url) as connection:
        for service in services:
            old, new, aside = map(sql.Identifier, (service, _beside(service), f"{service}_old"))
            connection.execute(rename.format(old, aside))
            connection.execute(rename.format(new, old))
            connection.execute(rename.format(aside, new))


def put_files(archive: Archive, folder: Path) -> None:
    """Put the stack's own files back; one that the backup lacks is none of its time."""
    for name in FILES:
        target = folder / name
        if name in archive.manifest.files:
            making = target.with_name(f"{name}.new")
            making.touch(mode=0o600)
            making.write_bytes(archive.content(name))
            making.replace(target)
        else:
            target.unlink(missing_ok=True)
    if OPERATOR in archive.manifest.files:
        Passwords(folder / "passwords.json").keep(OPERATOR, archive.content(OPERATOR).decode())
    (folder / "migrated").unlink(missing_ok=True)


def empty_broker(amqp_url: str) -> None:
    """Remove every queue of the services: what waits there may be younger than the backup."""
    with connect(amqp_url) as connection:
        channel = connection.channel()
        for part in SERVICES:
            for queue in topology.queues_of(part.name):
                channel.queue_delete(queue)
