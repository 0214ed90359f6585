from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest

from chassis import migrate
from contracts.rpc.surveys import Campaign, Campaigns, ListCampaigns
from deploy.local.clock import set_business_time
from deploy.local.postgres import Database
from messaging import topology
from tests.support.events import Neighbour
from tests.support.eventually import eventually
from tests.support.process import ServiceProcess, running
from tests.support.rpc import Rpc
from tests.support.schools import registered

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Surveys:
    """Surveys as a process, with its neighbours played by the test."""

    process: ServiceProcess
    rpc: Rpc
    directory: Neighbour
    reports: Neighbour
    database: Database
    clock_file: Path

    def move_clock(self, year: int, month: int, day: int, hour: int = 9) -> datetime:
        """Make it this hour in Vietnam."""
        moment = datetime(year, month, day, hour, tzinfo=VIETNAM)
        set_business_time(self.clock_file, moment)
        return moment

    def register(self, school: str, at: datetime) -> None:
        """Let directory tell of a school."""
        self.directory.tell(registered(school), at=at)

    def campaigns(self, period: str = "2024-q1") -> tuple[Campaign, ...]:
        """List campaigns as the operator."""
        return self.rpc.call(
            "surveys.list_campaigns", ListCampaigns(period=period), Campaigns
        ).items

    def wait_for(self, state: str, number: int, period: str = "2024-q1") -> tuple[Campaign, ...]:
        """Wait until so many campaigns are in this state."""
        return eventually(
            lambda: (
                tuple(c for c in self.campaigns(period) if c.state == state)
                if sum(c.state == state for c in self.campaigns(period)) == number
                else ()
            ),
            timeout=30,
            message=f"{number} campaigns are {state}",
        )

    def number(self, sql: str) -> int:
        """Ask the database for one number."""
        with psycopg.connect(self.database.url) as connection:
            row = connection.execute(sql.encode()).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def surveys(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Surveys]:
    migrate.upgrade("surveys", database.url)
    topology.apply(amqp_url)
    clock_file = tmp_path / "clock"
    environ = {
        "KIPTHOI_ENV": "test",
        "AMQP_URL": amqp_url,
        "KIPTHOI_SURVEYS_DATABASE_URL": database.url,
        "KIPTHOI_CLOCK_FILE": str(clock_file),
    }
    set_business_time(clock_file, datetime(2024, 1, 10, 9, tzinfo=VIETNAM))
    with ExitStack() as stack:
        yield Surveys(
            process=stack.enter_context(running("surveys", environ, tmp_path / "log")),
            rpc=stack.enter_context(Rpc(amqp_url)),
            directory=stack.enter_context(Neighbour(amqp_url, "directory")),
            reports=stack.enter_context(Neighbour(amqp_url, "reports")),
            database=database,
            clock_file=clock_file,
        )
