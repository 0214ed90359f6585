"""By when an office replies to somebody's request about their data, and carries it out."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from contracts.problems import Problem
from contracts.rpc.data_requests import RequestKind
from surveys.application.data_requests import terms
from surveys.domain.data_requests import DataRequest, terms_on
from workdays import Calendar

CALENDAR = Calendar({})
# A Friday: the working days that follow are Monday and Tuesday.
FRIDAY = date(2026, 3, 6)
RECEIVED = DataRequest(uuid4(), "hoa-cuc-mau", "access", "Số đến 1", FRIDAY)


@pytest.mark.parametrize(
    ("kind", "act_by"),
    [
        ("access", date(2026, 3, 16)),
        ("correction", date(2026, 3, 16)),
        ("erasure", date(2026, 3, 26)),
        ("objection", date(2026, 3, 26)),
    ],
)
def test_a_reply_in_two_working_days_the_deed_in_ten_to_twenty_days(
    kind: RequestKind, act_by: date
) -> None:
    due = replace(RECEIVED, kind=kind).due(terms_on(terms(), FRIDAY), CALENDAR)
    assert due == (date(2026, 3, 10), act_by)


def test_it_is_late_when_what_it_waits_for_is_over_its_day() -> None:
    due = RECEIVED.due(terms_on(terms(), FRIDAY), CALENDAR)
    assert not RECEIVED.late(due, date(2026, 3, 10))
    assert RECEIVED.late(due, date(2026, 3, 11))
    replied = RECEIVED.reply(date(2026, 3, 10))
    assert not replied.late(due, date(2026, 3, 16))
    assert replied.late(due, date(2026, 3, 17))
    ended = replied.end("done", "Đã gửi bản sao", date(2026, 3, 17))
    assert (ended.state, ended.late(due, date(2026, 4, 1))) == ("done", False)


def test_what_ended_has_its_reply_and_ends_once() -> None:
    ended = RECEIVED.end("refused", "Không có dữ liệu", FRIDAY)
    assert (ended.replied_on, ended.state) == (FRIDAY, "refused")
    with pytest.raises(Problem, match=r"surveys\.request_ended"):
        ended.reply(FRIDAY)
    with pytest.raises(Problem, match=r"surveys\.request_ended"):
        ended.end("done", "x", FRIDAY)
    with pytest.raises(Problem, match=r"surveys\.request_replied"):
        RECEIVED.reply(FRIDAY).reply(FRIDAY)


def test_before_the_first_terms_the_first_ones_hold() -> None:
    assert terms_on(terms(), date(2024, 1, 1)).valid_from == date(2026, 1, 1)
