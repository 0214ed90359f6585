"""Every metric of reports: timeliness, asked of the database, the same from every replica."""

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as day_time
from typing import Final

from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import HistogramMetricFamily as Histogram
from prometheus_client.core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import VIETNAM
from contracts.rpc.reminders import MailState
from reports.domain.timeliness import on_time_share
from reports.storage import timeliness
from reports.storage.unit_of_work import Units
from workdays import containing

log = logging.getLogger(__name__)
CACHE_SECONDS: Final = 2.0
LATENESS_BUCKETS: Final = (0, 1, 2, 3, 5, 10, 20)
BY_KIND: Final = ("school", "kind")


@dataclass(frozen=True)
class _Seen:
    """A snapshot, and the working days to each next deadline on the day it was taken.

    `approval_days_left` is of what waits for approval, negative when that is overdue;
    `unanswered` counts the district's open requests by school and state, `pdfs` the PDFs that are
    not there and `mails` those of reminders by state.
    """

    snapshot: timeliness.Snapshot
    days_left: dict[timeliness.SchoolKind, int]
    approval_days_left: dict[timeliness.SchoolKind, int]
    unanswered: dict[tuple[str, str], int]
    pdfs: dict[str, int]
    mails: Mapping[MailState, int]


class TimelinessCollector(Collector):
    """Asks the database at most every two seconds, however often it is scraped."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._asked_at = -CACHE_SECONDS
        self._seen: _Seen | None = None

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics; the last known numbers while the database is away."""
        now = time.monotonic()
        if now - self._asked_at >= CACHE_SECONDS:
            self._asked_at = now
            try:
                self._seen = self._ask()
            except SQLAlchemyError as why:
                log.warning("timeliness was not counted: %s", type(why).__name__)
        business = Gauge("kipthoi_business_time_seconds", "Business time as reports sees it")
        business.add_metric((), self._units.clock().timestamp())
        yield business
        if self._seen is not None:
            snapshot = self._seen.snapshot
            yield from _deadlines(snapshot, self._seen.days_left)
            yield _states(snapshot)
            yield _on_time_ratio(snapshot)
            yield _lateness(snapshot)
            yield from _approvals(snapshot, self._seen.approval_days_left)
            yield _unanswered(self._seen.unanswered)
            yield _pdfs(self._seen.pdfs)
            yield _mails(self._seen.mails)

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: registering must not ask the database."""
        yield from ()

    def _ask(self) -> _Seen:
        with self._units.for_system() as work:
            year = containing("year", work.today)
            assert year is not None  # the years' windows have no gap
            snapshot = timeliness.read(work.connection, work.today, year.starts_on)
            left = {
                key: work.calendar.count(work.today, due_on)
                for key, due_on in snapshot.next_due.items()
            }
            approval = {
                key: -work.calendar.late(due_on, work.today)
                or work.calendar.count(work.today, due_on)
                for key, (_, due_on) in snapshot.approvals.items()
            }
            unanswered = work.requests.unanswered(work.today)
            pdfs = work.documents.pdfs()
            mails = work.summary_mails.states()
        return _Seen(snapshot, left, approval, unanswered, pdfs, mails)


def end_of(day: date) -> datetime:
    """Return the moment at which a day in Vietnam is over."""
    return datetime.combine(day + timedelta(days=1), day_time(), VIETNAM)


def _deadlines(
    snapshot: timeliness.Snapshot, days_left: dict[timeliness.SchoolKind, int]
) -> Iterator[Metric]:
    deadline = Gauge(
        "kipthoi_report_deadline_timestamp_seconds",
        "End of the earliest deadline of what is not submitted (business time)",
        labels=BY_KIND,
    )
    for key, due_on in sorted(snapshot.first_due.items()):
        deadline.add_metric(key, end_of(due_on).timestamp())
    yield deadline
    submitted = Gauge(
        "kipthoi_report_submitted_timestamp_seconds",
        "Last submission (business time)",
        labels=BY_KIND,
    )
    for key, at in sorted(snapshot.submitted_at.items()):
        submitted.add_metric(key, at.timestamp())
    yield submitted
    left = Gauge(
        "kipthoi_obligation_working_days_left",
        "Working days to the next deadline that is ahead, of what is not submitted; 0 is the day",
        labels=BY_KIND,
    )
    for key, days in sorted(days_left.items()):
        left.add_metric(key, days)
    yield left


def _states(snapshot: timeliness.Snapshot) -> Metric:
    gauge = Gauge("kipthoi_obligations", "Obligations by state", labels=(*BY_KIND, "state"))
    for key, number in sorted(snapshot.states.items()):
        gauge.add_metric(key, number)
    return gauge


def _on_time_ratio(snapshot: timeliness.Snapshot) -> Metric:
    gauge = Gauge(
        "kipthoi_reports_on_time_ratio",
        "First submitted in time / submitted or overdue, due in this reporting year",
        labels=("kind",),
    )
    for kind in sorted({kind for kind, _ in snapshot.standings}):
        share = on_time_share(
            snapshot.standings.get((kind, "on_time"), 0),
            snapshot.standings.get((kind, "late"), 0),
            snapshot.standings.get((kind, "overdue"), 0),
        )
        if share is not None:
            gauge.add_metric((kind,), share)
    return gauge


def _lateness(snapshot: timeliness.Snapshot) -> Metric:
    histogram = Histogram(
        "kipthoi_report_lateness_working_days",
        "Working days by which first submissions missed their deadline; 0 is on time",
        labels=("kind",),
    )
    for kind in sorted({kind for kind, _ in snapshot.lateness}):
        days = {late: n for (one, late), n in snapshot.lateness.items() if one == kind}
        buckets = [
            (str(float(top)), sum(n for late, n in days.items() if late <= top))
            for top in LATENESS_BUCKETS
        ]
        buckets.append(("+Inf", sum(days.values())))
        total = sum(late * n for late, n in days.items())
        histogram.add_metric((kind,), buckets, total)
    return histogram


def _approvals(
    snapshot: timeliness.Snapshot, days_left: dict[timeliness.SchoolKind, int]
) -> Iterator[Metric]:
    waiting = Gauge(
        "kipthoi_report_approvals_waiting", "Drafts that wait for approval", labels=BY_KIND
    )
    for key, (number, _) in sorted(snapshot.approvals.items()):
        waiting.add_metric(key, number)
    yield waiting
    left = Gauge(
        "kipthoi_report_approval_working_days_left",
        "Working days to the earliest deadline of what waits for approval; negative when overdue",
        labels=BY_KIND,
    )
    for key, days in sorted(days_left.items()):
        left.add_metric(key, days)
    yield left


def _unanswered(numbers: dict[tuple[str, str], int]) -> Metric:
    gauge = Gauge(
        "kipthoi_requests_unanswered",
        "Open requests of the district that a school has not answered",
        labels=("school", "state"),
    )
    for key, number in sorted(numbers.items()):
        gauge.add_metric(key, number)
    return gauge


def _pdfs(numbers: dict[str, int]) -> Metric:
    gauge = Gauge(
        "kipthoi_document_pdfs",
        "PDFs of issued documents that wait, are being made, or failed",
        labels=("state",),
    )
    for state in ("waiting", "converting", "failed"):
        gauge.add_metric((state,), numbers.get(state, 0))
    return gauge


def _mails(numbers: Mapping[MailState, int]) -> Metric:
    gauge = Gauge(
        "kipthoi_reminder_mails",
        "Mails of reminders: sent and kept, waiting, tried and waiting, failed of newest summaries",
        labels=("state",),
    )
    states: tuple[MailState, ...] = ("waiting", "retrying", "sent", "failed")
    for state in states:
        gauge.add_metric((state,), numbers.get(state, 0))
    return gauge
