"""One database into a file and back, with PostgreSQL's own programs."""

import hashlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import conninfo, sql

from deploy.local.errors import StackError
from deploy.local.postgres import binaries
from deploy.local.server import plain_environment

CHUNK = 1 << 20


@dataclass(frozen=True)
class Snapshot:
    """A moment of one database, kept as long as its transaction is open."""

    url: str
    name: str
    taken_at: datetime
    revision: str
    database_bytes: int
    rows: dict[str, int]


@contextmanager
def snapshot(url: str) -> Iterator[Snapshot]:
    """Hold a moment of the database still; others go on writing."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = connection.execute(
            "SELECT pg_export_snapshot(), pg_database_size(current_database())"
        ).fetchone()
        assert found is not None
        taken_at = datetime.now(UTC)
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        rows = count_rows(connection)
        yield Snapshot(url, found[0], taken_at, revision[0] if revision else "", found[1], rows)


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Return the number of rows of every table."""
    tables = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        counting = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
        counted = connection.execute(counting).fetchone()
        assert counted is not None
        counts[table] = counted[0]
    return counts


def dump(moment: Snapshot, target: Path) -> str:
    """Write the snapshot in `pg_dump`'s custom format; returns the file's SHA-256."""
    command = [
        "--format=custom",
        f"--snapshot={moment.name}",
        "--no-owner",
        "--no-privileges",
        "--no-comments",  # those of extensions are the superuser's to set
        f"--file={target}",
    ]
    _run("pg_dump", command, moment.url, None)
    with target.open("rb") as file:
        return digest(file)


def restore(url: str, source: IO[bytes]) -> None:
    """Fill an empty database from a dump, whole or not at all."""
    command = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", command, url, source)


def digest(file: IO[bytes]) -> str:
    """Return the SHA-256 of what is left in a file."""
    found = hashlib.sha256()
    while chunk := file.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()


def _run(program: str, arguments: list[str], url: str, source: IO[bytes] | None) -> None:
    where = conninfo.conninfo_to_dict(url)
    password = str(where.pop("password", ""))  # not on the command line, which everybody can read
    process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own programs
        [f"{binaries()}/{program}", *arguments, f"--dbname={conninfo.make_conninfo('', **where)}"],
        env=plain_environment(PGPASSWORD=password),
        stdin=subprocess.DEVNULL if source is None else subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if process.stdin is not None and source is not None:
        _feed(process.stdin, source)
    said = process.communicate()[1].decode(errors="replace").strip()
    if process.returncode:
        raise StackError(f"{program} of {where.get('dbname')} failed:\n{said[-2000:]}")


def _feed(pipe: IO[bytes], source: IO[bytes]) -> None:
    try:
        while chunk := source.read(CHUNK):
            pipe.write(chunk)
        pipe.flush()
    except BrokenPipeError:
        return  # it ended first; its exit code and words tell why
