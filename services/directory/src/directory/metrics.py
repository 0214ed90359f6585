"""Every metric of directory."""

import logging
import time
from collections.abc import Iterator
from typing import Final

from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from directory.storage.account_tables import accounts, sessions
from directory.storage.tables import schools

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0
GAUGES: Final = (
    ("kipthoi_accounts", "Accounts that may log in", accounts, accounts.c.disabled.is_(False)),
    ("kipthoi_sessions", "Sessions that were not ended", sessions, None),
    ("kipthoi_schools", "Schools that were not closed", schools, schools.c.closed_on.is_(None)),
)

logins: Final = Counter(
    "kipthoi_logins_total", "Attempts to log in: opened, wrong or blocked", ("outcome",)
)
for outcome in ("opened", "wrong", "blocked"):
    logins.labels(outcome)


class Population(Collector):
    """How many accounts, sessions and schools there are, asked of the database now and then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked_at = -CACHE_SECONDS
        self._numbers: dict[str, int] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; the last known numbers while the database is away."""
        now = time.monotonic()
        if now - self._asked_at >= CACHE_SECONDS:
            self._asked_at = now
            try:
                self._numbers = self._ask()
            except SQLAlchemyError as why:
                log.warning("the population was not counted: %s", type(why).__name__)
        for name, help_text, *_ in GAUGES:
            if name in self._numbers:
                yield GaugeMetricFamily(name, help_text, value=self._numbers[name])

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the gauges without asking the database."""
        for name, help_text, *_ in GAUGES:
            yield GaugeMetricFamily(name, help_text)

    def _ask(self) -> dict[str, int]:
        with self._engine.connect() as connection:
            numbers = {}
            for name, _, table, condition in GAUGES:
                query = select(func.count()).select_from(table)
                counted = query if condition is None else query.where(condition)
                numbers[name] = connection.execute(counted).scalar_one()
            return numbers
