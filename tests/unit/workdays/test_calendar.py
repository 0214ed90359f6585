from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays import Calendar, Override, shipped

CALENDAR = Calendar()
DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))


@given(DAYS, st.integers(0, 60))
def test_adding_and_counting_agree(day: date, n: int) -> None:
    assert CALENDAR.count(day, CALENDAR.add(day, n)) == n


@given(DAYS, st.integers(1, 60))
def test_added_is_worked_and_after(day: date, n: int) -> None:
    later = CALENDAR.add(day, n)
    assert CALENDAR.is_working(later)
    assert later > day


@given(DAYS, st.integers(1, 60))
def test_n_days_back_hold_n_working_days(day: date, n: int) -> None:
    first = CALENDAR.back(day, n)
    assert CALENDAR.is_working(first)
    assert CALENDAR.count(first - timedelta(days=1), day) == n


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    assert CALENDAR.count(a, b) + CALENDAR.count(b, c) == CALENDAR.count(a, c)
    assert CALENDAR.count(a, b) == -CALENDAR.count(b, a)


@given(DAYS, DAYS)
def test_late_is_positive_exactly_after_the_deadline(due_on: date, done_on: date) -> None:
    late = CALENDAR.late(CALENDAR.on_or_before(due_on), done_on)
    assert (late > 0) == (done_on > CALENDAR.on_or_before(due_on))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2027, 2, 4), date(2027, 2, 10)),
    ],
)
def test_tet(first: date, last: date) -> None:
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    assert not any(CALENDAR.is_working(day) for day in days)
    assert CALENDAR.is_working(CALENDAR.add(last, 1))
    assert CALENDAR.count(first - timedelta(days=1), last) == 0
    assert CALENDAR.is_working(first - timedelta(days=1)) or first.weekday() == 5


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_swaps_of_the_government(off: date, worked: date) -> None:
    why = CALENDAR.why_off(off)
    assert why is not None
    assert why.code == "override"
    assert why.legal_basis
    assert CALENDAR.is_working(worked)
    assert CALENDAR.why_worked(worked) == shipped()[worked]


def test_each_swap_takes_a_weekday_and_gives_a_saturday() -> None:
    for day, override in shipped().items():
        assert (day.weekday() == 5) == (override.kind == "work")


def test_each_swap_names_its_document_and_where_it_stands() -> None:
    for override in shipped().values():
        assert "ngày" in override.legal_basis
        assert override.source.startswith("https://")


def test_a_holiday_on_a_weekend_moves_to_the_next_working_day() -> None:
    # 2 September 2028 is a Saturday, 1 September the second day of the holiday.
    assert not CALENDAR.is_working(date(2028, 9, 1))
    assert not CALENDAR.is_working(date(2028, 9, 4))
    assert CALENDAR.is_working(date(2028, 9, 5))
    # Hùng Kings' day 2026 is a Sunday.
    assert not CALENDAR.is_working(date(2026, 4, 27))
    # 2 September 2023 is a Saturday.
    assert CALENDAR.add(date(2023, 8, 31), 1) == date(2023, 9, 5)


def test_a_leap_day_is_a_day() -> None:
    assert CALENDAR.count(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert CALENDAR.is_working(date(2024, 2, 29))


def test_passed_overrides_come_first() -> None:
    saturday, holiday = date(2026, 11, 28), date(2026, 9, 2)
    work = Override("work", "Quyết định số 1")
    moved = Calendar({saturday: work, holiday: work, date(2026, 1, 10): Override("off", "x")})
    assert moved.is_working(saturday)
    assert moved.is_working(holiday)
    assert not moved.is_working(date(2026, 1, 10))
    assert not CALENDAR.is_working(saturday)


def test_why_a_day_is_off() -> None:
    tet = CALENDAR.why_off(date(2024, 2, 12))
    assert tet is not None
    assert (tet.code, tet.vi) == ("holiday", "Mùng ba Tết Nguyên Đán")
    assert tet.en
    weekend = CALENDAR.why_off(date(2024, 3, 2))
    assert weekend is not None
    assert weekend.code == "weekend"
    assert CALENDAR.why_off(date(2024, 3, 4)) is None


def test_what_is_done_on_a_weekend_counts_on_monday() -> None:
    friday = date(2024, 3, 15)
    assert CALENDAR.late(friday, friday) == 0
    assert CALENDAR.late(friday, date(2024, 3, 16)) == 1
    assert CALENDAR.late(friday, date(2024, 3, 18)) == 1
    assert CALENDAR.late(friday, date(2024, 3, 19)) == 2


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="back"):
        CALENDAR.add(date(2024, 3, 15), -1)
    with pytest.raises(ValueError, match="at least 1"):
        CALENDAR.back(date(2024, 3, 15), 0)
