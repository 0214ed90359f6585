"""When reminders come and what a summary says: pure."""

from datetime import date, datetime
from string import Formatter
from uuid import uuid4

import pytest

from contracts.forms import Words
from reports.domain import reminding as d
from reports.domain.turns import VIETNAM
from reports.shipped import reminder_phrases
from workdays import Calendar, Period, window

CALENDAR = Calendar()
Q1 = window("quarter", 2024, 1)
PHRASES = reminder_phrases()


def owed(due_on: date, title: str = "Báo cáo định kỳ", period: Period | None = Q1) -> d.Outstanding:
    subject = "report" if period else "request"
    words = Words(vi=title, en="x")
    return d.Outstanding(subject, uuid4(), "mau", words, period, due_on)  # type: ignore[arg-type]  # one of both


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 3, 6), None),
        (date(2024, 3, 7), ("7", date(2024, 3, 7))),
        (date(2024, 3, 12), ("7", date(2024, 3, 7))),
        (date(2024, 3, 13), ("3", date(2024, 3, 13))),
        (date(2024, 3, 15), ("1", date(2024, 3, 15))),
        (date(2024, 3, 17), ("1", date(2024, 3, 15))),
        (date(2024, 3, 18), ("0", date(2024, 3, 18))),
        (date(2024, 3, 19), ("overdue", date(2024, 3, 19))),
    ],
)
def test_the_newest_step_of_a_deadline_on_monday_18_march(
    today: date, expected: tuple[str, date] | None
) -> None:
    assert d.last_step(CALENDAR, date(2024, 3, 18), today) == expected


def test_the_steps_are_counted_over_tet() -> None:
    # 8 to 14 February 2024 are days off.
    due_on = date(2024, 2, 16)
    assert d.last_step(CALENDAR, due_on, date(2024, 2, 14)) == ("3", date(2024, 2, 6))
    assert d.last_step(CALENDAR, due_on, date(2024, 2, 15)) == ("1", date(2024, 2, 15))


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (datetime(2024, 3, 18, 6, 59, tzinfo=VIETNAM), False),
        (datetime(2024, 3, 18, 7, tzinfo=VIETNAM), True),
        (datetime(2024, 3, 18, 23, tzinfo=VIETNAM), True),
        (datetime(2024, 3, 17, 9, tzinfo=VIETNAM), False),  # a Sunday
        (datetime(2024, 2, 12, 9, tzinfo=VIETNAM), False),  # Tết
    ],
)
def test_summaries_leave_when_offices_work(moment: datetime, leaves: bool) -> None:
    assert d.may_leave(CALENDAR, moment, PHRASES["summary_hour"]) is leaves


def test_a_summary_tells_the_most_urgent_first() -> None:
    today = date(2024, 3, 18)
    found = [
        owed(date(2024, 3, 27), "Báo cáo năm"),
        owed(date(2024, 3, 20), "Số trẻ\nnghỉ ốm", None),
        owed(date(2024, 3, 18)),
        owed(date(2024, 3, 14), "Báo cáo kiểm tra"),
    ]
    groups = d.grouped(found, today, weekly=True)
    summary = d.Summary("mau", today, weekly=True)
    assert d.subject(PHRASES, groups, summary) == (
        "[Kịp Thời] Việc tuần này (18/03/2024 – 24/03/2024): 1 việc quá hạn, "
        "1 việc đến hạn hôm nay, 1 việc đến hạn trong tuần, 1 việc sắp đến hạn"
    )
    text = d.text(PHRASES, groups, "Trường Mầm non Hoa Hồng (mẫu)", CALENDAR, today)
    head, closing = text.split("SẮP ĐẾN HẠN\n")
    assert head == (
        "Kính gửi Trường Mầm non Hoa Hồng (mẫu),\n\n"
        "QUÁ HẠN\n"
        "- Báo cáo kiểm tra (quý I năm 2024): hạn 14/03/2024, trễ 2 ngày làm việc\n\n"
        "HÔM NAY LÀ HẠN\n"
        "- Báo cáo định kỳ (quý I năm 2024): hạn hôm nay, 18/03/2024\n\n"
        "ĐẾN HẠN TRONG TUẦN NÀY\n"
        "- Yêu cầu của cấp trên: Số trẻ nghỉ ốm: hạn 20/03/2024, còn 2 ngày làm việc\n\n"
    )
    assert closing.startswith(
        "- Báo cáo năm (quý I năm 2024): hạn 27/03/2024, còn 7 ngày làm việc\n\n"
    )


def test_a_deadline_that_moved_is_told_with_the_one_that_it_was() -> None:
    today = date(2024, 3, 4)
    moved = [
        d.Moved(owed(date(2024, 6, 18)), date(2024, 6, 17), datetime(2024, 3, 1, tzinfo=VIETNAM))
    ]
    line = d.subject(PHRASES, {}, d.Summary("mau", today, weekly=False), moved=moved)
    assert line == "[Kịp Thời] Nhắc việc ngày 04/03/2024: 1 hạn thay đổi"
    text = d.text(PHRASES, {}, "Trường Mẫu", CALENDAR, today, moved=moved)
    assert text.startswith(
        "Kính gửi Trường Mẫu,\n\n"
        "HẠN VỪA THAY ĐỔI\n"
        "- Báo cáo định kỳ (quý I năm 2024): hạn mới 18/06/2024, trước là 17/06/2024\n\n"
    )


def test_on_other_days_the_week_is_no_group() -> None:
    found = [owed(date(2024, 3, 20))]
    groups = d.grouped(found, date(2024, 3, 19), weekly=False)
    assert list(groups) == ["ahead"]
    line = d.subject(PHRASES, groups, d.Summary("mau", date(2024, 3, 19), weekly=False))
    assert line == "[Kịp Thời] Nhắc việc ngày 19/03/2024: 1 việc sắp đến hạn"


def test_who_gets_a_summary() -> None:
    today = date(2024, 3, 18)
    one = owed(date(2024, 3, 26))
    due_this_week = owed(date(2024, 3, 22))
    both = [one, due_this_week]
    assert list(d.receivers(both, [], today, weekly=False)) == []
    assert list(d.receivers(both, [(one.subject_id, "mau")], today, weekly=False)) == ["mau"]
    assert list(d.receivers([one], [], today, weekly=True)) == []
    assert list(d.receivers([due_this_week], [], today, weekly=True)) == ["mau"]


def test_the_phrases_hold_what_is_filled_in_and_nothing_else() -> None:
    allowed = {
        "subject": {"today", "sunday", "counts"},
        "counts": {"n"},
        "greeting": {"school"},
        "report": {"title", "period"},
        "request": {"title"},
        "line": {"what", "due_on", "days"},
        "moved": {"n", "what", "due_on", "was"},
    }
    for name, told in PHRASES.items():
        sentences = told.values() if isinstance(told, dict) else [str(told)]
        fields = {field for one in sentences for _, field, _, _ in Formatter().parse(one) if field}
        assert fields <= allowed.get(name, set()), name
    assert set(PHRASES["counts"]) == set(PHRASES["headings"]) == set(d.GROUPS)
