"""A deadline that moves is told to the school: on its page, and in the next day's mail."""

from datetime import date

from contracts.events.directory import CalendarChanged
from contracts.rpc import oversight as o
from contracts.rpc import reminders as m
from contracts.rpc.base import Actor
from reports.application import extending, reminder_questions
from tests.storage.reports.conftest import HEAD, OPERATOR, Room
from tests.storage.reports.post import Post
from tests.storage.reports.reminded import ADDRESS, book, deliver, live, summaries_of
from tests.storage.reports.test_requests import DISTRICT, answer, ask
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL, registered

OLD, NEW = date(2024, 6, 17), date(2024, 6, 18)


def take_off(room: Room, day: date, version: int = 1) -> None:
    basis = "Công văn số 99 (mẫu)"
    room.hear(CalendarChanged(day=day, kind="off", legal_basis=basis, version=version))


def moved(room: Room, actor: Actor = HEAD) -> tuple[m.MovedDeadline, ...]:
    with room.call(actor) as work:
        return reminder_questions.list_reminders(work, m.ListReminders()).moved


def test_a_far_deadline_that_moves_is_told_the_same_week(room: Room, post: Post) -> None:
    book(room, ADDRESS)
    live(room, date(2024, 4, 1))
    before = summaries_of(room)
    assert moved(room) == ()
    room.clock.move(date(2024, 4, 2))
    take_off(room, OLD)
    told = moved(room)
    assert {(one.was, one.due_on, one.moved_on) for one in told} == {(OLD, NEW, date(2024, 4, 2))}
    assert {one.title.vi for one in told} >= {"Báo cáo định kỳ", "Báo cáo kiểm tra"}
    live(room, date(2024, 4, 2), date(2024, 4, 3))
    assert summaries_of(room) == [*before, (date(2024, 4, 2), False)], "once"
    deliver(room, post)
    text = next(mail.text for mail in post.sent if "HẠN VỪA THAY ĐỔI" in mail.text)
    assert "6 tháng đầu năm 2024): hạn mới 18/06/2024, trước là 17/06/2024" in text
    room.clock.move(date(2024, 4, 20))
    assert moved(room) == (), "after fourteen days it is news no more"


def test_what_moves_back_or_is_sent_is_no_news(room: Room) -> None:
    room.clock.move(date(2024, 4, 2))
    take_off(room, OLD)
    assert moved(room)
    room.hear(CalendarChanged(day=OLD, kind="work", legal_basis="Công văn (mẫu)", version=2))
    assert moved(room) == ()


def test_an_extension_and_a_request_are_told_too(room: Room) -> None:
    room.clock.move(date(2024, 3, 1))
    quarter = room.quarter()
    with room.call(DISTRICT) as work:
        extending.extend_obligation(
            work,
            o.ExtendObligation(
                obligation_id=quarter.obligation_id, due_on=date(2024, 3, 25), reason="Mưa lũ"
            ),
        )
    wanted = ask(room, schools=(SCHOOL,), due_on=date(2024, 3, 20))
    take_off(room, date(2024, 3, 20))
    told = {one.subject_id: one for one in moved(room)}
    assert told[quarter.obligation_id].due_on == date(2024, 3, 25)
    request = told[wanted.request_id]
    assert (request.subject, request.was, request.due_on) == (
        "request",
        date(2024, 3, 20),
        date(2024, 3, 21),
    )
    answer(room, wanted, c1=3)
    assert wanted.request_id not in {one.subject_id for one in moved(room)}


def test_a_school_is_told_its_own_alone(room: Room) -> None:
    room.hear(registered(OTHER))
    room.clock.move(date(2024, 4, 2))
    take_off(room, OLD)
    foreign = HEAD.model_copy(update={"schools": (OTHER,)})
    assert {one.school for one in moved(room, foreign)} == {OTHER}
    assert {one.school for one in moved(room)} == {SCHOOL}
    assert {one.school for one in moved(room, OPERATOR)} == {SCHOOL, OTHER}
