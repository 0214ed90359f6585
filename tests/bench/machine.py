"""What the figures were measured on."""

import importlib.metadata
import os
import platform
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from deploy.local.postgres import PostgreSQL, binaries
from deploy.local.rabbitmq import RabbitMQ
from tests.bench.crowd import PYTHON
from tests.bench.figures import percentile

PACKAGES = ("fastapi", "uvicorn", "pydantic", "sqlalchemy", "nameko", "eventlet", "aio-pika")
YARDSTICK_PACKAGES = ("fastapi", "uvicorn", "uvloop", "asyncpg", "sqlalchemy", "faststream")
SYNCS, PAGE = 200, 8192


def facts(postgres: PostgreSQL, broker: RabbitMQ, folder: Path) -> dict[str, str]:
    """Return what a reader needs to judge the figures; nothing that names the machine."""
    p50, p95 = sync_latency(folder)
    overview = broker.administration.api("GET", "overview")
    version = _run(f"{binaries()}/postgres", "--version")
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_memory_gib():.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "load before": " ".join(f"{load:.2f}" for load in os.getloadavg()),
        "disk": f"fdatasync of {PAGE} bytes: median {p50:.2f} ms, p95 {p95:.2f} ms",
        "PostgreSQL": version.split()[-1].strip("()") + _settings(postgres),
        "RabbitMQ": f"{overview['rabbitmq_version']}, Erlang {overview['erlang_version']}",
        "product": f"Python {platform.python_version()}, {_versions(PACKAGES)}",
        "yardsticks": _yardsticks(),
    }


def sync_latency(folder: Path) -> tuple[float, float]:
    """Write and sync pages one by one; returns median and 95th percentile in ms."""
    took = []
    path = folder / "sync"
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.write(b"x" * PAGE)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(1000 * (time.perf_counter() - began))
    path.unlink()
    return percentile(took, 50), percentile(took, 95)


def _settings(postgres: PostgreSQL) -> str:
    names = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
    with psycopg.connect(postgres.admin.url) as connection:
        show = sql.SQL("SHOW {}")
        shown = [connection.execute(show.format(sql.Identifier(name))).fetchone() for name in names]
    return "".join(f", {n} {row[0]}" for n, row in zip(names, shown, strict=True) if row)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _versions(packages: tuple[str, ...]) -> str:
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)


def _yardsticks() -> str:
    code = (
        "import importlib.metadata as m, platform, sys;"
        "print('Python', platform.python_version() + ',',"
        " ', '.join(f'{n} {m.version(n)}' for n in sys.argv[1:]))"
    )
    return _run(str(PYTHON), "-c", code, *YARDSTICK_PACKAGES).strip()


def _run(*command: str) -> str:
    return subprocess.check_output(command, text=True)  # noqa: S603 - our own commands
