"""Every metric of inspections.

How long a reaction takes is messaging's `kipthoi_reaction_seconds`: from the recording of an event,
by the real clock, to the commit of its effect. The event's own time can't say it: surveys tells
the day of an answer alone.
"""

import logging
import time
from collections.abc import Iterator
from typing import Any, Final

from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine, Select, event, func, select
from sqlalchemy.exc import SQLAlchemyError

from inspections.storage.rules import Evaluation
from inspections.storage.tables import improvement_tasks, inspections, petitions, remedies

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0

evaluations_made: Final = Counter(
    "kipthoi_trigger_evaluations_total",
    "Events judged by a trigger rule, by what it did",
    ("rule", "outcome"),
)

# Gauge → its help, its labels, and the columns that give them.
_GAUGES: Final = (
    (
        "kipthoi_inspections",
        "Inspections by state",
        ("state",),
        select(inspections.c.state, func.count()).group_by(inspections.c.state),
    ),
    (
        "kipthoi_remedies_unclosed",
        "Remedies that are open or overdue, by severity",
        ("severity", "state"),
        select(remedies.c.severity, remedies.c.state, func.count())
        .where(remedies.c.state != "closed")
        .group_by(remedies.c.severity, remedies.c.state),
    ),
    (
        "kipthoi_petitions_unanswered",
        "Petitions and suggestions that are open or overdue",
        ("kind", "state"),
        select(petitions.c.kind, petitions.c.state, func.count())
        .where(petitions.c.state != "answered")
        .group_by(petitions.c.kind, petitions.c.state),
    ),
    (
        "kipthoi_improvement_tasks_unclosed",
        "Improvement tasks that are open or overdue",
        ("state",),
        select(improvement_tasks.c.state, func.count())
        .where(improvement_tasks.c.state != "closed")
        .group_by(improvement_tasks.c.state),
    ),
)


def evaluated(connection: Connection, evaluation: Evaluation) -> None:
    """Count an evaluation once its transaction is committed."""

    @event.listens_for(connection, "commit", once=True)
    def _count(_: Connection) -> None:
        evaluations_made.labels(evaluation.rule, evaluation.outcome).inc()


class MatterStates(Collector):
    """How many matters are in which state; asked of the database every few seconds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked_at = -CACHE_SECONDS
        self._families: list[GaugeMetricFamily] = []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the gauges; the last known numbers while the database is away."""
        now = time.monotonic()
        if now - self._asked_at >= CACHE_SECONDS:
            self._asked_at = now
            try:
                self._families = self._ask()
            except SQLAlchemyError as why:
                log.warning("matters were not counted: %s", type(why).__name__)
        yield from self._families

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the gauges without asking the database."""
        for name, help_, labels, _ in _GAUGES:
            yield GaugeMetricFamily(name, help_, labels=labels)

    def _ask(self) -> list[GaugeMetricFamily]:
        with self._engine.connect() as connection:
            return [
                _family(connection, name, help_, labels, query)
                for name, help_, labels, query in _GAUGES
            ]


def _family(
    connection: Connection,
    name: str,
    help_: str,
    labels: tuple[str, ...],
    query: Select[Any],
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help_, labels=labels)
    for *values, number in connection.execute(query):
        family.add_metric([str(value) for value in values], number)
    return family
