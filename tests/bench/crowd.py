"""Sends the crowd (`tests.bench.load`) as a process and reads what it tells."""

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

from deploy.local.folder import REPOSITORY
from tests.bench.load import PATIENCE, Order, Sheet, Tally

PYTHON = REPOSITORY / ".venv-bench" / "bin" / "python"


def send_crowd(
    url: str, sheets: Sequence[Sheet], clients: int, *, seconds: float = 0.0, answers: int = 0
) -> Tally:
    """Let `clients` answer for so many `seconds`, or so many `answers` in all."""
    where = urlsplit(url)
    assert where.hostname is not None
    assert where.port is not None
    order = Order(where.hostname, where.port, clients, sheets, seconds, answers)
    done = subprocess.run(  # noqa: S603 - our own module
        [PYTHON, "-m", "tests.bench.load"],
        input=json.dumps(asdict(order)),
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        timeout=(seconds + PATIENCE if seconds else 3600.0) + 30,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the crowd failed:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout)
    return Tally(**(told | {"errors": Counter(told["errors"])}))
