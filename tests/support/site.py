"""A real system with one school, a campaign that is open, and its dashboard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.postgres import PostgreSQL
from deploy.local.rabbitmq import RabbitMQ
from tests.dashboard.browser import streamlit
from tests.support.campaign import open_campaign
from tests.support.process import free_port
from tests.support.system import SERVICES, System, running_system

PARTS = (*SERVICES, "gateway", "dashboard")


@dataclass
class Site:
    """A running system with one school and its dashboard; every process writes a log."""

    system: System
    dashboard: str
    slug: str

    def lines(self, part: str) -> list[dict[str, Any]]:
        """What a process wrote so far; fails at a line that is no JSON object."""
        log = Path(self.system.folder) / f"{part}.log"
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]

    def parts_that_know(self, correlation_id: str) -> set[str]:
        """The processes in whose logs the id stands, in whatever field."""
        return {
            part
            for part in PARTS
            if any(correlation_id in json.dumps(line) for line in self.lines(part))
        }


@contextmanager
def running_site(postgres: PostgreSQL, broker: RabbitMQ, folder: Path) -> Iterator[Site]:
    """The system and its dashboard, which are gone afterwards."""
    port = free_port()
    with (
        running_system(postgres, broker, folder, f"http://127.0.0.1:{port}") as system,
        streamlit(system.url, port, folder / "dashboard.log") as dashboard,
    ):
        with system.operator() as operator:
            slug = open_campaign(system.url, operator)
        yield Site(system, dashboard, slug)
