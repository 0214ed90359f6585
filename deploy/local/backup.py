"""`make backup`: the databases of all services and a stack's own files, as one archive."""

import hashlib
import io
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from deploy.local import dumping
from deploy.local.disk import require_space
from deploy.local.dump_order import dump_order
from deploy.local.dumping import Snapshot
from deploy.local.folder import REPOSITORY
from deploy.local.manifest import MEMBER, Dump, Manifest
from deploy.local.passwords import Passwords
from deploy.local.postgres import binaries
from deploy.local.steps import step

# Of a stack's folder: business time, and what the main job did, with the passwords that it chose.
FILES = ("clock", "main-job.json")
OPERATOR = "operator"  # the member with the first password of the first account


def default_target() -> Path:
    """Where a backup goes that names no file: into the clone, not where `make erase` removes it."""
    return REPOSITORY / "backups" / f"kipthoi-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar"


def make(databases: Mapping[str, str], folder: Path, target: Path) -> Manifest:
    """Write the archive `target`, whole or not at all; returns its manifest.

    `databases` maps services to their addresses. Services may go on working meanwhile: each
    database is kept as of its own moment (decision 0010). Raises `StackError`, `OSError`.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        # All moments first: they lie close together, and writing the dumps takes its time.
        moments = {
            service: stack.enter_context(dumping.snapshot(databases[service]))
            for service in dump_order(list(databases))
        }
        size = sum(moment.database_bytes for moment in moments.values())
        require_space(target.parent, needed=size + 10_000_000, remedy="or name a FILE elsewhere")
        making = Path(stack.enter_context(_workroom(target)))
        fresh = making / "archive"
        with step(f"dumped {', '.join(moments)}"), fresh.open("xb") as file:
            fresh.chmod(0o600)  # it holds everything, passwords too
            with tarfile.open(fileobj=file, mode="w") as archive:
                manifest = _fill(archive, moments, folder, making)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    return manifest


def _workroom(target: Path) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent)


def _fill(
    archive: tarfile.TarFile, moments: Mapping[str, Snapshot], folder: Path, making: Path
) -> Manifest:
    dumps, files = {}, {}
    for service, moment in moments.items():
        written = making / f"{service}.dump"
        sha256 = dumping.dump(moment, written)
        dumps[service] = Dump(
            member=written.name,
            sha256=sha256,
            bytes=written.stat().st_size,
            database_bytes=moment.database_bytes,
            revision=moment.revision,
            taken_at=moment.taken_at.isoformat(),
            rows=moment.rows,
        )
        archive.add(written, written.name)
        written.unlink()
    for name, content in _files(folder):
        files[name] = hashlib.sha256(content).hexdigest()
        _add(archive, name, content)
    manifest = Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        postgresql=binaries().parent.name,
        dumps=dumps,
        files=files,
    )
    _add(archive, MEMBER, manifest.text().encode())
    return manifest


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for name in FILES:
        with suppress(FileNotFoundError):
            yield name, (folder / name).read_bytes()
    yield OPERATOR, Passwords(folder / "passwords.json").get(OPERATOR).encode()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def tell(manifest: Manifest, target: Path) -> None:
    """Say what was kept and where."""
    for service, dump in manifest.dumps.items():
        rows = sum(dump.rows.values())
        print(f"  {service:<12} {rows:>9} rows, {dump.bytes / 1e6:.1f} MB, {dump.revision}")
    free = shutil.disk_usage(target.parent).free / 1e9
    print(f"\n  {target} ({target.stat().st_size / 1e6:.1f} MB; {free:.0f} GB are left there)")
    print("  It holds people's data and passwords: keep it where only you can read it.")
