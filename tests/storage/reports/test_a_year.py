"""A year day by day, 60 schools and 8 kinds, two replicas that are killed at random.

What should be is counted here, by the rules as the Decree words them and a list of days off, not by
the code under test: each obligation once, each notice and each state on its day.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from contracts.events.directory import SchoolClosed
from contracts.events.reports import ObligationCreated, ObligationDueSoon, ObligationOverdue
from contracts.rpc import obligations as o
from contracts.rpc.base import SYSTEM
from deploy.local.postgres import Database
from messaging.tables import events
from reports.application import commands
from reports.storage.tables import obligations
from tests.storage.reports.conftest import EVERY_PART, HEAD, VIETNAM, Room
from tests.support.eventually import eventually
from tests.support.schools import registered
from tests.support.ticking import Replica

SEED: Final = 20240101
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
SCHOOLS: Final = [f"truong-{number:02d}" for number in range(60)]
# These have their last day in the middle of the year.
CLOSED: Final = dict.fromkeys(SCHOOLS[:3], date(2024, 6, 30))
DAY: Final = timedelta(days=1)
# How likely a replica is killed on a day on which something falls due, and on any other; and that
# both stay down for some days.
KILLED_BUSY, KILLED, DOWN = 0.8, 0.05, 0.03
# How many of the reports are sent at all, and how many days after their deadline.
SENT, SENDS = 0.3, (-9, -4, -1, 0, 1, 2, 5)
# Decree 09/2019/NĐ-CP, art. 12: what is cut off on which day; beside it the kinds of the plan.
CUT_OFFS: Final = {
    "q1": date(2024, 3, 14),
    "h1": date(2024, 6, 14),
    "q3": date(2024, 9, 14),
    "year": date(2024, 12, 14),
}
KINDS: Final = {
    "periodic": ("q1", "h1", "q3", "year"),  # the second and fourth quarter end with half and year
    "cchc_result": ("q1", "h1", "q3", "year"),
    "it_application": ("h1", "year"),
    "inspection": ("h1", "year"),
    "annual": ("year",),
    "legal_document_review": ("year",),
    "law_enforcement_monitoring": ("year",),
    "training": ("year",),
}
# Weekdays off in 2024, and the Saturday that was worked for one of them.
OFF: Final = {
    *(date(2024, 1, 1), date(2024, 4, 18), date(2024, 4, 29), date(2024, 4, 30)),
    *(date(2024, 5, 1), date(2024, 9, 2), date(2024, 9, 3)),
    *(date(2024, 2, day) for day in (8, 9, 12, 13, 14)),
}
WORKED: Final = date(2024, 5, 4)


def works(day: date) -> bool:
    return day == WORKED or (day.weekday() < 5 and day not in OFF)


@cache
def due_on(cut_off: date) -> date:
    """The 16th, or the next working day."""
    day = cut_off.replace(day=16)
    while not works(day):
        day += DAY
    return day


@cache
def day_of_notice(due: date, left: int) -> date:
    """The first day on which so many working days are left."""
    day, counted = due, 0
    while counted < left:
        day -= DAY
        counted += works(day)
    return day


BUSY: Final = {
    day
    for cut_off in CUT_OFFS.values()
    for day in (
        due_on(cut_off) + DAY,
        *(day_of_notice(due_on(cut_off), left) for left in (7, 3, 1, 0)),
    )
}
AT_WORK: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = :name AND xact_start IS NOT NULL"
)


@dataclass
class Life:
    """What should become of one obligation; `sent_on` is None as long as nobody sent it."""

    school: str
    kind: str
    due: date
    sends_on: date | None
    sent_on: date | None = None
    obligation_id: UUID | None = None

    def exempt(self, today: date) -> bool:
        """Whether the school is closed by a day, and was before the period ended."""
        closed_on = CLOSED.get(self.school, LAST)
        return closed_on < self.due and closed_on <= today

    def notices(self, today: date) -> list[tuple[date, int]]:
        """The notices that have come by a day, none after it was sent."""
        if self.exempt(today):
            return []
        end = min(today, self.sent_on or today)
        told = [(day_of_notice(self.due, left), left) for left in (7, 3, 1, 0)]
        return [(day, left) for day, left in told if day <= end]

    def overdue_on(self, today: date) -> date | None:
        """Since when it is or was overdue."""
        since = self.due + DAY
        if self.exempt(today) or today < since or (self.sent_on and self.sent_on < since):
            return None
        return since

    def state(self, today: date) -> str:
        if self.exempt(today):
            return "exempt"
        if self.sent_on:
            return "submitted_late" if self.sent_on > self.due else "submitted_on_time"
        if self.overdue_on(today):
            return "overdue"
        return "due_soon" if self.notices(today) else "upcoming"


@pytest.fixture
def replicas(database: Database) -> Iterator[tuple[Replica, Replica]]:
    pair = Replica(database.url, "replica-1"), Replica(database.url, "replica-2")
    yield pair
    for one in pair:
        one.kill()


def lives(chance: random.Random) -> list[Life]:
    """What the schools owe, each with the day on which its head sends it, if ever."""
    found = []
    for school in SCHOOLS:
        for kind, periods in KINDS.items():
            for period in periods:
                due = due_on(CUT_OFFS[period])
                sends_on = due + chance.choice(SENDS) * DAY if chance.random() < SENT else None
                found.append(Life(school, kind, due, sends_on))
    return found


def send_what_is_due(room: Room, all_lives: list[Life], today: date) -> None:
    head = HEAD.model_copy(update={"schools": None})
    for one in all_lives:
        if one.exempt(today) or one.sent_on or one.sends_on is None or one.sends_on > today:
            continue
        assert one.obligation_id is not None
        with room.call(head) as work:
            request = o.SubmitReport(obligation_id=one.obligation_id, holds=EVERY_PART)
            commands.submit_report(work, request)
        one.sent_on = today


def know(room: Room, all_lives: list[Life]) -> None:
    """Find the obligations of the year, each there once."""
    with room.call() as work:
        stored = {
            (one.school, one.kind, one.due_on): one.obligation_id
            for one in work.obligations.listed(SYSTEM)
            if one.due_on <= LAST
        }
    assert len(stored) == len(all_lives)
    for one in all_lives:
        one.obligation_id = stored[one.school, one.kind, one.due]


def states(room: Room) -> Counter[tuple[str, str]]:
    """How many obligations of the year there are, by kind and state."""
    c = obligations.c
    query = select(c.kind, c.state, func.count()).where(c.due_on <= LAST).group_by(c.kind, c.state)
    with room.engine.connect() as connection:
        return Counter({(row[0], row[1]): row[2] for row in connection.execute(query)})


def told(room: Room, name: str) -> list[tuple[str, date, int | None]]:
    """What was told of the year's obligations: which one, on which day in Vietnam, days left."""
    c = events.c
    query = select(c.data, c.occurred_at).where(c.type == name)
    with room.engine.connect() as connection:
        return [
            (
                row.data["obligation_id"],
                row.occurred_at.astimezone(VIETNAM).date(),
                row.data.get("working_days_left"),
            )
            for row in connection.execute(query)
            if date.fromisoformat(row.data["due_on"]) <= LAST
        ]


@pytest.mark.timeout(900)
def test_a_year_of_sixty_schools(empty: Room, replicas: tuple[Replica, Replica]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - a course of events, no secret
    expected = lives(chance)
    assert len(expected) == 60 * 16
    empty.clock.move(FIRST)
    for school in SCHOOLS:
        empty.hear(registered(school, f"Trường {school} (thí dụ)"))
    know(empty, expected)

    up_again = FIRST
    for number in range((LAST - FIRST).days + 1):
        today = FIRST + number * DAY
        empty.clock.move(today)
        for school, closed_on in CLOSED.items():
            if closed_on == today:
                empty.hear(SchoolClosed(school=school, closed_on=closed_on, version=2))
        if today < up_again:
            continue
        a_day(empty, replicas, chance, today)
        send_what_is_due(empty, expected, today)
        assert states(empty) == Counter((one.kind, one.state(today)) for one in expected), today
        if chance.random() < DOWN:
            up_again = today + chance.randint(2, 6) * DAY
    a_day(empty, replicas, chance, LAST)

    assert sum(one.killed_at_work for one in replicas) >= 5
    assert states(empty) == Counter((one.kind, one.state(LAST)) for one in expected)
    created = Counter(name for name, _, _ in told(empty, ObligationCreated.name))
    assert created == Counter(str(one.obligation_id) for one in expected)
    assert Counter(told(empty, ObligationDueSoon.name)) == Counter(
        (str(one.obligation_id), day, left) for one in expected for day, left in one.notices(LAST)
    )
    assert Counter(told(empty, ObligationOverdue.name)) == Counter(
        (str(one.obligation_id), since, None)
        for one in expected
        if (since := one.overdue_on(LAST)) is not None
    )


def a_day(
    room: Room, replicas: tuple[Replica, Replica], chance: random.Random, today: date
) -> None:
    """Let both begin the day; now and then one is killed at its work, and started again."""
    for one in replicas:
        one.begin(today)
    if chance.random() < (KILLED_BUSY if today in BUSY else KILLED):
        victim = chance.choice(replicas)
        # Some looks later it is somewhere else in its work.
        looks = range(chance.randint(1, 8))
        seen = [eventually(partial(at_work_or_done, room, victim)) for _ in looks]
        at_work = seen[-1] == "at work"
        victim.restart()
        victim.killed_at_work += at_work
        victim.begin(today)
    for one in replicas:
        one.end(today)


def at_work_or_done(room: Room, one: Replica) -> str:
    """Whether a replica is in the middle of a transaction, or through with the day; "" neither."""
    with room.engine.connect() as connection:
        if connection.execute(AT_WORK, {"name": one.name}).scalar_one():
            return "at work"
    return "done" if one.answered() else ""
