"""When campaigns take answers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts.periods import PeriodRef
from surveys.domain.field_time import field_time, quarterly, rule_on
from tests.support.surveys import RULES
from workdays import Calendar, Override, window

CALENDAR = Calendar()


def days(year: int, index: int, calendar: Calendar = CALENDAR) -> tuple[date, date] | None:
    period = PeriodRef.model_validate(vars(window("quarter", year, index)))
    return field_time(period, RULES[0], calendar)


def test_ten_working_days_that_end_on_the_cut_off() -> None:
    assert days(2024, 1) == (date(2024, 3, 1), date(2024, 3, 14))
    assert days(2024, 4) == (date(2024, 12, 2), date(2024, 12, 14))


def test_no_campaign_in_the_summer_break() -> None:
    # the second quarter's cut-off (14/6) lies in the break: the term's last ten working days
    assert days(2024, 2) == (date(2024, 5, 20), date(2024, 5, 31))
    # the third quarter's field time begins no earlier than the school year
    assert days(2024, 3) == (date(2024, 9, 5), date(2024, 9, 14))


def test_a_period_that_is_all_break_has_none() -> None:
    july = PeriodRef(kind="none", year=2024, starts_on=date(2024, 7, 1), ends_on=date(2024, 7, 31))
    assert field_time(july, RULES[0], CALENDAR) is None


def test_a_moved_day_moves_the_beginning() -> None:
    off = Calendar({date(2024, 3, 12): Override("off", "QĐ 1")})
    assert days(2024, 1, off) == (date(2024, 2, 29), date(2024, 3, 14))


@given(st.integers(2020, 2035), st.integers(1, 4))
def test_field_time_lies_in_its_period_and_in_term(year: int, index: int) -> None:
    found = days(year, index)
    assert found is not None, "four campaigns a year"
    first, last = found
    period = window("quarter", year, index)
    assert period.starts_on <= first <= last <= period.ends_on
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        assert (day.month, day.day) >= (9, 5) or (day.month, day.day) <= (5, 31)


def test_plans_begin_with_the_school_and_look_one_quarter_ahead() -> None:
    plans = list(quarterly(date(2024, 3, 6), None, date(2024, 3, 6), RULES, CALENDAR))
    assert [p.period.key for p in plans] == ["2024-q1", "2024-q2"]
    assert (plans[0].opens_on, plans[0].closes_on) == (date(2024, 3, 6), date(2024, 3, 14))
    later = list(quarterly(date(2024, 3, 15), None, date(2025, 1, 2), RULES, CALENDAR))
    assert [p.period.key for p in later] == ["2024-q2", "2024-q3", "2024-q4", "2025-q1"]


def test_no_plan_beyond_the_schools_last_day() -> None:
    plans = quarterly(date(2024, 1, 2), date(2024, 4, 30), date(2024, 3, 1), RULES, CALENDAR)
    assert [p.period.key for p in plans] == ["2024-q1"]


def test_rule_holds_from_its_day_on() -> None:
    assert rule_on(RULES, date(2019, 5, 5)) is None
    assert rule_on(RULES, date(2024, 3, 14)) == RULES[0]
