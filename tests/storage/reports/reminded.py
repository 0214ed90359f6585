"""Days that come and the reminders that they bring, as tests read them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from contracts.rpc import reminders as m
from contracts.rpc.base import Actor
from reports.application import mailing, reminder_questions, reminding
from reports.storage.reminder_tables import reminders, summaries, summary_mails
from tests.storage.reports.conftest import OPERATOR, Room
from tests.storage.reports.post import Post
from tests.support.schools import SCHOOL

ADDRESS = "hieutruong@example.vn"
SECOND = "vanphong@example.vn"
STEPS = [
    ("7", date(2024, 3, 7)),
    ("3", date(2024, 3, 13)),
    ("1", date(2024, 3, 15)),
    ("0", date(2024, 3, 18)),
    ("overdue", date(2024, 3, 19)),
]


def live(room: Room, *days: date) -> None:
    """Let each of these days come; the timers run twice."""
    for day in days:
        for _ in range(2):
            room.tick(day)
            reminding.summarise_day(room.units)


def march(first: int, last: int) -> list[date]:
    return [date(2024, 3, day) for day in range(first, last + 1)]


def rows(room: Room, table: Any, *order: Any) -> list[Any]:
    with room.engine.connect() as connection:
        return list(connection.execute(select(table).order_by(*order)))


def steps_of(room: Room, subject_id: UUID) -> list[tuple[str, date]]:
    found = rows(room, reminders, reminders.c.came_on)
    return [(row.step, row.came_on) for row in found if row.subject_id == subject_id]


def summaries_of(room: Room, school: str = SCHOOL) -> list[tuple[date, bool]]:
    found = rows(room, summaries, summaries.c.day)
    return [(row.day, row.weekly) for row in found if row.school == school]


def book(room: Room, *addresses: str, actor: Actor = OPERATOR, school: str = SCHOOL) -> None:
    with room.call(actor) as work:
        wanted = m.SetMailAddresses(school=school, addresses=addresses)
        kept = reminder_questions.set_mail_addresses(work, wanted)
    assert kept.addresses == tuple(sorted(addresses))


def mails(room: Room, actor: Actor = OPERATOR) -> m.SchoolMails:
    """The school's newest summary."""
    with room.call(actor) as work:
        wanted = m.ListReminderMails(school=SCHOOL)
        (found,) = reminder_questions.list_reminder_mails(work, wanted, leaving=True).items
    return found


def told(room: Room, actor: Actor = OPERATOR) -> m.Reminders:
    with room.call(actor) as work:
        return reminder_questions.list_reminders(work, m.ListReminders())


def listed(room: Room, actor: Actor = OPERATOR) -> tuple[m.SchoolReminder, ...]:
    return told(room, actor).items


def deliver(room: Room, post: Post) -> int:
    """Tick until nothing may be tried any more; returns how many mails were."""
    before, last = len(post.tried), -1
    while len(post.tried) != last:
        last = len(post.tried)
        while mailing.send_next(room.units, post.send):
            pass
    return last - before


def make_due(room: Room) -> None:
    """Let the pauses be over."""
    with room.engine.begin() as connection:
        waits = summary_mails.c.next_at.is_not(None)
        connection.execute(update(summary_mails).where(waits).values(next_at=func.now()))
