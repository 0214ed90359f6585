"""What a district's services tell over a quarter, out of a seed: kept, delivered, compared.

Each matter is told as its service tells it, from its beginning to its end, due dates that a change
of the calendar moves among it. Nothing is promised about the order in which it is delivered.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select

from contracts.envelope import Envelope
from contracts.events import Event
from contracts.events import directory as d
from contracts.events import inspections as i
from contracts.events import surveys as s
from messaging.arrivals import Arrival
from messaging.tables import events
from reports.storage.rebuilding import READ_MODELS
from tests.support.reports import closed, opened

FIRST: Final = date(2024, 1, 8)
ROWS_AT_ONCE: Final = 5_000


@dataclass(frozen=True)
class _Told:
    event: Event
    on: date


class Stream:
    """Envelopes of about `number` events over so many schools, nine in ten of them answers."""

    def __init__(self, seed: int, number: int, schools: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same seed, the same stream
        self._number = number
        self._schools = [f"truong-{one:04}" for one in range(1, schools + 1)]

    def envelopes(self) -> list[Envelope]:
        """Return them as the services tell them, matter by matter."""
        told = [one for school in self._schools for one in self._school(school)]
        while len(told) < self._number:
            story = self._random.choice((self._campaign, self._matters))
            told += story(self._random.choice(self._schools))
        return [self._envelope(one) for one in told]

    def _envelope(self, told: _Told) -> Envelope:
        seconds = self._random.randrange(8 * 3600)
        return Envelope(
            id=self._id(),
            source=f"/kipthoi/{told.event.name.partition('.')[0]}",
            type=told.event.name,
            time=datetime.combine(told.on, datetime.min.time(), UTC) + timedelta(seconds=seconds),
            subject=told.event.subject,
            correlationid=self._id(),
            causationid=None,
            data=told.event.payload(),
        )

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _day(self, after: date = FIRST) -> date:
        return after + timedelta(days=self._random.randrange(15))

    def _school(self, school: str) -> Iterator[_Told]:
        named: dict[str, Any] = {"school": school, "level": "kindergarten"}
        parents: dict[d.Hierarchy, str] = {"administrative": "ubnd-mau", "cluster": "cum-1"}
        yield _Told(
            d.SchoolRegistered(
                **named, title=f"Trường {school}", opened_on=FIRST, parents=parents, version=1
            ),
            FIRST,
        )
        for version in range(2, 2 + self._random.randrange(3)):
            title = f"Trường {school}, tên {version}"
            yield _Told(d.SchoolChanged(**named, title=title, version=version), self._day())
        for version in range(2, 2 + self._random.randrange(3)):
            move = d.UnitMoved(
                unit=school,
                hierarchy="administrative",
                parent=f"ubnd-{version}",
                valid_from=FIRST + timedelta(days=self._random.randrange(3)),
                version=version,
            )
            yield _Told(move, self._day())

    def _campaign(self, school: str) -> Iterator[_Told]:
        campaign = self._id()
        on = self._day()
        yield _Told(opened(campaign, school), on)
        if self._random.random() < 0.3:
            again = opened(campaign, school).model_copy(update={"version": 3, "target_percent": 90})
            yield _Told(again, self._day(on))
        for _ in range(self._random.randrange(20, 200)):
            day = self._day(on)
            yield _Told(
                s.ResponseSubmitted(
                    campaign_id=campaign, school=school, form="tthc", source="paper", day=day
                ),
                day,
            )
        if self._random.random() < 0.3:
            undone = s.ResponsesWithdrawn(
                campaign_id=campaign,
                school=school,
                form="tthc",
                source="paper",
                day=on,
                answers=self._random.randrange(1, 5),
            )
            yield _Told(undone, on)
        yield from self._demand(school, campaign, on)
        if self._random.random() < 0.8:
            result = closed(campaign, school, satisfied=self._random.randrange(60, 120))
            yield _Told(result.model_copy(update={"version": 4}), self._day(on))

    def _demand(self, school: str, campaign: UUID, on: date) -> Iterator[_Told]:
        about: dict[str, Any] = {
            "report_id": self._id(),
            "campaign_id": campaign,
            "school": school,
            "concerns_head": self._random.random() < 0.5,
        }
        reported = s.ImproperDemandReported(**about, form="tthc", demand="fee", day=on)
        yield _Told(reported, on)
        if self._random.random() < 0.3:
            yield _Told(s.ImproperDemandWithdrawn(**about, withdrawn_on=on), on)

    def _matters(self, school: str) -> Iterator[_Told]:
        story = self._random.choice((self._inspection, self._petition, self._task))
        yield from story(school)

    def _inspection(self, school: str) -> Iterator[_Told]:
        base: dict[str, Any] = {"inspection_id": self._id(), "school": school}
        kind, on = self._random.choice(("surprise", "triggered")), self._day()
        handled: i.HandledAt = "superior" if self._random.random() < 0.2 else "school"
        version = 0
        for due_on in self._due_dates(on):
            version += 1
            proposed = i.InspectionProposed(
                **base,
                kind=kind,
                rule=None,
                trigger_event_id=None,
                handled_at=handled,
                proposed_on=on,
                order_due_on=due_on,
                version=version,
            )
            yield _Told(proposed, self._day(on))
        if self._random.random() < 0.2:
            dismissed = i.InspectionDismissed(**base, dismissed_on=on, version=version + 1)
            yield _Told(dismissed, self._day(on))
            return
        if self._random.random() < 0.3:
            version += 1
            escalated = i.InspectionEscalated(
                **base, order_due_on=on, escalated_on=on, version=version
            )
            yield _Told(escalated, on)
        yield _Told(i.InspectionOrdered(**base, kind=kind, ordered_on=on, version=version + 1), on)
        completed = i.InspectionCompleted(
            **base, kind=kind, completed_on=on, checked=16, failed=2, version=version + 2
        )
        yield _Told(completed, on)
        for item in ("K5", "K10"):
            finding = self._id()
            found = i.FindingRecorded(
                **base, finding_id=finding, item=item, severity=2, found_on=on
            )
            yield _Told(found, on)
            yield from self._remedy(school, finding, on)

    def _remedy(self, school: str, finding: UUID, on: date) -> Iterator[_Told]:
        base: dict[str, Any] = {"remedy_id": self._id(), "finding_id": finding, "school": school}
        due_on, version = on, 0
        for due_on in self._due_dates(on):
            version += 1
            assigned = i.RemedyAssigned(
                **base, kind="posting", severity=2, due_on=due_on, version=version
            )
            yield _Told(assigned, on + timedelta(days=version))
        if self._random.random() < 0.4:
            version += 1
            yield _Told(i.RemedyOverdue(**base, due_on=due_on, version=version), due_on)
        if self._random.random() < 0.7:
            done = i.RemedyClosed(
                **base,
                due_on=due_on,
                closed_on=due_on,
                late_working_days=self._random.randrange(4),
                version=version + 1,
            )
            yield _Told(done, due_on)

    def _petition(self, school: str) -> Iterator[_Told]:
        base: dict[str, Any] = {"petition_id": self._id(), "school": school}
        on, version, due_on = self._day(), 0, FIRST
        concerns_head = self._random.random() < 0.2
        for due_on in self._due_dates(on):
            version += 1
            received = i.PetitionReceived(
                **base,
                kind="petition",
                about_procedures=True,
                concerns_head=concerns_head,
                received_on=on,
                due_on=due_on,
                version=version,
            )
            yield _Told(received, on + timedelta(days=version))
        if self._random.random() < 0.5:
            version += 1
            yield _Told(i.PetitionOverdue(**base, due_on=due_on, version=version), due_on)
        if self._random.random() < 0.7:
            answered = i.PetitionAnswered(
                **base, answered_on=due_on, late_working_days=1, version=version + 1
            )
            yield _Told(answered, due_on)

    def _task(self, school: str) -> Iterator[_Told]:
        base: dict[str, Any] = {"task_id": self._id(), "school": school, "campaign_id": self._id()}
        on = self._day()
        for version, due_on in enumerate(self._due_dates(on), 1):
            assigned = i.ImprovementTaskAssigned(
                **base, rule="below", due_on=due_on, version=version
            )
            yield _Told(assigned, on + timedelta(days=version))

    def _due_dates(self, on: date) -> Iterator[date]:
        """A due date, and those that changes of the calendar make of it, earlier or later."""
        for _ in range(self._random.randrange(1, 4)):
            yield self._day(on + timedelta(days=10))

    def shuffled(self, envelopes: Iterable[Envelope], twice: float = 0.05) -> list[Envelope]:
        """Return them in another order, this share of them coming twice."""
        told = list(envelopes)
        told += [one for one in told if self._random.random() < twice]
        self._random.shuffle(told)
        return told


def keep(connection: Connection, envelopes: Sequence[Envelope]) -> None:
    """Let their services keep these events, as they do when they tell them."""
    for start in range(0, len(envelopes), ROWS_AT_ONCE):
        rows = [
            {
                "id": one.id,
                "source": one.source,
                "type": one.type,
                "subject": one.subject,
                "occurred_at": one.time,
                "correlation_id": one.correlationid,
                "causation_id": one.causationid,
                "data": one.data,
            }
            for one in envelopes[start : start + ROWS_AT_ONCE]
        ]
        connection.execute(insert(events), rows)


def deliver(
    take: Callable[[Sequence[Arrival]], None], envelopes: Sequence[Envelope], chunk: int = 200
) -> None:
    """Let events arrive in chunks, as a consumer takes them over."""
    for start in range(0, len(envelopes), chunk):
        take([Arrival(one.wire()) for one in envelopes[start : start + chunk]])


def read_models(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Return each read model's rows, in the order of their keys."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in READ_MODELS
        }
