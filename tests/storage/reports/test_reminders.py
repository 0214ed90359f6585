"""Reminders: each once, one summary a day, mails that are tried until they leave."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import func, select, text, update

from chassis.audit import audit_entries
from chassis.clock import VIETNAM
from contracts.events.directory import CalendarChanged, SchoolClosed
from contracts.problems import Problem
from contracts.rpc import reminders as m
from contracts.rpc.base import Actor
from messaging.tables import events
from reports.application import mailing, reminder_questions, reminding, turning
from reports.domain.mail import Mail, MailFailed
from reports.metrics import TimelinessCollector
from reports.shipped import reminder_phrases
from reports.storage.reminder_tables import reminders, summaries, summary_mails
from reports.storage.summary_mails import ATTEMPTS, pause_after
from tests.storage.reports.conftest import CLERK, HEAD, OPERATOR, Room
from tests.storage.reports.test_requests import DISTRICT, answer, ask, collect
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered

ADDRESS = "hieutruong@example.vn"
SECOND = "vanphong@example.vn"
STEPS = [
    ("7", date(2024, 3, 7)),
    ("3", date(2024, 3, 13)),
    ("1", date(2024, 3, 15)),
    ("0", date(2024, 3, 18)),
    ("overdue", date(2024, 3, 19)),
]


class Post:
    """Sends mails as the test wants it to; an address that is in `refused` gets none."""

    def __init__(self) -> None:
        self.tried: list[Mail] = []
        self.sent: list[Mail] = []
        self.fails: BaseException | None = None
        self.refused: set[str] = set()

    def send(self, mail: Mail) -> None:
        self.tried.append(mail)
        if mail.to in self.refused:
            raise MailFailed("address_refused", permanent=True)
        if self.fails is not None:
            raise self.fails
        self.sent.append(mail)


@pytest.fixture
def post() -> Post:
    return Post()


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
        (found,) = reminder_questions.list_reminder_mails(work, wanted).items
    return found


def listed(room: Room, actor: Actor = OPERATOR) -> tuple[m.SchoolReminder, ...]:
    with room.call(actor) as work:
        return reminder_questions.list_reminders(work, m.ListReminders()).items


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


def test_each_step_is_reminded_of_once_in_one_summary_a_day(room: Room) -> None:
    live(room, *march(1, 26))
    assert steps_of(room, room.quarter().obligation_id) == STEPS
    # Two reports are due on Monday the 18th; a week later they are told again, as overdue.
    assert summaries_of(room) == [
        (date(2024, 3, 7), False),
        (date(2024, 3, 13), False),
        (date(2024, 3, 15), False),
        (date(2024, 3, 18), True),
        (date(2024, 3, 19), False),
        (date(2024, 3, 25), True),
    ]


def test_after_downtime_every_step_is_there_once_and_one_summary_tells_all(room: Room) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 1), date(2024, 3, 26))
    assert steps_of(room, room.quarter().obligation_id) == STEPS
    # A Tuesday: nobody was up on the Monday, so it tells the week.
    assert summaries_of(room) == [(date(2024, 3, 26), True)]
    assert [mail.state for mail in mails(room).mails] == ["waiting"]


def test_replicas_make_one_summary_and_send_each_mail_once(room: Room, post: Post) -> None:
    book(room, ADDRESS, SECOND)
    room.clock.move(date(2024, 3, 18))

    def tick(_: int) -> None:
        turning.turn_all(room.units)
        reminding.summarise_day(room.units)
        deliver(room, post)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(tick, range(8)))
    tick(0)
    assert summaries_of(room) == [(date(2024, 3, 18), True)]
    assert sorted(mail.to for mail in post.sent) == [ADDRESS, SECOND]
    assert len({mail.mail_id for mail in post.sent}) == 2


def test_no_summary_before_every_turn_of_the_day_is_done(room: Room) -> None:
    room.clock.move(date(2024, 3, 18))
    reminding.summarise_day(room.units)
    assert summaries_of(room) == []
    turning.turn_all(room.units)
    reminding.summarise_day(room.units)
    assert summaries_of(room) == [(date(2024, 3, 18), True)]


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        (datetime(2024, 3, 18, 6, 59, tzinfo=VIETNAM), []),
        (datetime(2024, 3, 17, 9, tzinfo=VIETNAM), []),  # a Sunday
        (datetime(2024, 3, 18, 22, tzinfo=VIETNAM), [(date(2024, 3, 18), True)]),
    ],
)
def test_summaries_leave_when_offices_work(
    room: Room, moment: datetime, made: list[tuple[date, bool]]
) -> None:
    room.clock.now = moment
    turning.turn_all(room.units)
    reminding.summarise_day(room.units)
    assert summaries_of(room) == made


def test_a_deadline_that_moves_is_reminded_of_anew(room: Room) -> None:
    live(room, *march(1, 7))
    off = CalendarChanged(
        day=date(2024, 3, 18), kind="off", legal_basis="Quyết định số 7/QĐ-UBND", version=1
    )
    room.hear(off)
    live(room, *march(8, 20))
    found = rows(room, reminders, reminders.c.came_on)
    mine = [row for row in found if row.subject_id == room.quarter().obligation_id]
    assert [(row.due_on.day, row.step) for row in mine if row.due_on.day == 18] == [(18, "7")]
    moved = [(row.step, row.came_on.day) for row in mine if row.due_on.day == 19]
    assert moved == [("7", 7), ("3", 13), ("1", 15), ("0", 19), ("overdue", 20)]


def test_a_mail_says_what_is_owed_when_it_leaves(room: Room, post: Post) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    assert deliver(room, post) == 1
    (mail,) = post.sent
    assert mail.to == ADDRESS
    assert mail.subject == (
        "[Kịp Thời] Việc tuần này (18/03/2024 – 24/03/2024): 2 việc đến hạn hôm nay"
    )
    assert "- Báo cáo định kỳ (quý I năm 2024): hạn hôm nay, 18/03/2024\n" in mail.text
    (standing,) = mails(room).mails
    assert (standing.state, standing.attempts, standing.why) == ("sent", 1, None)
    assert standing.sent_at is not None
    live(room, date(2024, 3, 18))
    assert deliver(room, post) == 0


def test_what_was_sent_meanwhile_is_left_out_and_an_empty_mail_is_none(
    room: Room, post: Post
) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    first, second = room.listed(period="2024-q1")
    room.submit(first.obligation_id)
    post.fails = MailFailed("unreachable")
    deliver(room, post)
    room.submit(second.obligation_id)
    post.fails = None
    make_due(room)
    assert deliver(room, post) == 0
    assert [mail.state for mail in mails(room).mails] == ["dropped"]


def test_a_failed_mail_is_seen_and_tried_again_after_a_pause_that_grows(
    room: Room, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "reports")
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    post.fails = MailFailed("unreachable")
    for attempt in range(1, ATTEMPTS):
        assert deliver(room, post) == 1
        (standing,) = mails(room).mails
        assert (standing.state, standing.attempts) == ("retrying", attempt)
        assert standing.why == "unreachable"
        assert deliver(room, post) == 0, "not before the pause is over"
        with room.engine.connect() as connection:
            left = connection.execute(
                text("SELECT extract(epoch FROM next_at - now()) FROM summary_mails")
            ).scalar_one()
        pause = pause_after(attempt).total_seconds()
        assert pause - 60 < float(left) <= pause
        make_due(room)
    assert deliver(room, post) == 1
    assert [mail.state for mail in mails(room).mails] == ["failed"]
    make_due(room)
    assert deliver(room, post) == 0
    assert "unreachable" in caplog.text
    assert "@" not in caplog.text


def test_one_address_that_is_refused_hinders_no_other(room: Room, post: Post) -> None:
    book(room, ADDRESS, SECOND)
    live(room, date(2024, 3, 18))
    post.refused = {ADDRESS}
    assert deliver(room, post) == 2
    assert [mail.to for mail in post.sent] == [SECOND]
    found = {mail.state: mail.why for mail in mails(room).mails}
    assert found == {"sent": None, "failed": "address_refused"}


def test_a_newer_summary_takes_the_place_of_one_that_still_waits(room: Room, post: Post) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    post.fails = MailFailed("timeout")
    deliver(room, post)
    live(room, date(2024, 3, 19))
    post.fails = None
    make_due(room)
    assert deliver(room, post) == 1
    assert "QUÁ HẠN" in post.sent[0].text
    states = [row.state for row in rows(room, summary_mails, summary_mails.c.day)]
    assert states == ["replaced", "sent"]


def test_a_process_that_dies_while_it_sends_is_replaced_after_a_while(
    room: Room, post: Post
) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    post.fails = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        deliver(room, post)
    post.fails = None
    assert deliver(room, post) == 0, "it may be on its way"
    make_due(room)
    assert deliver(room, post) == 1
    assert [mail.mail_id for mail in post.sent] == [post.tried[0].mail_id]


def test_requests_are_reminded_of_until_the_school_answers(room: Room, post: Post) -> None:
    room.hear(registered(OTHER))
    book(room, ADDRESS)
    asked = ask(room)  # due on Wednesday the 6th
    live(room, date(2024, 3, 1))
    assert steps_of(room, asked.request_id) == [("3", date(2024, 3, 1))] * 2
    deliver(room, post)
    assert "Yêu cầu của cấp trên: Số trẻ nghỉ ốm: hạn 06/03/2024, còn 3 ngày làm việc" in (
        post.sent[0].text
    )
    answer(room, asked, CLERK, c1=3)
    live(room, date(2024, 3, 5), date(2024, 3, 6))
    assert summaries_of(room) == [(date(2024, 3, 1), True)]
    assert [day for day, _ in summaries_of(room, OTHER)] == march(1, 1) + march(5, 6)
    assert {one.school for one in listed(room, DISTRICT) if one.subject == "request"} == {OTHER}


def test_a_closed_school_is_asked_for_nothing_more(room: Room) -> None:
    room.hear(registered(OTHER))
    ask(room)
    room.hear(SchoolClosed(school=OTHER, closed_on=date(2024, 3, 4), version=2))
    assert OTHER in {one.school for one in listed(room)}
    live(room, date(2024, 3, 5))
    assert {one.school for one in listed(room)} == {SCHOOL}
    assert summaries_of(room, OTHER) == []


def test_collections_inside_a_school_are_no_matter_of_mails(room: Room) -> None:
    collect(room)
    live(room, date(2024, 3, 5))
    assert summaries_of(room) == []
    assert listed(room) == ()


def test_the_list_tells_the_newest_reminder_of_what_is_owed(room: Room) -> None:
    live(room, date(2024, 3, 14))
    found = listed(room, HEAD)
    assert {(one.step, one.came_on.day, one.working_days_left) for one in found} == {("3", 13, 2)}
    assert {one.period.key for one in found if one.period} == {"2024-q1"}
    room.submit(room.quarter().obligation_id)
    assert room.quarter().obligation_id not in {one.subject_id for one in listed(room, HEAD)}
    stranger = HEAD.model_copy(update={"schools": (OTHER,)})
    assert listed(room, stranger) == ()


def test_the_address_book_is_kept_in_scope_and_told_nowhere_else(room: Room, post: Post) -> None:
    book(room, ADDRESS, SECOND)
    book(room, SECOND)
    live(room, date(2024, 3, 18))
    deliver(room, post)
    assert [mail.to for mail in post.sent] == [SECOND]
    stranger = DISTRICT.model_copy(update={"schools": (OTHER,)})
    with pytest.raises(Problem, match=r"resource\.not_found"), room.call(stranger) as work:
        reminder_questions.get_mail_addresses(work, m.GetMailAddresses(school=SCHOOL))
    nothing = m.SetMailAddresses(school=SCHOOL, addresses=())
    with pytest.raises(Problem, match=r"resource\.not_found"), room.call(stranger) as work:
        reminder_questions.set_mail_addresses(work, nothing)
    audited = rows(room, audit_entries, audit_entries.c.id)
    kept = [(row.before, row.after) for row in audited if row.action == "mail_addresses.set"]
    assert kept == [
        ({"addresses": 0}, {"addresses": 2, "new": 2}),
        ({"addresses": 2}, {"addresses": 1, "new": 0}),
    ]
    told = json.dumps([row.data for row in rows(room, events, events.c.id)])
    assert "@example.vn" not in told
    assert "@example.vn" not in mails(room).model_dump_json()


def test_an_address_that_goes_gets_nothing_that_waits(room: Room, post: Post) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    book(room)
    assert deliver(room, post) == 0
    assert [mail.state for mail in mails(room).mails] == ["dropped"]
    assert mails(room).addresses == 0


def test_mails_are_forgotten_after_a_while_and_reminders_are_not(room: Room, post: Post) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 3, 18))
    deliver(room, post)
    kept = reminder_phrases()["kept_days"]
    live(room, date(2024, 3, 18) + timedelta(days=kept))
    assert date(2024, 3, 18) in {day for day, _ in summaries_of(room)}
    live(room, date(2024, 3, 18) + timedelta(days=kept + 1))
    assert date(2024, 3, 18) not in {row.day for row in rows(room, summary_mails)}
    assert date(2024, 3, 18) not in {day for day, _ in summaries_of(room)}
    assert steps_of(room, room.quarter().obligation_id) == STEPS


def test_the_metric_counts_mails_by_state(
    room: Room, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.metrics.CACHE_SECONDS", 0)
    registry = CollectorRegistry()
    registry.register(TimelinessCollector(room.units))

    def counted() -> dict[str, float | None]:
        return {
            state: registry.get_sample_value("kipthoi_reminder_mails", {"state": state})
            for state in ("waiting", "retrying", "sent", "failed")
        }

    book(room, ADDRESS)
    live(room, date(2024, 3, 15))
    assert counted() == {"waiting": 1, "retrying": 0, "sent": 0, "failed": 0}
    deliver(room, post)
    live(room, date(2024, 3, 18))
    post.fails = MailFailed("address_refused", permanent=True)
    deliver(room, post)
    assert counted() == {"waiting": 0, "retrying": 0, "sent": 1, "failed": 1}
    live(room, date(2024, 3, 19))
    post.fails = MailFailed("refused")
    deliver(room, post)
    assert counted() == {"waiting": 0, "retrying": 1, "sent": 1, "failed": 0}
