"""Backups on a real PostgreSQL: whole, consistent while others write, refused in time."""

import io
import json
import tarfile
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import psycopg
import pytest

from deploy.local import backup, dumping, restore
from deploy.local.dump_order import dump_order
from deploy.local.errors import StackError
from deploy.local.folder import make_folder
from deploy.local.manifest import MEMBER, Manifest
from deploy.local.parts import SERVICES
from deploy.local.passwords import Passwords
from deploy.local.postgres import PostgreSQL

NAMES = [part.name for part in SERVICES]
TABLES = """
CREATE TABLE alembic_version (version_num text PRIMARY KEY);
CREATE TABLE events (id uuid PRIMARY KEY);
CREATE TABLE inbox (event_id uuid PRIMARY KEY);
"""


@pytest.fixture
def databases(extra_postgres: PostgreSQL, tmp_path: Path) -> dict[str, str]:
    """A small database for each service, under the role of its name."""
    passwords = Passwords(tmp_path / "passwords.json")
    made = {}
    for name in NAMES:
        secret = passwords.get(f"database {name}")
        made[name] = extra_postgres.ensure_database(name, password=secret).url
        with psycopg.connect(made[name]) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            connection.execute(TABLES)
            connection.execute("INSERT INTO alembic_version VALUES ('0001')")
            connection.execute(
                "INSERT INTO events SELECT gen_random_uuid() FROM generate_series(1, 50)"
            )
    return made


def ids(url: str, column: str, table: str) -> set[UUID]:
    with psycopg.connect(url) as connection:
        return {row[0] for row in connection.execute(f"SELECT {column} FROM {table}")}  # noqa: S608 - our own words


def test_a_backup_brings_back_rows_clock_and_passwords(
    databases: dict[str, str], extra_postgres: PostgreSQL, tmp_path: Path
) -> None:
    (tmp_path / "clock").write_text("-86400.0\n")
    passwords = Passwords(tmp_path / "passwords.json")
    operator = passwords.get("operator")
    before = {name: ids(url, "id", "events") for name, url in databases.items()}
    target = tmp_path / "kept" / "one.tar"
    manifest = backup.make(databases, tmp_path, target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(target.parent.iterdir()) == [target]
    assert manifest.dumps["surveys"].rows == {"alembic_version": 1, "events": 50, "inbox": 0}

    for url in databases.values():
        with psycopg.connect(url) as connection:
            connection.execute("DELETE FROM events; CREATE TABLE younger (n int)")
    fresh = make_folder(tmp_path / "fresh")
    (fresh / "main-job.json").write_text("{}")
    (fresh / "migrated").write_text("what was there before")
    with restore.opened(target) as archive:
        restore.load(archive, extra_postgres, passwords)
        restore.put_files(archive, fresh)
    assert {name: ids(url, "id", "events") for name, url in databases.items()} == before
    with psycopg.connect(databases["reports"]) as connection:
        connection.execute("CREATE TABLE mine (n int)")  # its own role owns what was restored
        assert "younger" not in dumping.count_rows(connection)
    assert (fresh / "clock").read_text() == "-86400.0\n"
    assert not (fresh / "main-job.json").exists()
    assert not (fresh / "migrated").exists()
    assert Passwords(fresh / "passwords.json").get("operator") == operator


def test_no_effect_is_kept_without_its_cause_however_much_is_written_meanwhile(
    databases: dict[str, str], extra_postgres: PostgreSQL, tmp_path: Path
) -> None:
    """A chain runs on and on: directory tells, surveys takes and tells, … down to reports."""
    chain = dump_order(NAMES)[::-1]
    done = threading.Event()
    steps = 0

    def run() -> None:
        nonlocal steps
        open_ = [psycopg.connect(databases[name], autocommit=True) for name in chain]
        while not done.is_set():
            event = uuid4()
            open_[0].execute("INSERT INTO events VALUES (%s)", [event])
            for connection in open_[1:]:
                with connection.transaction():
                    connection.execute("INSERT INTO inbox VALUES (%s)", [event])
                    connection.execute("INSERT INTO events VALUES (%s)", [event])
            steps += 1
        for connection in open_:
            connection.close()

    writer = threading.Thread(target=run)
    writer.start()
    targets = [tmp_path / f"{number}.tar" for number in range(5)]
    try:
        for target in targets:
            backup.make(databases, tmp_path, target)
    finally:
        done.set()
        writer.join()
    assert steps > 5
    passwords = Passwords(tmp_path / "passwords.json")
    for target in targets:
        with restore.opened(target) as archive:
            restore.load(archive, extra_postgres, passwords)
        for teller, taker in pairwise(chain):
            told = ids(databases[teller], "id", "events")
            assert ids(databases[taker], "event_id", "inbox") <= told, (teller, taker)


def rewritten(source: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of an archive in which the members' contents are changed."""
    target = source.with_name("changed.tar")
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old.getmembers():
            file = old.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def refused(path: Path) -> str:
    with pytest.raises(StackError) as why, restore.opened(path):
        pass
    return str(why.value)


def test_what_is_no_whole_backup_of_this_version_is_refused_before_anything_changes(
    databases: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "one.tar"
    backup.make(databases, tmp_path, target)

    def cut(name: str, content: bytes) -> bytes:
        return content[:-1] if name == "reports.dump" else content

    def newer(name: str, content: bytes) -> bytes:
        if name != MEMBER:
            return content
        manifest = json.loads(content)
        manifest["dumps"]["surveys"]["revision"] = "9999"
        return json.dumps(manifest).encode()

    def other_format(name: str, content: bytes) -> bytes:
        return b'{"format": 2}' if name == MEMBER else content

    assert "reports.dump is not as the manifest says" in refused(rewritten(target, cut))
    said = refused(rewritten(target, newer))
    assert "newer version: surveys" in said
    assert "9999" in said
    assert "format is 2" in refused(rewritten(target, other_format))
    half = tmp_path / "half.tar"
    half.write_bytes(target.read_bytes()[:3000])
    assert "no whole backup" in refused(half)
    assert "no file" in refused(tmp_path / "nowhere.tar")
    text = tmp_path / "text.tar"
    text.write_text("not an archive")
    assert "no whole backup" in refused(text)
    with restore.opened(target) as archive:
        assert Manifest.parse(archive.manifest.text().encode()) == archive.manifest


def test_a_restore_that_fails_leaves_everything_as_it_was(
    databases: dict[str, str], extra_postgres: PostgreSQL, tmp_path: Path
) -> None:
    target = tmp_path / "one.tar"
    backup.make(databases, tmp_path, target)
    before = ids(databases["reports"], "id", "events")

    def other_rows(name: str, content: bytes) -> bytes:
        if name != MEMBER:
            return content
        manifest = json.loads(content)
        manifest["dumps"]["directory"]["rows"]["events"] = 51
        return json.dumps(manifest).encode()

    with psycopg.connect(databases["reports"]) as connection:
        connection.execute("CREATE TABLE younger (n int)")
    with restore.opened(rewritten(target, other_rows)) as archive, pytest.raises(StackError) as why:
        restore.load(archive, extra_postgres, Passwords(tmp_path / "passwords.json"))
    assert "instead of" in str(why.value)
    assert ids(databases["reports"], "id", "events") == before
    with psycopg.connect(extra_postgres.admin.url) as connection:
        names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        assert not [name for name in names if name.endswith(("_restored", "_old"))]
    with psycopg.connect(databases["reports"]) as connection:
        assert "younger" in dumping.count_rows(connection)


def test_a_full_disk_is_told_and_leaves_no_half_archive(
    databases: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept" / "one.tar"
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(StackError, match=r"is full: 1 MB are free.*name a FILE elsewhere"):
        backup.make(databases, tmp_path, target)
    monkeypatch.undo()
    (tmp_path / "kept" / "one.tar").write_text("the backup of yesterday")

    def fail(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dumping, "dump", fail)
    with pytest.raises(OSError, match="No space left"):
        backup.make(databases, tmp_path, target)
    assert [path.name for path in target.parent.iterdir()] == ["one.tar"]
    assert target.read_text() == "the backup of yesterday"
