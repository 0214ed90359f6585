"""Every metric of surveys."""

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from prometheus_client import Counter as Total
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from contracts.events.surveys import FormKind, Source
from contracts.rpc.surveys import Outcome
from surveys.storage.tables import campaigns

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0

stored: Final = Total(
    "kipthoi_responses_stored_total", "Answers stored, each once", ("form", "source")
)
repeated: Final = Total(
    "kipthoi_responses_repeated_total", "Resends that were answered with the receipt of then"
)
refused: Final = Total(
    "kipthoi_responses_refused_total", "Answers refused, by the code of their problem", ("code",)
)
withdrawn: Final = Total(
    "kipthoi_responses_withdrawn_total", "Answers from paper that were undone", ("form",)
)
codes_issued: Final = Total("kipthoi_codes_issued_total", "One-time codes that were made")


def count_batch(outcomes: Iterable[Outcome], kept: Iterable[tuple[FormKind, Source]]) -> None:
    """Count a batch; called after its commit."""
    for (form, source), number in Counter(kept).items():
        stored.labels(form, source).inc(number)
    for outcome in outcomes:
        if outcome.status == "repeated":
            repeated.inc()
        elif outcome.problem is not None:
            refused.labels(outcome.problem.code).inc()


class CampaignStates(Collector):
    """How many campaigns are planned, open and closed; asked of the database every few seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked_at = -CACHE_SECONDS
        self._numbers: dict[tuple[str, str], int] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauge; the last known numbers while the database is away."""
        now = time.monotonic()
        if now - self._asked_at >= CACHE_SECONDS:
            self._asked_at = now
            try:
                self._numbers = self._ask()
            except SQLAlchemyError as why:
                log.warning("campaigns were not counted: %s", type(why).__name__)
        gauge = GaugeMetricFamily(
            "kipthoi_campaigns", "Campaigns by state", labels=("form", "state")
        )
        for labels, number in sorted(self._numbers.items()):
            gauge.add_metric(labels, number)
        yield gauge

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the gauge without asking the database."""
        yield GaugeMetricFamily("kipthoi_campaigns", "Campaigns by state")

    def _ask(self) -> dict[tuple[str, str], int]:
        c = campaigns.c
        query = (
            select(c.form, c.state, func.count())
            .where(c.called_off.is_(False))
            .group_by(c.form, c.state)
        )
        with self._engine.connect() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(query)}
