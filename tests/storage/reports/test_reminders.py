"""Reminders: each once, one summary a day, mails that are tried until they leave."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from chassis.clock import VIETNAM
from contracts.events.directory import CalendarChanged, SchoolClosed
from reports.application import reminding, turning
from reports.storage.reminder_tables import reminders
from tests.storage.reports.conftest import CLERK, HEAD, Room
from tests.storage.reports.post import Post
from tests.storage.reports.reminded import (
    ADDRESS,
    SECOND,
    STEPS,
    book,
    deliver,
    listed,
    live,
    mails,
    march,
    rows,
    steps_of,
    summaries_of,
)
from tests.storage.reports.test_requests import DISTRICT, answer, ask
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered


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


def test_the_list_tells_the_newest_reminder_of_what_is_owed(room: Room) -> None:
    live(room, date(2024, 3, 14))
    found = listed(room, HEAD)
    assert {(one.step, one.came_on.day, one.working_days_left) for one in found} == {("3", 13, 2)}
    assert {one.period.key for one in found if one.period} == {"2024-q1"}
    room.submit(room.quarter().obligation_id)
    assert room.quarter().obligation_id not in {one.subject_id for one in listed(room, HEAD)}
    stranger = HEAD.model_copy(update={"schools": (OTHER,)})
    assert listed(room, stranger) == ()
