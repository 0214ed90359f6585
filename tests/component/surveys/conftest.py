from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from chassis.clock import VIETNAM
from contracts.rpc.surveys import Campaign, Campaigns, ListCampaigns
from deploy.local.postgres import Database, PostgreSQL
from tests.support.alone import Alone, alone
from tests.support.databases import lent
from tests.support.eventually import eventually
from tests.support.schools import registered


class Surveys(Alone):
    """Surveys as a process, with its neighbours played by the test."""

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


@pytest.fixture
def database(postgres: PostgreSQL) -> Iterator[Database]:
    """A database of surveys, with its newest tables."""
    with lent("surveys", postgres) as one:
        yield one


@pytest.fixture
def surveys(amqp_url: str, database: Database, tmp_path: Path) -> Iterator[Surveys]:
    start = datetime(2024, 1, 10, 9, tzinfo=VIETNAM)
    with alone(Surveys, amqp_url, database, tmp_path, start) as process:
        yield process
