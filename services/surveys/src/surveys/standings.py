"""How surveys stands, for Prometheus: asked of the database every few seconds.

Each replica tells the same numbers: use `max without (instance)`.
"""

import logging
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, Select, case, func, select
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import Clock, local_day
from surveys.domain.form_versions import FIRST_OF_DISTRICT
from surveys.storage.batch_tables import batches
from surveys.storage.campaigns import due
from surveys.storage.planning_tables import exemptions
from surveys.storage.schools import unplanned
from surveys.storage.tables import campaigns, forms, schools

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0
NUMBER: Final = func.count()
Ask = Callable[[date], Select[Any]]


def _campaigns(_: date) -> Select[Any]:
    c = campaigns.c
    query: Select[Any] = select(c.form, c.state, NUMBER).where(c.called_off.is_(False))
    return query.group_by(c.form, c.state)


def _due(today: date) -> Select[Any]:
    turn = case((campaigns.c.state == "planned", "open"), else_="close").label("turn")
    return select(turn, NUMBER).where(due(today)).group_by(turn)


def _unplanned(today: date) -> Select[Any]:
    query: Select[Any] = select(NUMBER).select_from(schools)
    return query.where(unplanned(today))


def _exemptions(today: date) -> Select[Any]:
    e = exemptions.c
    form = func.coalesce(e.form, "both").label("form")
    return select(form, NUMBER).where(e.lifted_on.is_(None), e.ends_on >= today).group_by(form)


def _forms(_: date) -> Select[Any]:
    origin = case((forms.c.version < FIRST_OF_DISTRICT, "shipped"), else_="district")
    kind = origin.label("origin")
    return select(forms.c.kind, kind, NUMBER).group_by(forms.c.kind, kind)


def _storing(_: date) -> Select[Any]:
    query: Select[Any] = select(NUMBER).select_from(batches)
    return query.where(batches.c.state == "storing")


# Gauge → its help, its labels, and the question whose rows are label values and a number.
GAUGES: Final[tuple[tuple[str, str, tuple[str, ...], Ask], ...]] = (
    ("kipthoi_campaigns", "Campaigns by state", ("form", "state"), _campaigns),
    (
        "kipthoi_campaigns_due",
        "Campaigns whose day to open or close has come, and that did not yet",
        ("turn",),
        _due,
    ),
    ("kipthoi_schools_unplanned", "Schools whose calendar waits to be looked at", (), _unplanned),
    ("kipthoi_exemptions", "Exemptions that hold or will", ("form",), _exemptions),
    ("kipthoi_forms", "Published versions of forms, by whose they are", ("form", "origin"), _forms),
    ("kipthoi_batches_storing", "Files of paper slips that wait for their storing", (), _storing),
)
# These are told as 0 where there is none: an alarm stands on them.
TURNS: Final = ("open", "close")


class Standings(Collector):
    """The gauges; the last known numbers while the database is away."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._asked_at = -CACHE_SECONDS
        self._families: list[GaugeMetricFamily] = []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each gauge."""
        now = time.monotonic()
        if now - self._asked_at >= CACHE_SECONDS:
            self._asked_at = now
            try:
                self._families = self._ask()
            except SQLAlchemyError as why:
                log.warning("surveys did not count: %s", type(why).__name__)
        yield from self._families

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the gauges without asking the database."""
        for name, help_, labels, _ in GAUGES:
            yield GaugeMetricFamily(name, help_, labels=labels)

    def _ask(self) -> list[GaugeMetricFamily]:
        today = local_day(self._clock())
        families = []
        with self._engine.connect() as connection:
            for name, help_, labels, ask in GAUGES:
                found = {
                    tuple(map(str, row[:-1])): row[-1] for row in connection.execute(ask(today))
                }
                if name == "kipthoi_campaigns_due":
                    found = {(turn,): found.get((turn,), 0) for turn in TURNS}
                family = GaugeMetricFamily(name, help_, labels=labels)
                for values, number in sorted(found.items()):
                    family.add_metric(values, number)
                families.append(family)
        return families
