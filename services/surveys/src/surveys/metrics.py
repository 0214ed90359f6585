"""Every metric of surveys: what happens is counted, how things stand is asked of the database.

Each replica tells the same gauges: use `max without (instance)`.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

from prometheus_client import Counter as Total
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine, Executable, case, func, select
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import Clock, local_day
from contracts.events.surveys import FormKind, Source
from contracts.problems import Problem
from contracts.rpc.surveys import Outcome
from surveys.domain.form_versions import FIRST_OF_DISTRICT
from surveys.storage.batch_tables import batches
from surveys.storage.campaigns import due
from surveys.storage.data_requests import data_requests
from surveys.storage.planning_tables import exemptions
from surveys.storage.schools import unplanned
from surveys.storage.tables import campaigns, forms, schools

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 5.0
NUMBER: Final = func.count()
Ask = Callable[[date], Executable]

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
words_erased: Final = Total(
    "kipthoi_words_erased_total", "Texts of parents that were erased", ("words", "why")
)
sheets_refused: Final = Total(
    "kipthoi_sheets_refused_total", "Files of paper slips refused, by the code", ("code",)
)
form_files_refused: Final = Total(
    "kipthoi_form_files_refused_total", "Files of forms refused, by the code", ("code",)
)


def count_batch(outcomes: Iterable[Outcome], kept: Iterable[tuple[FormKind, Source]]) -> None:
    """Count a batch; called after its commit."""
    for (form, source), number in Counter(kept).items():
        stored.labels(form, source).inc(number)
    for outcome in outcomes:
        if outcome.status == "repeated":
            repeated.inc()
        elif outcome.problem is not None:
            refused.labels(outcome.problem.code).inc()


@contextmanager
def counting(refusals: Total) -> Iterator[None]:
    """Count what is refused by its code, which is one of those that are declared."""
    try:
        yield
    except Problem as problem:
        refusals.labels(problem.code).inc()
        raise


def _campaigns(_: date) -> Executable:
    c = campaigns.c
    query = select(c.form, c.state, NUMBER).where(c.called_off.is_(False))
    return query.group_by(c.form, c.state)


def _due(today: date) -> Executable:
    turn = case((campaigns.c.state == "planned", "open"), else_="close").label("turn")
    query = select(turn, NUMBER)
    return query.where(due(today)).group_by(turn)


def _unplanned(today: date) -> Executable:
    query = select(NUMBER).select_from(schools)
    return query.where(unplanned(today))


def _exemptions(today: date) -> Executable:
    e = exemptions.c
    form = func.coalesce(e.form, "both").label("form")
    query = select(form, NUMBER)
    return query.where(e.lifted_on.is_(None), e.ends_on >= today).group_by(form)


def _forms(_: date) -> Executable:
    origin = case((forms.c.version < FIRST_OF_DISTRICT, "shipped"), else_="district")
    kind = origin.label("origin")
    query = select(forms.c.kind, kind, NUMBER)
    return query.group_by(forms.c.kind, kind)


def _requests(_: date) -> Executable:
    r = data_requests.c
    state = case((r.replied_on.is_(None), "received"), else_="replied").label("state")
    query = select(state, NUMBER)
    return query.where(r.ended_on.is_(None)).group_by(state)


def _storing(_: date) -> Executable:
    query = select(NUMBER).select_from(batches)
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
    (
        "kipthoi_data_requests",
        "Requests of people about their own data that wait for a reply, or to be carried out",
        ("state",),
        _requests,
    ),
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
