"""Every metric of inspections.

How long a reaction takes is messaging's `kipthoi_reaction_seconds`: from the recording of an event,
by the real clock, to the commit of its effect. The event's own time can't say it: surveys tells
the day of an answer alone.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, get_args

from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine, Select, event, func, select
from sqlalchemy.exc import SQLAlchemyError

from contracts.events.inspections import PetitionKind, Severity
from contracts.rpc.inspections import InspectionState
from inspections.storage.rules import Evaluation
from inspections.storage.tables import improvement_tasks, inspections, petitions, remedies

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0

evaluations_made: Final = Counter(
    "kipthoi_trigger_evaluations_total",
    "Events judged by a trigger rule, by what it did",
    ("rule", "outcome"),
)

UNCLOSED: Final = ("open", "overdue")


@dataclass(frozen=True)
class Counted:
    """A gauge: its labels with all their values, and the query that gives label values → number.

    A combination that no row has is 0: what vanishes from Prometheus can't be told from a fault.
    """

    name: str
    help: str
    labels: Mapping[str, Sequence[Any]]
    query: Select[Any]


_GAUGES: Final = (
    Counted(
        "kipthoi_inspections",
        "Inspections by state",
        {"state": get_args(InspectionState)},
        select(inspections.c.state, func.count()).group_by(inspections.c.state),
    ),
    Counted(
        "kipthoi_remedies_unclosed",
        "Remedies that are open or overdue, by severity",
        {"severity": get_args(Severity), "state": UNCLOSED},
        select(remedies.c.severity, remedies.c.state, func.count())
        .where(remedies.c.state != "closed")
        .group_by(remedies.c.severity, remedies.c.state),
    ),
    Counted(
        "kipthoi_petitions_unanswered",
        "Petitions and suggestions that are open or overdue",
        {"kind": get_args(PetitionKind), "state": UNCLOSED},
        select(petitions.c.kind, petitions.c.state, func.count())
        .where(petitions.c.state != "answered")
        .group_by(petitions.c.kind, petitions.c.state),
    ),
    Counted(
        "kipthoi_improvement_tasks_unclosed",
        "Improvement tasks that are open or overdue",
        {"state": UNCLOSED},
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
        for gauge in _GAUGES:
            yield GaugeMetricFamily(gauge.name, gauge.help, labels=tuple(gauge.labels))

    def _ask(self) -> list[GaugeMetricFamily]:
        with self._engine.connect() as connection:
            return [_family(connection, gauge) for gauge in _GAUGES]


def _family(connection: Connection, gauge: Counted) -> GaugeMetricFamily:
    numbers = {tuple(values): 0 for values in product(*gauge.labels.values())}
    for *values, number in connection.execute(gauge.query):
        numbers[tuple(values)] = number
    family = GaugeMetricFamily(gauge.name, gauge.help, labels=tuple(gauge.labels))
    for combination, number in numbers.items():
        family.add_metric([str(value) for value in combination], number)
    return family
