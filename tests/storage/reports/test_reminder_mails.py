"""The mails of reminders: what they say, who gets them, what becomes of those that fail."""

import json
import logging
from datetime import date, timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from chassis.audit import audit_entries
from contracts.problems import Problem
from contracts.rpc import reminders as m
from contracts.rpc.base import Actor
from messaging.tables import events
from reports.application import reminder_questions
from reports.domain.mail import MailFailed
from reports.metrics import TimelinessCollector
from reports.shipped import reminder_phrases
from reports.storage.reminder_tables import summary_mails
from reports.storage.summary_mails import ATTEMPTS, pause_after
from tests.storage.reports.conftest import Room
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
    make_due,
    rows,
    steps_of,
    summaries_of,
    told,
)
from tests.storage.reports.test_requests import DISTRICT, collect
from tests.support.reports import OTHER
from tests.support.schools import SCHOOL

ELSEWHERE = Actor(role="district_officer", schools=(OTHER,))


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


def test_what_came_back_is_reminded_of_until_it_is_sent_again(room: Room, post: Post) -> None:
    first, second = (one.obligation_id for one in room.listed(period="2024-q1"))
    room.tick(date(2024, 3, 15))
    room.submit(first)
    room.submit(second)
    book(room, ADDRESS)
    live(room, date(2024, 3, 19))
    room.clock.move(date(2024, 3, 20))
    room.give_back(first)
    live(room, date(2024, 3, 20), date(2024, 3, 21))
    back = [(one.subject_id, one.school, one.came_back_on) for one in told(room).returned]
    assert back == [(first, SCHOOL, date(2024, 3, 20))]
    assert not told(room, ELSEWHERE).returned
    assert summaries_of(room) == [(date(2024, 3, 20), False)], "on the day, and not each day"
    deliver(room, post)
    (mail,) = post.sent
    assert mail.subject.endswith("1 báo cáo cần gửi lại")
    assert "CẦN GỬI LẠI\n- Báo cáo" in mail.text
    assert "trễ" not in mail.text, "the first submission was in time"
    live(room, date(2024, 3, 25))
    assert summaries_of(room)[-1] == (date(2024, 3, 25), True)
    room.submit(first)
    assert not told(room).returned
    live(room, date(2024, 4, 1))
    assert summaries_of(room)[-1] == (date(2024, 3, 25), True)


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


def test_collections_inside_a_school_are_no_matter_of_mails(room: Room) -> None:
    collect(room)
    live(room, date(2024, 3, 5))
    assert summaries_of(room) == []
    assert listed(room) == ()


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
